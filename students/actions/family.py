"""Guardians of one student: dated, with rights."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from schools.models import StaffRole
from schools.roles import WHOLE_SCHOOL_ROLES, Role
from students.actions import team
from students.models import FamilyDecision, Guardianship, Home, Student, TeamMember

Rights = Guardianship.Rights


class GuardianshipError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def add_guardian(
    *, student: Student, user: User, relation: str, by, on: datetime.date, rights: str = Rights.SIGNS,
    home: Home | None = None, lives_with=True, is_emergency_contact=False, until=None,
) -> Guardianship:  # fmt: skip
    """Link an adult to this student from `on`. Who is barred, or a contact only, is recorded and is on no team."""
    Student.objects.lock(student)
    _refuse_impossible(student, user, rights, is_emergency_contact, on, until)
    _refuse_overlap(student, user, on, until)
    _refuse_against_decision(student, user, rights, by)
    _refuse_hollow_bar(student, user, rights, on, until)
    row = Guardianship.objects.create(
        student=student, user=user, relation=relation, rights=rights, home=home, lives_with=lives_with,
        is_emergency_contact=is_emergency_contact, starts_on=on, ends_on=until,
    )  # fmt: skip
    _record("added", row, by, rights=rights)
    _join(row, by=by, on=on)
    return row


@transaction.atomic
def change_details(
    *, guardianship: Guardianship, by, relation: str, home: Home | None, lives_with: bool, is_emergency_contact: bool
) -> Guardianship:
    """Correct what is known of this link; its rights and dates have actions of their own."""
    _refuse_barred_contact(guardianship.rights, is_emergency_contact)
    now = {"relation": relation, "home": home, "lives_with": lives_with, "is_emergency_contact": is_emergency_contact}
    changed = [name for name, value in now.items() if getattr(guardianship, name) != value]
    if not changed:
        return guardianship
    for name in changed:
        setattr(guardianship, name, now[name])
    guardianship.save(update_fields=changed)
    _record("changed", guardianship, by, fields=changed)
    return guardianship


@transaction.atomic
def change_rights(*, guardianship: Guardianship, rights: str, by, on: datetime.date) -> Guardianship:
    """From `on` the link has other rights: the old row ends and a new one begins, so that history stays true."""
    if rights == guardianship.rights:
        return guardianship
    until = guardianship.ends_on
    if until is not None and until <= on:
        raise GuardianshipError(_("This link has ended by then already."))
    end_guardianship(guardianship=guardianship, by=by, on=on)
    return add_guardian(
        student=guardianship.student, user=guardianship.user, relation=guardianship.relation, rights=rights, by=by,
        on=max(on, guardianship.starts_on), home=guardianship.home, lives_with=guardianship.lives_with,
        is_emergency_contact=guardianship.is_emergency_contact and rights != Rights.BARRED, until=until,
    )  # fmt: skip


@transaction.atomic
def end_guardianship(*, guardianship: Guardianship, by, on: datetime.date) -> Guardianship:
    """`on` is the first day without it."""
    if guardianship.ends_on is not None and guardianship.ends_on < on:
        raise GuardianshipError(_("This link has ended by then already."))
    guardianship.ends_on = max(on, guardianship.starts_on)
    guardianship.save(update_fields=["ends_on"])
    team.leave(cause=guardianship.cause, by=by, on=on)
    _record("ended", guardianship, by)
    return guardianship


def _join(row: Guardianship, *, by, on):
    if row.is_on_team:
        team.join(
            student=row.student, user=row.user, role=Role.PARENT, cause=row.cause, by=by, on=on, until=row.ends_on,
            may_write=row.rights != Rights.READS, may_sign=row.rights == Rights.SIGNS,
        )  # fmt: skip


def _refuse_impossible(student, user, rights, is_emergency_contact, on, until):
    if user.pk == student.user_id:
        raise GuardianshipError(_("Nobody is their own guardian."))
    if until is not None and until <= on:
        raise GuardianshipError(_("The end is before the start."))
    _refuse_barred_contact(rights, is_emergency_contact)


def _refuse_barred_contact(rights, is_emergency_contact):
    if rights == Rights.BARRED and is_emergency_contact:
        raise GuardianshipError(_("Somebody who is barred cannot be the emergency contact."))


def _refuse_overlap(student, user, on, until):
    if Guardianship.objects.filter(student=student, user=user).overlapping(on, until).exists():
        raise GuardianshipError(
            _("%(name)s is already linked to %(student)s in that time. Change or end that link first.")
            % {"name": user.name, "student": student.name}
        )


def _refuse_against_decision(student, user, rights, by):
    """What a grown student decided, nobody else undoes."""
    if rights in (Rights.BARRED, Rights.CONTACT) or by == student.user:
        return
    last = FamilyDecision.objects.filter(student=student, user=user).first()
    if last is not None and not last.stays:
        raise GuardianshipError(
            _("%(student)s decided that %(name)s is not on the team. Only %(student)s can change that.")
            % {"student": student.user.called, "name": user.name}
        )


def _refuse_hollow_bar(student, user, rights, on, until):
    """A bar that another place would undo is not written down as if it held."""
    if rights != Rights.BARRED:
        return
    on_team = TeamMember.objects.filter(student=student, user=user).overlapping(on, until)
    in_school = StaffRole.objects.filter(user=user, school=student.school, role__in=WHOLE_SCHOOL_ROLES)
    rows = [*on_team, *in_school.overlapping(on, until)]
    if rows:
        raise GuardianshipError(
            _("%(name)s would still see %(student)s as %(role)s. End that first, then bar.")
            % {"name": user.name, "student": student.user.called, "role": rows[0].get_role_display()}
        )


def _record(what, row: Guardianship, by, **details):
    record(
        f"students.guardian.{what}", by=by, subject=row, school_id=row.student.school_id, student_id=row.student_id,
        user=row.user_id, **details,
    )  # fmt: skip
