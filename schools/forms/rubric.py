from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schools.actions.rubric import key_for
from schools.models import LearningGoal, School
from schools.rubrics import CriterionWords, RubricWords

# The fields of the criterion that may be added.
NEW = "new"


class RubricForm(forms.Form):
    """The whole rubric on one page: levels one a line, and for each criterion its words by level.

    A criterion that is not ticked is left out; the last one is empty, for one that is added. The words are those of
    the levels that the page showed: a level that keeps its name keeps its words, wherever it stands now.
    """

    levels = forms.CharField(
        label=gettext_lazy("Levels, one a line, the first one first"), widget=forms.Textarea(attrs={"rows": 5})
    )
    shown_levels = forms.CharField(widget=forms.HiddenInput, strip=False)
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *args, school: School, words: RubricWords, base_version: int, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.goals = {goal.key: goal for goal in LearningGoal.objects.filter(school=school)}
        self.fields["levels"].initial = self.fields["shown_levels"].initial = "\n".join(words.levels)
        self.fields["base_version"].initial = base_version
        self.shown = _lines((data or {}).get("shown_levels", "")) or list(words.levels)
        self.groups = [self._group(one, is_used) for one, is_used in self._offered(words)]

    def _offered(self, words):
        """What the rubric has, the goals that it has not, and an empty one."""
        known = {one.key for one in words.criteria}
        yield from ((one, True) for one in words.criteria)
        for key, goal in self.goals.items():
            if key not in known and goal.retired_on is None:
                yield CriterionWords(key, goal.name, goal.question, (), goal), False
        yield CriterionWords("", "", "", ()), True

    def _group(self, criterion, is_used):
        fields, prefix = self.fields, f"c_{criterion.key}" if criterion.key else NEW
        fields[f"{prefix}_use"] = forms.BooleanField(label=_("in the rubric"), required=False, initial=is_used)
        fields[f"{prefix}_name"] = forms.CharField(
            label=_("What is judged"), max_length=100, required=False, initial=criterion.name
        )
        fields[f"{prefix}_question"] = forms.CharField(
            label=_("Question"), max_length=200, required=False, initial=criterion.question
        )
        names = []
        for n, level in enumerate(self.shown):
            said = criterion.words[n] if n < len(criterion.words) else ""
            fields[f"{prefix}_words{n}"] = forms.CharField(
                label=level, required=False, initial=said, widget=forms.Textarea(attrs={"rows": 3})
            )
            names.append(f"{prefix}_words{n}")
        return {
            "prefix": prefix, "key": criterion.key, "goal": criterion.goal, "title": criterion.name,
            "use": self[f"{prefix}_use"], "name": self[f"{prefix}_name"], "question": self[f"{prefix}_question"],
            "words": [self[name] for name in names],
        }  # fmt: skip

    def clean(self):
        said = super().clean()
        for group in self.groups:
            prefix = group["prefix"]
            has_words = any(said.get(bound.name) for bound in group["words"])
            if said.get(f"{prefix}_use") and not said.get(f"{prefix}_name") and (group["key"] or has_words):
                self.add_error(f"{prefix}_name", _("Say what is judged."))
        return said

    def words(self) -> RubricWords:
        """What was typed, as a rubric."""
        said, taken, criteria = self.cleaned_data, {one["key"] for one in self.groups}, []
        levels = _lines(said["levels"])
        places = [self._place(n, level, levels) for n, level in enumerate(levels)]
        for group in self.groups:
            prefix, name = group["prefix"], said[f"{group['prefix']}_name"]
            if not said[f"{prefix}_use"] or not name:
                continue
            key = group["key"] or key_for(name, taken)
            taken.add(key)
            words = tuple("" if n is None else said.get(f"{prefix}_words{n}", "").strip() for n in places)
            criteria.append(CriterionWords(key, name, said[f"{prefix}_question"], words, group["goal"]))
        return RubricWords(tuple(levels), tuple(criteria))

    def _place(self, n, level, levels) -> int | None:
        """Where the page showed the words of this level: by its name; one that was only renamed, by its place."""
        if level in self.shown:
            return self.shown.index(level)
        is_renamed = len(levels) == len(self.shown) and self.shown[n] not in levels
        return n if is_renamed else None

    def meet(self, version: int) -> None:
        """Somebody was quicker: what is saved next is meant to take the place of theirs."""
        self.data = self.data.copy()
        self.data["base_version"] = version


def _lines(typed: str) -> list[str]:
    lines = (" ".join(line.split())[:60] for line in typed.splitlines())
    return list(dict.fromkeys(line for line in lines if line))
