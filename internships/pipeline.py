"""Where each pursuit stands on a day: whose it is, for how long, and what they do next."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from internships.models import Pursuit, Rules
from schools.roles import Role

State = Pursuit.State
MEETING = (State.INTERVIEW, State.SHADOW, State.SET_UP, State.READY)
TONES = {
    State.WITH_ADVISER: "warn", State.WITH_COORDINATOR: "warn", State.CLEARED: "ok", State.LAPSED: "bad",
    State.ENDED: "quiet", State.INTERVIEW: "info", State.SHADOW: "info", State.SET_UP: "info", State.READY: "ok",
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
    owner, step = _turn(pursuit, state, rules, day)
    return Stage(pursuit, state, owner, step, max((day - began).days, 0))


def _since(pursuit, state):
    if state == State.ENDED:
        return pursuit.ended_at
    if state == State.LAPSED:
        return pursuit.cleared_until
    if state == State.CLEARED:
        return pursuit.cleared_at
    if state in MEETING:
        return max(_moments(pursuit), default=pursuit.cleared_at)
    said = [decision.at for decision in pursuit.decisions.all()]
    return max(said, default=pursuit.asked_at)


def _moments(pursuit):
    """When something was last arranged or said on the way."""
    interview, shadow, set_up = pursuit.interview, pursuit.shadow_day, pursuit.set_up
    found = [interview and interview.arranged_at, interview and interview.said_at, set_up and set_up.at]
    if shadow:
        found += [shadow.arranged_at, shadow.parent_at, shadow.host_at, shadow.student_at, shadow.host_said_at]
    return [moment for moment in found if moment]


def _turn(pursuit, state, rules, day) -> tuple[str | None, str]:
    """Whose turn it is, and what they do."""
    if state in (State.WITH_ADVISER, State.WITH_COORDINATOR):
        owner = Role.ADVISER if state == State.WITH_ADVISER else Role.COORDINATOR
        return owner, _("say whether the student may call there")
    if state == State.CLEARED:
        return Role.STUDENT, _("call the place and ask for a conversation")
    if state == State.LAPSED:
        return Role.STUDENT, _("ask once more, or give it up")
    if state == State.INTERVIEW:
        return _interview_turn(pursuit.interview)
    if state == State.SHADOW:
        return _shadow_turn(pursuit.shadow_day, day)
    if state == State.SET_UP:
        return Role.ADVISER, _("hold the set-up meeting, and write down what was agreed")
    if state == State.READY:
        owner = Role.COORDINATOR if rules.coordinator_clears else Role.ADVISER
        return owner, _("arrange the placement")
    return None, ""


def _interview_turn(interview):
    if interview is None or interview.happened is False:
        return Role.STUDENT, _("arrange the interview")
    return Role.STUDENT, _("hold the interview, and write down what you heard")


def _shadow_turn(shadow, day):
    if shadow is None:
        return Role.STUDENT, _("arrange a shadow day")
    if shadow.parent_permits is None:
        return Role.PARENT, _("permit the shadow day")
    if shadow.host_permits is None:
        return Role.MENTOR, _("permit the shadow day")
    if day < shadow.date:
        return Role.STUDENT, _("go there on the shadow day")
    if shadow.student_says is None:
        return Role.STUDENT, _("say how the shadow day was, and whether you want to go on")
    return Role.MENTOR, _("say whether the student may come")
