"""What this room shows on people's homes: their exhibition, or the one that they are asked to, while it is near."""

import datetime

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from common.json_rows import json_rows
from common.prepared import Prepared
from exhibitions.models import Narrative, Opening, Proof, Seat, Window
from schools.roles import Role

DAY = datetime.timedelta(days=1)
# It stands on the home from so long before the window until so long after it; a narrative is read until then.
BEFORE, AFTER, TO_READ = 21 * DAY, 15 * DAY, 60 * DAY


_seats = Prepared(
    lambda user, since: (
        Seat.objects.kept().filter(user=user, exhibition__window__last_on__gte=since)
        .annotate(
            is_released=Exists(Narrative.objects.filter(exhibition=OuterRef("exhibition"), released_at__isnull=False)),
            is_opened=Exists(Opening.objects.filter(narrative__exhibition=OuterRef("exhibition"), user=user)),
        )
        .select_related("exhibition__student__user", "exhibition__student__school", "exhibition__window",
                        "exhibition__told_room")
        .order_by(F("exhibition__told_starts_at").asc(nulls_last=True), "id")
    )
)  # fmt: skip


_windows = Prepared(
    lambda school, day, until: Window.objects.filter(school=school, last_on__gte=day, starts_on__lte=until).order_by(
        "starts_on"
    )
)


def seats_of(request) -> list[Seat]:
    """The signed-in person's seats of the last weeks and of what comes; one query a page, however often it is asked."""
    if not hasattr(request, "_seats"):
        request._seats = _seats(user=request.user.pk, since=timezone.now().date() - TO_READ)
    return request._seats


def near_seats(request) -> list[Seat]:
    """Those of exhibitions that are near and that the person has not rated yet."""
    return [
        seat for seat in seats_of(request)
        if not seat.handed_in_at and _line(seat, seat.exhibition.student.school.today())
    ]  # fmt: skip


def on_home(student, request):
    """The exhibition of this student that the person has a part in, and what they can do now; None where nothing is
    near. The home has asked the door to the student."""
    day = student.school.today()
    mine = [seat for seat in seats_of(request) if seat.exhibition.student_id == student.pk]
    lines = [line for seat in mine if (line := _line(seat, day))]
    coming = []
    if student.user_id == request.user.pk:
        begun = {seat.exhibition.window_id for seat in mine}
        coming = [one for one in _windows(school=student.school_id, day=day, until=day + BEFORE) if one.pk not in begun]
    return {"lines": lines, "student": student, "coming": coming} if lines or coming else None


def on_family_home(one, request):
    """The same inside the card of a child, or of a student whom one mentors."""
    found = on_home(one.student, request) or {"lines": [], "student": one.student}
    return found | {"inside": True, "may_add": one.row.may_write}


_asked = Prepared(
    lambda school: (
        Narrative.objects.filter(exhibition__school=school, released_at__isnull=True)
        .annotate(last=Subquery(Proof.objects.filter(narrative=OuterRef("pk")).order_by("-pk").values("kind")[:1]))
        .filter(last="asked")
        .select_related("exhibition__student__user").order_by("exhibition__student__user__search_name", "id")
    )
)  # fmt: skip


def waiting_at_school(shows, request):
    """On the home of a lead or coordinator: narratives that wait for a second reader."""
    roles = {row.role for row in shows["roles"]}
    if not roles & {Role.LEAD, Role.COORDINATOR}:
        return None
    found = _asked(school=shows["school"].pk)
    return {"narratives": found} if found else None


def panel_rows(since, until):
    """Read with an advisory's charge: the panels on which its adviser sits, from `since` to `until`, without a rating
    of theirs yet. See common/json_rows.py."""
    found = Seat.objects.kept().filter(
        user=OuterRef("user"), handed_in_at__isnull=True, exhibition__told_starts_at__gte=since,
        exhibition__told_starts_at__lt=until,
    )  # fmt: skip
    student = "exhibition__student__user"
    return json_rows(
        found, "user", id="id", at="exhibition__told_starts_at", given=f"{student}__given_name",
        preferred=f"{student}__preferred_name", family=f"{student}__family_name",
    )  # fmt: skip


def _line(seat, day) -> dict | None:
    exhibition = seat.exhibition
    window, is_family = exhibition.window, seat.kind in (Seat.As.STUDENT, Seat.As.PARENT)
    reads = is_family and seat.is_released and not seat.is_opened and day <= window.last_on + TO_READ
    is_near = window.starts_on - BEFORE <= day <= window.last_on + AFTER and not seat.is_released
    if seat.is_student and seat.is_released:
        reads = day <= window.last_on + AFTER
    if not (reads or is_near):
        return None
    return {"seat": seat, "exhibition": exhibition, "reads": reads}
