"""A concern goes to the school's safeguarding leads alone."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from common.once import once
from notices.actions.telling import notify
from schools.models import School, StaffRole
from schools.roles import Role
from students.actions.notes import write_note
from students.models import Concern, Level, Note, Student


class ConcernError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def raise_concern(*, student: Student, text: str, by, on: datetime.date, key=None) -> Concern:
    """Pass a worry on. Where the school has no safeguarding lead, ConcernError names whom to tell in person."""
    Student.objects.lock(student)
    key = once(key, student.pk, by.pk, text)
    if key is not None and (same := Concern.objects.filter(key=key).first()):
        return same
    leads = people_with(Role.SAFEGUARDING, student.school, on)
    if not leads:
        raise ConcernError(_whom_to_tell(student.school, on))
    concern = Concern.objects.create(student=student, school_id=student.school_id, text=text, by=by, key=key)
    _record("raised", concern, by)
    _tell(leads, concern, by)
    return concern


@transaction.atomic
def take_concern(*, concern: Concern, by, now: datetime.datetime) -> Concern:
    """Somebody has it in hand. Taking it twice leaves it with the first."""
    concern = Concern.objects.select_for_update().get(pk=concern.pk)
    if concern.taken_at is None:
        concern.taken_at, concern.taken_by = now, by
        concern.save(update_fields=["taken_at", "taken_by"])
        _record("taken", concern, by)
    return concern


@transaction.atomic
def add_step(*, concern: Concern, text: str, by, key=None) -> Note:
    """What was done about it: a safeguarding note that belongs to the concern."""
    return write_note(student=concern.student, level=Level.SAFEGUARDING, text=text, by=by, key=key, concern=concern)


@transaction.atomic
def close_concern(*, concern: Concern, outcome: str, by, now: datetime.datetime) -> Concern:
    """Write down what came of it, once; further steps can still be added."""
    concern = Concern.objects.select_for_update().get(pk=concern.pk)
    if concern.closed_at is not None:
        raise ConcernError(_("This concern is closed already. Write what you want to add as a further step."))
    concern.outcome, concern.closed_at, concern.closed_by = outcome, now, by
    concern.save(update_fields=["outcome", "closed_at", "closed_by"])
    _record("closed", concern, by)
    return concern


def people_with(role: str, school: School, on: datetime.date) -> list[User]:
    """Who holds this role in the school that day and can be reached here."""
    held = StaffRole.objects.on(on).filter(school=school, role=role)
    return list(User.objects.open().filter(pk__in=held.values("user_id")))


def _whom_to_tell(school, on):
    leads = people_with(Role.LEAD, school, on)
    if not leads:
        return _("Your school has named no safeguarding lead: tell the head of your school in person now.")
    names = _(" or ").join(lead.name for lead in leads)
    phone = _(" (the school's phone: %(phone)s)") % {"phone": school.phone} if school.phone else ""
    return _("Your school has named no safeguarding lead: tell %(names)s in person now%(phone)s.") % {
        "names": names, "phone": phone,
    }  # fmt: skip


def _tell(leads, concern, by):
    """An e-mail is not private: the notice names neither the student nor what it is about."""
    notify(
        people=leads,
        kind="students.concern",
        title=lambda: _("A concern was passed to you. Please read it today."),
        url=reverse("students:concern", args=[concern.student_id, concern.pk]),
        by=by,
        key=f"concern:{concern.pk}",
        school_id=concern.school_id,
        urgent=True,
    )


def _record(what, concern, by):
    # Without the school, so that it stands in no log that others than safeguarding read.
    record(f"students.concern.{what}", by=by, subject=concern, student_id=concern.student_id)
