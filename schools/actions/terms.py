"""Terms of a school's year: begun, moved, closed. And the days on which the school is shut."""

import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.actions import record
from common.live import hint
from schools import closing
from schools.models import School, Term

LONGEST = datetime.timedelta(days=366)


class TermError(ValueError):
    """Said to the person who asked; `field` names what it stands beside."""

    def __init__(self, message, field=None):
        super().__init__(message)
        self.field = field


@transaction.atomic
def add_term(*, school: School, name: str, starts_on: datetime.date, ends_on: datetime.date, by) -> Term:
    """A term from `starts_on` to before `ends_on`. Raises TermError."""
    _check(school, None, name, starts_on, ends_on)
    term = Term.objects.create(school=school, name=name, starts_on=starts_on, ends_on=ends_on)
    _record("added", term, by, name=name, starts_on=starts_on.isoformat(), ends_on=ends_on.isoformat())
    return term


@transaction.atomic
def change_term(*, term: Term, name: str, starts_on: datetime.date, ends_on: datetime.date, by) -> Term:
    """Another name or other days. What is closed stays as it is. Raises TermError."""
    term = Term.objects.select_for_update().select_related("school").get(pk=term.pk)
    if term.is_closed:
        raise TermError(_("%(name)s is closed and stays as it was.") % {"name": term.name})
    _check(term.school, term, name, starts_on, ends_on)
    now = {"name": name, "starts_on": starts_on, "ends_on": ends_on}
    was = {field: str(getattr(term, field)) for field in now if getattr(term, field) != now[field]}
    for field in was:
        setattr(term, field, now[field])
    if was:
        term.save(update_fields=list(was))
        _record("changed", term, by, was=was, name=name)
    return term


@transaction.atomic
def remove_term(*, term: Term, by) -> None:
    """Take back a term that was put in by mistake. Raises TermError once anything stands on it."""
    try:
        with transaction.atomic():
            _record("removed", term, by, name=term.name)
            term.delete()
    except ProtectedError:
        raise TermError(
            _("%(name)s is in use already. Change its name or days instead.") % {"name": term.name}
        ) from None


@transaction.atomic
def close(*, term: Term, by, now: datetime.datetime) -> Term:
    """Freeze a term for ever; each room above does its part (schools/closing.py) in this transaction.

    Closing twice is once. Raises TermError with the sentences of whatever stops it.
    """
    term = Term.objects.select_for_update().select_related("school").get(pk=term.pk)
    if term.is_closed:
        return term
    day = now.astimezone(term.school.zone).date()
    if stops := [finding.words for finding in before_closing(term, day) if finding.stops]:
        raise TermError(" ".join(stops))
    term.closed_at, term.closed_by = now, by
    term.save(update_fields=["closed_at", "closed_by"])
    closing.carry_out(term, by, now)
    _record("closed", term, by, name=term.name)
    hint("term", school_id=term.school_id, term_id=term.pk)
    return term


def before_closing(term: Term, day: datetime.date) -> list[closing.Finding]:
    """What whoever closes `term` on `day` should know first, what stops it before the rest."""
    if term.starts_on > day:
        return [closing.Finding(_("%(name)s has not begun.") % {"name": term.name}, stops=True)]
    found = closing.findings(term, day)
    if term.last_day >= day:
        early = _("%(name)s lasts until %(day)s. Closing it now ends the work on its plans.")
        found.append(closing.Finding(early % {"name": term.name, "day": date_format(term.last_day)}))
    return found


def _check(school, term, name, starts_on, ends_on):
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if ends_on <= starts_on:
        raise TermError(_("The last day is before the first."), "last_day")
    if ends_on - starts_on > LONGEST:
        raise TermError(_("That is longer than a year. Is the year right?"), "last_day")
    others = Term.objects.filter(school=school).exclude(pk=term and term.pk)
    if others.filter(name__iexact=name).exists():
        raise TermError(_("There is already a term called %(name)s.") % {"name": name}, "name")
    other = others.overlapping(starts_on, ends_on).order_by("starts_on").first()
    if other is not None:
        words = {"name": other.name, "first": date_format(other.starts_on), "last": date_format(other.last_day)}
        field = "starts_on" if other.starts_on <= starts_on else "last_day"
        raise TermError(_("%(name)s lasts from %(first)s to %(last)s, and terms share no day.") % words, field)


def _record(what, term, by, **details):
    record(f"schools.term.{what}", by=by, subject=term, school_id=term.school_id, **details)
