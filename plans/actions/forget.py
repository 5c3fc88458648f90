"""Erasing words is a legal duty: what a plan keeps of them beside the text goes too (coedit/erasing.py)."""

import datetime
import secrets

from django.db import transaction
from django.db.models import Q

from coedit.models import Text
from plans.actions.hold import note
from plans.content import holds_words_of, without_words
from plans.models import Meeting, Plan, Section, WorkItem


@transaction.atomic
def forget_words(*, text: Text, new: Text | None, by, now: datetime.datetime) -> None:
    """Versions lose the words of `text` and say so; the plan goes on with `new`. Signatures stay as they are: the hash
    that they carry is still that of what was signed."""
    of_plan = Q(sections__text=text) | Q(items__text=text)
    plan = Plan.objects.select_for_update().filter(pk__in=Plan.objects.filter(of_plan, student=text.student_id)).first()
    if plan is not None:
        _forget(plan, text, by, now)
    if new is not None:
        Section.objects.filter(text=text).update(text=new)
        WorkItem.objects.filter(text=text).update(text=new)
        Meeting.objects.filter(notes=text).update(notes=new)


def _forget(plan, text, by, now):
    versions = [version for version in plan.versions.all() if holds_words_of(version.content, text)]
    for version in versions:
        version.content = without_words(version.content, text, now)
        version.save(update_fields=["content"])
    _rename_role_hashes(plan)
    if versions:
        note("plans.words_erased", plan, by, versions=[version.number for version in versions])


def _rename_role_hashes(plan):
    """They only say where two versions are the same. As hashes of words they would let somebody who guesses a few
    erased words prove the guess."""
    names: dict[str, str] = {}
    for version in plan.versions.defer("content"):
        version.role_hashes = {
            role: names.setdefault(known, secrets.token_hex(32)) for role, known in version.role_hashes.items()
        }
        version.save(update_fields=["role_hashes"])
