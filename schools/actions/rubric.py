"""The school's rubric: taken over as we ship it, changed as a new version."""

import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from audit.actions import record
from common.refusals import SaidAtField
from schools.models import Criterion, Descriptor, Level, Rubric, School
from schools.rubrics import RubricWords, shipped_for, words_of

MOST_LEVELS, MOST_CRITERIA = 7, 16


class RubricError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def current_rubric(*, school: School, by, now: datetime.datetime) -> Rubric:
    """The rubric that holds now; ours, where the school has none yet."""
    School.objects.select_for_update().get(pk=school.pk)
    return Rubric.objects.filter(school=school, is_current=True).first() or _write(school, shipped_for(school), by, now)


@transaction.atomic
def change_rubric(*, school: School, words: RubricWords, base_version: int, by, now: datetime.datetime) -> Rubric:
    """A new version; the same words again are no change. Raises RubricError, also where somebody was quicker."""
    School.objects.select_for_update().get(pk=school.pk)
    current = Rubric.objects.filter(school=school, is_current=True).first()
    if (current.version if current else 0) != base_version:
        raise RubricError(_("Somebody changed the rubric meanwhile. Yours is below; look at theirs before you save."))
    if not 2 <= len(words.levels) <= MOST_LEVELS:
        raise RubricError(_("A rubric has two to seven levels."), "levels")
    if not 1 <= len(words.criteria) <= MOST_CRITERIA:
        raise RubricError(_("A rubric has one to sixteen criteria."))
    if current is not None and words_of(current) == words:
        return current
    return _write(school, words, by, now, version=base_version + 1)


def key_for(name: str, taken) -> str:
    """A key for a new criterion that none of `taken` has."""
    base = slugify(name)[:30] or "criterion"
    return next(key for n in range(1, 100) if (key := base if n == 1 else f"{base}-{n}") not in taken)


def _write(school, words, by, now, version=1):
    Rubric.objects.filter(school=school, is_current=True).update(is_current=False)
    rubric = Rubric.objects.create(school=school, version=version, created_by=by, created_at=now)
    levels = Level.objects.bulk_create(
        Level(rubric=rubric, rank=rank, name=name) for rank, name in enumerate(words.levels, 1)
    )
    criteria = Criterion.objects.bulk_create(
        Criterion(rubric=rubric, key=one.key, goal=one.goal, name=one.name, question=one.question, order=order)
        for order, one in enumerate(words.criteria)
    )
    Descriptor.objects.bulk_create(
        Descriptor(criterion=row, level=level, words=said)
        for row, one in zip(criteria, words.criteria, strict=True)
        for level, said in zip(levels, one.words, strict=True) if said
    )  # fmt: skip
    record("schools.rubric.made", by=by, subject=rubric, school_id=school.pk, version=version)
    return rubric
