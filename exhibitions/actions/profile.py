"""The learner profile: the student chooses what is in it, says why, and shares it by links."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.codes import digest, new_seed
from audit.actions import record
from common.refusals import SaidAtField
from exhibitions.models import About, Chosen, Evidence, Exhibition, Narrative, Share
from exhibitions.profile import standing
from exhibitions.sharing import LONGEST, secret_from
from internships.models import Placement
from students.models import Student

# What a person outside reads, and one PDF holds.
MOST = 60
FIELDS = {Evidence: "evidence", Exhibition: "exhibition", Placement: "placement", Narrative: "narrative"}


class ProfileError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def choose(
    *, student: Student, thing: Evidence | Exhibition | Placement | Narrative, by, now: datetime.datetime
) -> Chosen:
    """Put it into the profile, last. Twice is once; of a narrative, so is its correction. Raises ProfileError."""
    Student.objects.lock(student)
    kind = FIELDS[type(thing)]
    _require_choosable(student, thing)
    rows = Chosen.objects.filter(student=student)
    same = (
        rows.filter(narrative__exhibition=thing.exhibition_id) if kind == "narrative" else rows.filter(**{kind: thing})
    )
    if found := same.first():
        return found
    if rows.count() >= MOST:
        raise ProfileError(
            _("There are %(most)s things in it, which is as much as anybody reads. Take one out first.")
            % {"most": MOST}
        )
    order = 1 + max(rows.values_list("order", flat=True), default=-1)
    found = Chosen.objects.create(student=student, order=order, added_at=now, **{kind: thing})
    _record("chosen", student, by, found, **{kind: thing.pk})
    return found


def _require_choosable(student, thing):
    if isinstance(thing, Narrative):
        is_theirs, is_ready = thing.exhibition.student_id == student.pk, thing.is_released
    else:
        is_theirs = thing.student_id == student.pk
        is_ready = _is_ready(thing)
    if not is_theirs:
        raise ProfileError(_("That is not this student's."))
    if not is_ready:
        raise ProfileError(_("“%(title)s” is not ready to be shown.") % {"title": thing})


def _is_ready(thing) -> bool:
    if isinstance(thing, Evidence):
        return not thing.is_draft and thing.removed_at is None
    return not isinstance(thing, Placement) or thing.begun_at is not None


@transaction.atomic
def unchoose(*, chosen: Chosen, by) -> None:
    """It is not in the profile; the thing itself stays. Twice is once."""
    student = _lock(chosen)
    if Chosen.objects.filter(pk=chosen.pk).delete()[0]:
        _record("taken_out", student, by, chosen)


@transaction.atomic
def say(*, chosen: Chosen, words: str, by) -> Chosen:
    """Why it is here."""
    student = _lock(chosen)
    chosen = Chosen.objects.get(pk=chosen.pk)
    if chosen.words != words:
        chosen.words = words
        chosen.save(update_fields=["words"])
        _record("said", student, by, chosen)
    return chosen


@transaction.atomic
def move(*, chosen: Chosen, by_places: int, by) -> None:
    """Earlier or later among what can be seen; at an end it stays."""
    student = _lock(chosen)
    rows = standing(student)
    at = next((n for n, row in enumerate(rows) if row.pk == chosen.pk), None)
    if at is None or not 0 <= at + by_places < len(rows):
        return
    rows.insert(at + by_places, rows.pop(at))
    # What is hidden now, a draft again perhaps, comes last.
    rows += Chosen.objects.filter(student=student).exclude(pk__in=[row.pk for row in rows])
    for order, row in enumerate(rows):
        row.order = order
    Chosen.objects.bulk_update(rows, ["order"])
    _record("moved", student, by, chosen)


@transaction.atomic
def tell_about(*, student: Student, words: str, shows_goals: bool, by) -> About:
    """What stands at the head, and whether the goals are in it."""
    Student.objects.lock(student)
    about = About.objects.filter(student=student).first() or About(student=student)
    if about.pk is None or (about.words, about.shows_goals) != (words, shows_goals):
        about.words, about.shows_goals = words, shows_goals
        about.save()
        _record("told", student, by, about, shows_goals=shows_goals)
    return about


@transaction.atomic
def share(
    *, student: Student, label: str, until: datetime.date, by, on: datetime.date, now: datetime.datetime
) -> Share:
    """A link that opens the profile through the day `until`. The same one again is the one that is open. Raises
    ProfileError."""
    Student.objects.lock(student)
    if until <= on:
        raise ProfileError(_("Choose a day after today."), "until")
    if until > on + LONGEST:
        raise ProfileError(_("A link lasts a year at most."), "until")
    rows = Share.objects.filter(student=student, label=label, until=until, revoked_at__isnull=True)
    if same := rows.first():
        return same
    seed = new_seed()
    made = Share.objects.create(
        student=student, label=label, seed=seed, digest=digest(secret_from(seed)), created_by=by, created_at=now,
        until=until,
    )  # fmt: skip
    _record("shared", student, by, made, label=label, until=until.isoformat())
    return made


@transaction.atomic
def revoke(*, share: Share, by, now: datetime.datetime) -> None:
    """The link opens nothing from now on. Twice is once."""
    student = _lock(share)
    if Share.objects.filter(pk=share.pk, revoked_at__isnull=True).update(revoked_at=now):
        _record("revoked", student, by, share, label=share.label)


def opened(*, share: Share, now: datetime.datetime) -> None:
    """Somebody outside opened it. Nothing is kept of who or from where."""
    Share.objects.filter(pk=share.pk).update(opened=F("opened") + 1, last_opened_at=now)


def _lock(row: Chosen | Share) -> Student:
    student = Student.objects.get(pk=row.student_id)
    Student.objects.lock(student)
    return student


def _record(what, student, by, subject, **details):
    record(
        f"exhibitions.profile.{what}", by=by, subject=subject, school_id=student.school_id, student_id=student.pk,
        **details,
    )  # fmt: skip
