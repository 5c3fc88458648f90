"""Forms of what a plan holds: work items with their goals, own goals."""

from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.forms import DayField, OnceField, helper
from common.shipped import in_my_language
from plans.actions.items import Details, GoalChoice
from plans.models import OwnGoal, Plan, WorkItem
from schools.models import LearningGoal


def _area(label, help_text="", rows=3, max_length=5000):
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=max_length,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


@dataclass(frozen=True)
class GoalRow:
    """One goal on the form: whether the work serves it, and how."""

    name: str
    question: str
    prompts: list[str]
    chosen: forms.BoundField
    how: forms.BoundField
    is_own: bool


class ItemForm(forms.Form):
    """A piece of work. Each learning goal and each own goal has a box and a place for "by which questions, and how"."""

    title = forms.CharField(
        label=_("What is the work?"), max_length=200, help_text=_("A few words. For example: Build a tide gauge")
    )
    words = _area(_("Say more"), _("Everybody on the team reads this. You can go on writing in it later."), 4)
    resources = _area(_("Who and what can help me?"), _("People, places, tools, books, money."))
    when = forms.CharField(
        label=_("When?"), max_length=200, required=False, help_text=_("In words. For example: Tuesdays at the harbor")
    )
    from_on = DayField(label=_("From"), required=False)
    until_on = DayField(label=_("Until"), required=False)
    shows = _area(_("What will I show along the way?"), _("Drafts, sketches, a first try."))
    evidence = _area(_("What evidence will I show at my exhibition?"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = OnceField()

    def __init__(self, *args, plan: Plan, item: WorkItem | None = None, day_first=False, submit="", **kwargs):
        self.own_goals = list(plan.own_goals.exclude(state=OwnGoal.State.DROPPED).order_by("pk"))
        self.goals = _goals_for(plan, item)
        initial = _initial(item) if item else {}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        if item:
            del self.fields["words"], self.fields["key"]
        for name in ("from_on", "until_on"):
            self.fields[name].day_first = day_first
        for prefix, goal in self._all_goals():
            self.fields[f"{prefix}_{goal.pk}"] = forms.BooleanField(label=_said(goal)[0], required=False)
            self.fields[f"{prefix}_how_{goal.pk}"] = how = _area(
                _("By which questions, and how?"), rows=2, max_length=2000
            )
            how.widget.attrs["class"] = "form-control"
        self.helper = helper(submit, tag=False)

    def _all_goals(self):
        return [("goal", goal) for goal in self.goals] + [("own", goal) for goal in self.own_goals]

    def goal_rows(self) -> list[GoalRow]:
        return [
            GoalRow(
                *_said(goal), self[f"{prefix}_{goal.pk}"], self[f"{prefix}_how_{goal.pk}"], prefix == "own",
            )
            for prefix, goal in self._all_goals()
        ]  # fmt: skip

    def details(self) -> Details:
        said = self.cleaned_data
        names = ("title", "resources", "when", "from_on", "until_on", "shows", "evidence")
        goals = tuple(
            GoalChoice(how, goal=goal) if prefix == "goal" else GoalChoice(how, own_goal=goal)
            for prefix, goal in self._all_goals()
            if (how := said[f"{prefix}_how_{goal.pk}"]) or said[f"{prefix}_{goal.pk}"]
        )
        return Details(**{name: said[name] for name in names}, goals=goals)

    def clean(self):
        said = super().clean()
        if said.get("from_on") and said.get("until_on") and said["until_on"] < said["from_on"]:
            self.add_error("until_on", _("The last day is before the first."))
        return said


def _said(goal) -> tuple[str, str, list[str]]:
    """Name, question and prompts of a goal: own goals have only their words."""
    if isinstance(goal, OwnGoal):
        return str(goal), "", []
    name, question, prompts = map(in_my_language, (goal.name, goal.question, goal.prompts))
    return name, question, prompts.splitlines()


def _goals_for(plan, item):
    """The school's goals, and a retired one where the work already serves it."""
    served = Q(pk__in=item.item_goals.values("goal_id")) if item else Q(pk__in=[])
    goals = LearningGoal.objects.filter(school=plan.school_id)
    return list(goals.filter(Q(retired_on__isnull=True) | served))


def _initial(item):
    names = ("title", "resources", "when", "from_on", "until_on", "shows", "evidence", "version")
    initial = {name: getattr(item, name) for name in names}
    for row in item.item_goals.all():
        prefix, pk = ("goal", row.goal_id) if row.goal_id else ("own", row.own_goal_id)
        initial |= {f"{prefix}_{pk}": True, f"{prefix}_how_{pk}": row.how}
    return initial


class SplitForm(forms.Form):
    title = forms.CharField(label=_("First part"), max_length=200, help_text=_("Keeps its place, words and goals."))
    rest_title = forms.CharField(
        label=_("Second part"), max_length=200,
        help_text=_("Comes right behind it with the same words and goals. Then cut each down to its own."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
    key = OnceField()

    def __init__(self, *args, item, **kwargs):
        super().__init__(*args, initial={"title": item.title, "version": item.version}, **kwargs)


class StateForm(forms.Form):
    state = forms.ChoiceField(choices=WorkItem.State.choices)


class OwnGoalForm(forms.Form):
    words = forms.CharField(label=_("My goal"), max_length=300)
    why = _area(_("Why it matters to me, and how I will know"))
    state = forms.ChoiceField(label=_("How far"), choices=OwnGoal.State.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = OnceField()

    def __init__(self, *args, goal: OwnGoal | None = None, **kwargs):
        initial = {name: getattr(goal, name) for name in ("words", "why", "state", "version")} if goal else {}
        super().__init__(*args, initial=initial, **kwargs)
        del self.fields["key" if goal else "state"]
        self.helper = helper(_("Save the goal") if goal else _("Add the goal"))
