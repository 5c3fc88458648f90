from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, OnceField, helper
from common.shipped import in_my_language
from internships.models import Checkpoint, FirstTask, Project, ProjectDraft, Prompt
from plans.models import Plan, WorkItem
from schools.models import LearningGoal

LONG = {"rows": 3}


class ProjectForm(forms.ModelForm):
    """What it is called, which goals it serves, which work of the plan it is."""

    goals = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which learning goals does it serve?"), queryset=LearningGoal.objects.none(),
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    items = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which work of the plan is it?"), queryset=WorkItem.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Work that is in the student's plan now. It can be tied later, too."),
    )  # fmt: skip

    class Meta:
        model = Project
        fields = ("title", "goals", "items")

    def __init__(self, *args, placement, **kwargs):
        super().__init__(*args, **kwargs)
        project = self.instance if self.instance.pk else None
        has = list(project.items.values_list("pk", flat=True)) if project else []
        running = Plan.objects.running().filter(student=placement.student_id)
        items = WorkItem.objects.filter(plan__in=running).exclude(state=WorkItem.State.DROPPED)
        self.fields["items"].queryset = (items | WorkItem.objects.filter(pk__in=has)).distinct()
        self.fields["items"].label_from_instance = lambda item: item.title
        goals = LearningGoal.objects.filter(school=placement.school_id)
        kept = Q(pk__in=project.goals.values("pk")) if project else Q(pk__in=[])
        self.fields["goals"].queryset = goals.filter(Q(retired_on=None) | kept)
        self.fields["goals"].label_from_instance = lambda goal: in_my_language(goal.name)
        if not self.fields["items"].queryset.exists():
            del self.fields["items"]
        self.helper = helper(_("Save") if project else _("Begin the project"))

    @property
    def said(self) -> dict:
        found = self.cleaned_data
        return {"title": found["title"], "goals": found["goals"], "items": found.get("items", [])}


class CheckpointForm(forms.ModelForm):
    due_on = DayField(label=gettext_lazy("By which day?"))
    key = OnceField()

    class Meta:
        model = Checkpoint
        fields = ("title", "due_on")

    def __init__(self, *args, school, **kwargs):
        kwargs.setdefault("auto_id", "checkpoint_%s")
        super().__init__(*args, **kwargs)
        self.fields["due_on"].day_first = school.day_first
        if self.instance.pk:
            del self.fields["key"]
        self.helper = helper(_("Save") if self.instance.pk else _("Add the checkpoint"))


class MarkForm(forms.Form):
    """It is there, with a word on how it went, or it is not after all: one of two buttons."""

    done = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    words = forms.CharField(max_length=500, required=False)


class DecisionForm(forms.ModelForm):
    """Yes, or what is missing: one of two buttons."""

    class Meta:
        model = ProjectDraft
        fields = ("words",)
        widgets = {"words": forms.Textarea(attrs=LONG)}

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", "decision_%s")
        super().__init__(*args, **kwargs)


class EndProjectForm(forms.ModelForm):
    ending = forms.ChoiceField(
        label=gettext_lazy("How did it end?"), choices=Project.Ending.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Project
        fields = ("ending", "end_words")
        widgets = {"end_words": forms.Textarea(attrs=LONG)}

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", "ending_%s")
        super().__init__(*args, **kwargs)


class TaskForm(forms.ModelForm):
    key = OnceField()

    class Meta:
        model = FirstTask
        fields = ("title", "guidance")
        widgets = {"guidance": forms.Textarea(attrs=LONG)}

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", "task_%s")
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Add the task"))


class DoneForm(forms.Form):
    words = forms.CharField(label=gettext_lazy("What did you find out?"), widget=forms.Textarea(attrs={"rows": 5}))
    # When it was done, as the page showed it: what somebody else wrote since is not written over.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, task: FirstTask, **kwargs):
        super().__init__(*args, initial={"words": task.done_words, "seen": task.version}, **kwargs)
        self.helper = helper(_("It is done"))


class PromptForm(forms.ModelForm):
    class Meta:
        model = Prompt
        fields = ("of", "title", "guidance")
        widgets = {"guidance": forms.Textarea(attrs=LONG)}

    def __init__(self, *args, is_change=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_change:
            del self.fields["of"]
        self.helper = helper(_("Save") if is_change else _("Add it"))
