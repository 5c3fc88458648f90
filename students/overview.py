"""What this room shows on a student's own page (slots "student.overview" and "student.aside"): each loader asks the
door and answers None to show nothing. Their subject is the page, which has a `student`."""

from schools.roles import Permission

INTERESTS = 6


def interests(page, request):
    if Permission.STUDENT_OVERVIEW not in request.can:
        return None
    found = page.student.interests.filter(dropped_at__isnull=True).order_by("-at", "-id")[:INTERESTS]
    return {
        "student": page.student, "interests": found, "can": request.can,
        "decides": Permission.PARENTS_DECIDE in request.can and page.student.decides_about_parents(request.day),
    }  # fmt: skip


def family(page, request):
    """Names, rights and the last contact; telephone numbers and homes stand on the family's own page."""
    if Permission.GUARDIANS_SEE not in request.can:
        return None
    rows = list(page.student.guardianships.on(request.day).select_related("user"))
    return {
        "student": page.student, "can": request.can, "family": [row for row in rows if not row.is_barred],
        "barred": [row for row in rows if row.is_barred],
        "last": page.student.family_contacts.select_related("by").first(),
    }  # fmt: skip


def concern(page, request):
    if Permission.CONCERN_RAISE not in request.can:
        return None
    return {"student": page.student}
