"""Mentors of an organisation, from their first day to the day they leave."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions.people import add_person
from accounts.models import User
from audit.actions import record
from mentors.actions.mentorship import end_mentorship
from mentors.models import Mentor, Mentorship, Organisation
from students.actions.reach import change_reach


class MentorError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def add_mentor(*, organisation: Organisation, user: User, by, on: datetime.date, job_title="") -> Mentor:
    """`user` is a mentor at `organisation` from `on`; somebody who left comes back with a new row."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Mentor.objects.filter(user=user, organisation=organisation).overlapping(on, None).exists():
        raise MentorError(
            _("%(name)s is already a mentor at %(organisation)s.") % {"name": user.name, "organisation": organisation}
        )
    mentor = Mentor.objects.create(
        school_id=organisation.school_id, user=user, organisation=organisation, job_title=job_title, starts_on=on
    )
    _record("added", mentor, by)
    return mentor


@transaction.atomic
def bring_in_mentor(
    *, organisation: Organisation, chosen: User | None, names: dict, by, on: datetime.date, job_title=""
) -> Mentor:
    """Make `chosen`, or a new person with these `names`, a mentor."""
    user = chosen or add_person(**names, by=by, school_id=organisation.school_id)
    return add_mentor(organisation=organisation, user=user, by=by, on=on, job_title=job_title)


@transaction.atomic
def change_mentor(
    *, mentor: Mentor, by, on: datetime.date, now: datetime.datetime, job_title: str, **contact: str
) -> Mentor:
    """Correct what is held of a mentor; of somebody who signs in, e-mail and phone are theirs to change.

    Raises students' ReachError and accounts' PersonError for an address that cannot be.
    """
    if not mentor.user.can_sign_in:
        change_reach(user=mentor.user, school=mentor.school, by=by, on=on, now=now, **contact)
    if mentor.job_title != job_title:
        mentor.job_title = job_title
        mentor.save(update_fields=["job_title"])
        _record("changed", mentor, by)
    return mentor


@transaction.atomic
def leave(*, mentor: Mentor, by, on: datetime.date) -> list[Mentorship]:
    """The mentor is none from `on`: every mentorship ends with it, and what they wrote stays. Returns those."""
    if on < mentor.starts_on:
        raise MentorError(
            _("%(name)s began on %(day)s; the end cannot be before that.")
            % {"name": mentor.name, "day": date_format(mentor.starts_on)}
        )
    ended = [
        end_mentorship(mentorship=mentorship, by=by, on=on)
        for mentorship in mentor.mentorships.exclude(ends_on__lte=on).select_related("student", "mentor__user")
    ]
    mentor.ends_on = on
    mentor.save(update_fields=["ends_on"])
    _record("left", mentor, by)
    return ended


def _record(what, mentor, by):
    record(
        f"mentors.mentor.{what}", by=by, subject=mentor, school_id=mentor.school_id, user=mentor.user_id,
        organisation=mentor.organisation_id,
    )  # fmt: skip
