"""Where each placement stands on a day: whose turn it is, for how long, and what they do next."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.models import AgreementForm, Placement, Rules
from internships.papers import LACKS, papers_of_each
from mentors.standing import Paper
from schools.roles import Role


class Standing(models.TextChoices):
    AGREEING = "agreeing", gettext_lazy("agreeing")
    PAPERS = "papers", gettext_lazy("waits for papers")
    TO_BEGIN = "to_begin", gettext_lazy("ready to begin")
    PLACED = "placed", gettext_lazy("placed")
    RESTS = "rests", gettext_lazy("suspended")


TONES = {
    Standing.AGREEING: "warn", Standing.PAPERS: "warn", Standing.TO_BEGIN: "ok", Standing.PLACED: "ok",
    Standing.RESTS: "bad",
}  # fmt: skip


@dataclass(frozen=True)
class Placing:
    """One placement on one day. `owner` is the role that has the next step; `days` how long it has stood so."""

    placement: Placement
    state: str
    owner: str
    next_step: str
    days: int
    lacks: list[Paper]

    @property
    def words(self) -> str:
        return str(Standing(self.state).label)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def owner_words(self) -> str:
        return str(Role(self.owner).label)


def placings(placements: Iterable[Placement], rules: Rules, day: datetime.date) -> list[Placing]:
    """Of placements of one school that have not ended, read with `with_place` and their forms: one query more."""
    placements = list(placements)
    lacks = {
        pk: [paper for paper in found if paper.state in LACKS]
        for pk, found in papers_of_each(placements, rules, day).items()
    }
    return [_placing(placement, rules, lacks[placement.pk], day) for placement in placements]


def _placing(placement, rules, lacks, day) -> Placing:
    state, owner, step, since = _stands(placement, rules, lacks, day)
    began = since if type(since) is datetime.date else since.astimezone(placement.school.zone).date()
    return Placing(placement, state, owner, step, max((day - began).days, 0), lacks)


def _stands(placement, rules, lacks, day):
    if placement.begun_at is not None:
        if rest := placement.suspension_on(day):
            return Standing.RESTS, Role.COORDINATOR, _("write down the renewed paper, or let it go on"), rest.starts_on
        return (
            Standing.PLACED,
            Role.ADVISER,
            _("talk with the mentor, and visit"),
            max(placement.starts_on, placement.begun_at.date()),
        )
    forms = list(placement.forms.all())
    open_forms = [form for form in forms if form.done_at is None]
    if open_forms:
        return (Standing.AGREEING, *_form_step(open_forms[0], placement))
    if not forms and rules.forms:
        return Standing.AGREEING, Role.COORDINATOR, _("send the agreement on its way"), placement.arranged_at
    since = max((form.done_at for form in forms), default=placement.arranged_at)
    if lacks:
        step = _("write down: %(papers)s") % {"papers": ", ".join(paper.label for paper in lacks)}
        return Standing.PAPERS, Role.COORDINATOR, step, since
    return Standing.TO_BEGIN, Role.COORDINATOR, _("let it begin"), since


def _form_step(form: AgreementForm, placement):
    if form.refused_at is not None:
        return Role.COORDINATOR, _("find out what would have to be different"), form.refused_at
    return AgreementForm.OWNERS[form.kind], _("do their form of the agreement"), form.asked_at or placement.arranged_at
