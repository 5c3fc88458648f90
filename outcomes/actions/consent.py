"""Whether somebody who leaves may be asked later, and where: said, changed, taken back."""

import datetime

from django.db import transaction

from audit.actions import record
from outcomes.actions import asking
from outcomes.consents import consent_of
from outcomes.models import ContactConsent
from students.models import Student


@transaction.atomic
def say(
    *, student: Student, may_ask: bool, by, on: datetime.date, now: datetime.datetime, email="", phone=""
) -> ContactConsent:
    """The last word holds; the same again is no other row. A no, or another address, ends the links that were sent."""
    Student.objects.lock(student)
    last = consent_of(student)
    said = {"may_ask": may_ask, "email": email if may_ask else "", "phone": phone if may_ask else ""}
    if last is not None and all(getattr(last, name) == value for name, value in said.items()):
        return last
    row = ContactConsent.objects.create(student=student, school_id=student.school_id, said_on=on, by=by, **said)
    if not may_ask or (last is not None and last.email != row.email):
        asking.revoke_links(student=student, by=by, now=now)
    record("outcomes.consent.said", by=by, subject=row, school_id=row.school_id, student_id=student.pk, may_ask=may_ask)
    return row
