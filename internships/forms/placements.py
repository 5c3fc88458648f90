import datetime

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from internships import weekdays
from internships.actions.placements import Slot
from internships.forms.opportunities import USUAL_DAYS, Weekdays
from internships.models import Placement
from mentors.models import Mentor
from schools.models.school import validate_time_zone

YES_NO = [("", gettext_lazy("not said")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%H:%M")


class MentorChoice(forms.ModelChoiceField):
    def label_from_instance(self, mentor):
        return f"{mentor.user.name}, {mentor.organisation.current}"


def mentors_on(school, day):
    return Mentor.objects.on(day).filter(school=school).with_names().order_by("user__search_name")


class _Hours(forms.Form):
    """Weekdays with the same hours; another day's hours are a second change."""

    weekdays = Weekdays(label=gettext_lazy("Days"))
    from_time = forms.TimeField(label=gettext_lazy("From"), widget=TimeInput)
    to_time = forms.TimeField(label=gettext_lazy("To"), widget=TimeInput)
    break_minutes = forms.IntegerField(label=gettext_lazy("Break, in minutes"), min_value=0, max_value=180, initial=30)

    @property
    def slots(self) -> list[Slot]:
        found = self.cleaned_data
        return [
            Slot(day, found["from_time"], found["to_time"], found["break_minutes"])
            for day in weekdays.days(found["weekdays"])
        ]


class PlacementForm(_Hours):
    """What is agreed with a place."""

    mentor = MentorChoice(label=gettext_lazy("Mentor"), queryset=None)
    title = forms.CharField(label=gettext_lazy("What does the student do there?"), max_length=200)
    starts_on = DayField(label=gettext_lazy("First day"))
    last_day = DayField(label=gettext_lazy("Last day"), required=False)
    review_on = DayField(
        label=gettext_lazy("Looked at again on"), required=False,
        help_text=gettext_lazy("Many schools look after eight weeks whether it goes on."),
    )  # fmt: skip
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone, if it is another than the school's"), required=False,
        validators=[validate_time_zone],
    )  # fmt: skip

    field_order = (
        "mentor", "title", "weekdays", "from_time", "to_time", "break_minutes", "starts_on", "last_day", "review_on",
        "time_zone",
    )  # fmt: skip

    def __init__(self, *args, school, day, pursuit=None, **kwargs):
        super().__init__(*args, initial=_usual(day, pursuit), **kwargs)
        self.fields["mentor"].queryset = mentors_on(school, day)
        for name in ("starts_on", "last_day", "review_on"):
            self.fields[name].day_first = school.day_first
        self.helper = helper(_("Arrange it"))

    def clean(self):
        found = super().clean()
        if found.get("last_day"):
            found["ends_on"] = found["last_day"] + datetime.timedelta(days=1)
        return found


def _usual(day, pursuit):
    opportunity = pursuit and pursuit.opportunity
    monday = day + datetime.timedelta(days=7 - day.weekday())
    return {
        "weekdays": opportunity.weekdays if opportunity else weekdays.mask(USUAL_DAYS),
        "mentor": opportunity.mentor_id if opportunity else None, "title": pursuit.title if pursuit else "",
        "from_time": datetime.time(9), "to_time": datetime.time(15), "starts_on": monday,
        "review_on": monday + datetime.timedelta(weeks=8),
    }  # fmt: skip


class ChangeForm(forms.ModelForm):
    """What the placement is about, when it is looked at again, its time zone."""

    review_on = DayField(label=gettext_lazy("Looked at again on"), required=False)

    class Meta:
        model = Placement
        fields = ("title", "review_on", "time_zone")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["review_on"].day_first = self.instance.school.day_first
        self.helper = helper(_("Save"))


class ScheduleForm(_Hours):
    starts_on = DayField(label=gettext_lazy("From which day on?"))

    def __init__(self, *args, placement: Placement, day, **kwargs):
        rows = placement.schedule_on(max(day, placement.starts_on))
        first = rows[0] if rows else None
        initial = {
            "weekdays": weekdays.mask(row.weekday for row in rows), "from_time": first and first.from_time,
            "to_time": first and first.to_time, "break_minutes": first.break_minutes if first else 30,
            "starts_on": max(day, placement.starts_on),
        }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["starts_on"].day_first = placement.school.day_first
        self.helper = helper(_("Change the days"))


class PersonForm(forms.Form):
    """Somebody else on site."""

    mentor = MentorChoice(label=gettext_lazy("Who?"), queryset=None)
    is_colleague = forms.BooleanField(
        label=gettext_lazy("A colleague, who is asked only while the mentor is away"), required=False, initial=True
    )

    def __init__(self, *args, placement: Placement, day, **kwargs):
        super().__init__(*args, auto_id="person_%s", **kwargs)
        here = mentors_on(placement.school, day).filter(organisation__in=placement.place.all_its_rows())
        self.fields["mentor"].queryset = here.exclude(pk__in=[row.mentor_id for row in placement.mentors_on(day)])
        self.helper = helper(_("Add"))


class AwayForm(forms.Form):
    """While the mentor is away, the colleague is asked for the week."""

    back_on = DayField(label=gettext_lazy("Away; back on"), required=False)

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, auto_id=f"away{row.pk}_%s", initial={"back_on": row.back_on}, **kwargs)
        self.fields["back_on"].day_first = row.placement.school.day_first
        self.helper = helper(_("Save"))


class RestForm(forms.Form):
    words = forms.CharField(label=gettext_lazy("Why?"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="rest_%s", **kwargs)
        self.helper = helper(_("Suspend it"))


def _said(text) -> bool | None:
    return {"yes": True, "no": False}.get(text)


class EndForm(forms.Form):
    last_day = DayField(label=gettext_lazy("Last day there"))
    reason = forms.ChoiceField(label=gettext_lazy("Why does it end?"), choices=Placement.Reason)
    end_words = forms.CharField(
        label=gettext_lazy("How did it go?"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    host_again = forms.ChoiceField(
        label=gettext_lazy("Would they host again?"), required=False,
        choices=[("", gettext_lazy("not said")), *Placement.Again.choices],
    )  # fmt: skip
    may_refer = forms.TypedChoiceField(
        label=gettext_lazy("May the student name them as a reference?"), choices=YES_NO, required=False, coerce=_said,
        empty_value=None,
    )  # fmt: skip
    job_offered = forms.TypedChoiceField(
        label=gettext_lazy("Was the student offered a job?"), choices=YES_NO, required=False, coerce=_said,
        empty_value=None,
    )  # fmt: skip

    def __init__(self, *args, placement: Placement, day, **kwargs):
        super().__init__(*args, initial={"last_day": day}, **kwargs)
        self.fields["last_day"].day_first = placement.school.day_first
        self.helper = helper(_("End the placement"))
        self.helper.layout = Layout(
            Fieldset(_("The end"), "last_day", "reason", "end_words"),
            Fieldset(_("What the place says"), "host_again", "may_refer", "job_offered"),
        )
