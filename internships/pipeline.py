"""Where each pursuit stands on a day: whose it is, for how long, and what they do next."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from internships.models import Pursuit, Rules
from schools.roles import Role

State = Pursuit.State
TONES = {
    State.WITH_ADVISER: "warn", State.WITH_COORDINATOR: "warn", State.CLEARED: "ok", State.LAPSED: "bad",
    State.ENDED: "quiet",
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One pursuit on one day. `owner` is the role that has the next step, None where it has ended."""

    pursuit: Pursuit
    state: str
    owner: str | None
    next_step: str
    days: int

    @property
    def words(self) -> str:
        return str(State(self.state).label)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def owner_words(self) -> str:
        return str(Role(self.owner).label) if self.owner else ""


def stage_of(pursuit: Pursuit, rules: Rules, day: datetime.date) -> Stage:
    """`pursuit` with its decisions, student and school; `days` is how long it has been in this state."""
    state, zone = pursuit.state(rules, day), pursuit.student.school.zone
    since = _since(pursuit, state)
    began = since if type(since) is datetime.date else since.astimezone(zone).date()
    return Stage(pursuit, state, _owner(state), _next_step(pursuit, state), (day - began).days)


def _since(pursuit, state):
    if state == State.ENDED:
        return pursuit.ended_at
    if state == State.LAPSED:
        return pursuit.cleared_until
    if state == State.CLEARED:
        return pursuit.cleared_at
    said = [decision.at for decision in pursuit.decisions.all()]
    return max(said, default=pursuit.asked_at)


def _owner(state) -> str | None:
    return {
        State.WITH_ADVISER: Role.ADVISER, State.WITH_COORDINATOR: Role.COORDINATOR, State.CLEARED: Role.STUDENT,
        State.LAPSED: Role.STUDENT,
    }.get(state)  # fmt: skip


def _next_step(pursuit, state) -> str:
    if state in (State.WITH_ADVISER, State.WITH_COORDINATOR):
        return _("say whether the student may call there")
    if state == State.CLEARED:
        return _("call the place and ask for a conversation")
    if state == State.LAPSED:
        return _("ask once more, or give it up")
    return ""
