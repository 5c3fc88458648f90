from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from internships.forms.placements import TimeInput
from internships.hours import HoursError, from_words, in_words, proposed
from internships.models import Question
from schools.models import AttendanceCode

SCALE = [(str(n), str(n)) for n in range(1, 6)]


class CheckForm(forms.Form):
    """Came, or went. The phone adds its time, a key and, if ticked, roughly where it is."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    claimed_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    latitude = forms.DecimalField(required=False, widget=forms.HiddenInput, min_value=-90, max_value=90)
    longitude = forms.DecimalField(required=False, widget=forms.HiddenInput, min_value=-180, max_value=180)
    question = forms.ModelChoiceField(required=False, queryset=Question.objects.none(), widget=forms.HiddenInput)
    answer = forms.TypedChoiceField(
        required=False, choices=SCALE, coerce=int, empty_value=None, widget=forms.RadioSelect
    )

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["question"].queryset = Question.objects.filter(school=school, of=Question.Of.STUDENT)

    @property
    def answers(self) -> dict[Question, int]:
        found = self.cleaned_data
        return {found["question"]: found["answer"]} if found.get("question") and found.get("answer") else {}


class AbsenceForm(forms.Form):
    date = DayField(label=gettext_lazy("Which day?"))
    code = forms.ModelChoiceField(label=gettext_lazy("Reason"), queryset=None, empty_label=None)
    words = forms.CharField(label=gettext_lazy("In a few words"), max_length=300, required=False)

    def __init__(self, *args, school, day, **kwargs):
        super().__init__(*args, initial={"date": day}, **kwargs)
        counts = AttendanceCode.Counts
        self.fields["date"].day_first = school.day_first
        self.fields["code"].queryset = AttendanceCode.objects.filter(
            school=school, retired_on__isnull=True, counts__in=(counts.EXCUSED, counts.ABSENT)
        )
        self.helper = helper(_("Say so"))


class MakeUpForm(forms.Form):
    date = DayField(label=gettext_lazy("Which day?"))
    from_time = forms.TimeField(label=gettext_lazy("From"), widget=TimeInput)
    to_time = forms.TimeField(label=gettext_lazy("To"), widget=TimeInput)

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["date"].day_first = school.day_first
        self.helper = helper(_("Arrange it"))


class WeekForm(forms.Form):
    """A week's hours as they are proposed, to confirm with one button; what is changed asks for a reason."""

    def __init__(self, *args, days, zone, question: Question | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.days = days
        for one in days:
            name = date_format(one.date, _("l, F j"))
            self.fields[f"hours_{one.date}"] = forms.CharField(
                label=name, initial=in_words(proposed(one)), help_text=_how_it_was(one, zone), max_length=5,
                widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
            )  # fmt: skip
            self.fields[f"reason_{one.date}"] = forms.CharField(
                label=_("%(day)s: why it was different") % {"day": name}, max_length=300, required=False
            )
        self.question = question
        if question:
            self.fields["answer"] = forms.TypedChoiceField(
                label=question.text, choices=SCALE, coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip
        self.fields["words"] = forms.CharField(
            label=_("A word about the week"), required=False, widget=forms.Textarea(attrs={"rows": 2})
        )

    @property
    def lines(self) -> list[tuple]:
        """(day, its hours, why they are others) of each day, the last two as fields."""
        return [(one, self[f"hours_{one.date}"], self[f"reason_{one.date}"]) for one in self.days]

    @property
    def is_open(self) -> bool:
        """Whether the hours stand open to be changed: something is wrong with them, or of a day nothing is known."""
        return bool(self.errors) or any(
            not one.came and not (one.day and (one.day.absence_id or one.day.minutes is not None)) for one in self.days
        )

    def clean(self):
        found = super().clean()
        for one in self.days:
            name = f"hours_{one.date}"
            if name in found:
                try:
                    found[name] = from_words(found[name])
                except HoursError as error:
                    self.add_error(name, str(error))
        return found

    @property
    def said(self) -> dict:
        """What `confirm_week` takes."""
        found = self.cleaned_data
        answer = found.get("answer")
        return {
            "minutes": {one.date: found[f"hours_{one.date}"] for one in self.days},
            "reasons": {one.date: found[f"reason_{one.date}"] for one in self.days},
            "words": found["words"], "answers": {self.question: answer} if self.question and answer else {},
        }  # fmt: skip


def _how_it_was(one, zone) -> str:
    if one.day and one.day.absence_id:
        return _("absent: %(why)s") % {"why": one.day.absence_words or one.day.absence.name}
    came, went = (touch and touch.claimed_at.astimezone(zone).strftime("%H:%M") for touch in (one.came, one.went))
    if came and went:
        return _("there from %(came)s to %(went)s") % {"came": came, "went": went}
    if came:
        return _("came at %(came)s, and did not check out") % {"came": came}
    planned = {"from": f"{one.from_time:%H:%M}", "to": f"{one.to_time:%H:%M}"}
    return _("nothing heard; planned from %(from)s to %(to)s") % planned
