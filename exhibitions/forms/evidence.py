from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, ManyFilesField, OnceField, helper
from common.shipped import in_my_language
from exhibitions.models import Evidence
from internships.models import Placement
from plans.models import Plan, WorkItem
from schools.models import LearningGoal


class FilesForm(forms.Form):
    """Files without the script that sends them in pieces."""

    files = ManyFilesField(label=gettext_lazy("Files"))


class EvidenceForm(forms.ModelForm):
    """What it shows and what it belongs to. For something new, a link or words; a file comes first and is told then."""

    url = forms.URLField(label=gettext_lazy("Address"), max_length=500, required=False, assume_scheme="https")
    happened_on = DayField(label=gettext_lazy("When was it?"), required=False)
    goals = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which learning goals does it show?"), queryset=LearningGoal.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    items = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which work of the plan?"), queryset=WorkItem.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    placement = forms.ModelChoiceField(
        label=gettext_lazy("At which placement?"), queryset=Placement.objects.none(), required=False
    )
    ready = forms.BooleanField(
        label=gettext_lazy("It is ready: my team may see it"), required=False,
        help_text=gettext_lazy("Until then it is a draft, and only you see it."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = OnceField()

    class Meta:
        model = Evidence
        fields = ("kind", "title", "url", "words")
        widgets = {"kind": forms.RadioSelect, "words": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, student, placements, **kwargs):
        super().__init__(*args, **kwargs)
        self.student = student
        self._is_new = self.instance.pk is None
        if self._is_new:
            self.fields["kind"].choices = [
                (kind.value, kind.label) for kind in (Evidence.Kind.LINK, Evidence.Kind.WORDS)
            ]
            del self.fields["version"]
            self.initial.setdefault("kind", Evidence.Kind.LINK)
            self.initial["ready"] = True
        else:
            del self.fields["kind"], self.fields["key"]
            self.initial |= {
                "goals": list(self.instance.goals.all()), "items": list(self.instance.items.all()),
                "placement": self.instance.placement_id, "happened_on": self.instance.happened_on,
                "version": self.instance.version,
            }  # fmt: skip
            self.initial["ready"] = not self.instance.is_draft or self.instance.kind == Evidence.Kind.FILE
            if self.instance.kind != Evidence.Kind.LINK:
                del self.fields["url"]
        self._choices(placements)
        self.helper = helper(_("Keep it"))
        has = [name for name in ("kind", "title", "url", "words") if name in self.fields]
        belongs = [name for name in ("goals", "items", "placement", "happened_on") if name in self.fields]
        self.helper.layout = Layout(*has, Fieldset(_("What it belongs to"), *belongs), "ready")
        self.helper.layout.append("key" if self._is_new else "version")

    def _choices(self, placements):
        kept = self.instance if self.instance.pk else None
        goals = Q(retired_on=None) | (Q(pk__in=kept.goals.values("pk")) if kept else Q(pk__in=[]))
        self.fields["goals"].queryset = LearningGoal.objects.filter(goals, school=self.student.school_id)
        self.fields["goals"].label_from_instance = lambda goal: in_my_language(goal.name)
        running = Q(plan__in=Plan.objects.running().filter(student=self.student.pk))
        mine = Q(pk__in=kept.items.values("pk")) if kept else Q(pk__in=[])
        offered = WorkItem.objects.filter(running).exclude(state=WorkItem.State.DROPPED)
        items = WorkItem.objects.filter(Q(pk__in=offered.values("pk")) | mine)
        self.fields["items"].queryset = items
        places = {one.pk for one in placements} | ({kept.placement_id} if kept and kept.placement_id else set())
        self.fields["placement"].queryset = Placement.objects.filter(pk__in=places)
        self.fields["placement"].label_from_instance = lambda one: str(one.place)
        self.fields["happened_on"].day_first = self.student.school.day_first
        if not places:
            del self.fields["placement"]
        if not items.exists():
            del self.fields["items"]

    def clean(self):
        found = super().clean()
        if found.get("kind") == Evidence.Kind.LINK and not found.get("url") and "url" not in self.errors:
            self.add_error("url", _("Where does the link lead?"))
        if found.get("kind") == Evidence.Kind.WORDS and not found.get("words"):
            self.add_error("words", _("Write it here."))
        return found

    def go_on_from(self, theirs: Evidence) -> None:
        """What was typed stays, and the next try is about how it stands now."""
        self.data = self.data.copy()
        self.data["version"] = theirs.version

    @property
    def said(self) -> dict:
        """What the actions take beside the student and the person."""
        names = ("kind", "title", "url", "words", "ready", "happened_on", "goals", "items", "placement", "key")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
