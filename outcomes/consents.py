"""The word that holds of whether somebody may be asked."""

from outcomes.models import ContactConsent


def consent_of(student) -> ContactConsent | None:
    return ContactConsent.objects.filter(student=student).first()


def consents_of(student_ids) -> dict[int, ContactConsent]:
    """By student; one query."""
    rows = ContactConsent.objects.filter(student__in=student_ids).order_by("at", "id")
    return {row.student_id: row for row in rows}
