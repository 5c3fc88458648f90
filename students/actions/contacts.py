"""Contacts with a family: two taps, and words where they matter."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from students.models import FamilyContact, Guardianship, Student


class ContactError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def log_contact(
    *, student: Student, kind: str, by, at: datetime.datetime, key: uuid.UUID | None = None
) -> FamilyContact:
    """Write down a contact. `key` is the page's: one kind of contact with one family from one page is one contact."""
    Student.objects.lock(student)
    once = uuid.uuid5(key, f"{student.pk}:{kind}") if key else None
    if once is not None and (same := FamilyContact.objects.filter(key=once).first()):
        return same
    contact = FamilyContact.objects.create(
        student=student, school_id=student.school_id, by=by, kind=kind, at=at, key=once
    )
    _record("logged", contact, by, kind=kind)
    return contact


@transaction.atomic
def tell_contact(
    *, contact: FamilyContact, by, kind: str, at: datetime.datetime, now: datetime.datetime, note: str,
    guardian: Guardianship | None = None,
) -> FamilyContact:  # fmt: skip
    """Say more about a contact, or correct it. Only who made it can."""
    _refuse_others(contact, by)
    if at > now:
        raise ContactError(_("That time has not come yet."))
    contact.kind, contact.at, contact.note, contact.guardian = kind, at, note, guardian
    contact.save(update_fields=["kind", "at", "note", "guardian"])
    _record("changed", contact, by, kind=kind)
    return contact


@transaction.atomic
def take_back_contact(*, contact: FamilyContact, by) -> None:
    """A tap by mistake: the contact did not happen. The audit log keeps that it was there."""
    _refuse_others(contact, by)
    _record("taken_back", contact, by, kind=contact.kind, at=contact.at.isoformat())
    contact.delete()


def _refuse_others(contact, by):
    if contact.by_id != by.pk:
        raise ContactError(_("Only %(name)s can change this contact.") % {"name": contact.by.name})


def _record(what, contact, by, **details):
    record(
        f"students.contact.{what}", by=by, subject=contact, school_id=contact.school_id, student_id=contact.student_id,
        **details,
    )  # fmt: skip
