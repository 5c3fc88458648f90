"""Forms of comments and meetings."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import DayField, OnceField, helper
from plans.actions.comments import MOST_LETTERS
from plans.actions.meetings import Arrangement
from plans.models import Meeting
from plans.people import Team


class CommentForm(forms.Form):
    words = forms.CharField(
        label=_("Comment"), max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 3, "data-autosize": ""}),
        help_text=_("Write @ and a name to draw somebody's attention."),
        error_messages={"required": _("Write something first.")},
    )  # fmt: skip
    key = OnceField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Comment"))


class MeetingForm(forms.Form):
    """A meeting in the school's own time."""

    day = DayField(label=_("Day"))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("How many minutes"), min_value=5, max_value=480, initial=45)
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("A room, somebody's home, or an address to call.")
    )
    agenda = forms.CharField(
        label=_("Agenda"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One line for each thing to talk about."),
    )  # fmt: skip
    people = forms.MultipleChoiceField(
        label=_("Who is invited"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Of the parents, mentors and specialists only those invited can open it and its notes."),
    )  # fmt: skip
    led_by = forms.ChoiceField(label=_("Who leads it"), help_text=_("Students can lead their own meeting."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = OnceField()

    def __init__(self, *args, team: Team, meeting: Meeting | None = None, invited=(), **kwargs):
        self.zone, self.users = team.student.school.zone, {str(row.user_id): row.user for row in team.members}
        super().__init__(*args, initial=self._initial(team, meeting, invited), **kwargs)
        people = [(str(row.user_id), f"{row.user.name} ({row.get_role_display()})") for row in team.members]
        self.fields["people"].choices = self.fields["led_by"].choices = people
        self.fields["day"].day_first = team.student.school.day_first
        self.helper = helper(_("Save the meeting") if meeting else _("Call the meeting"))

    def _initial(self, team, meeting, invited):
        if meeting is None:
            return {"people": list(self.users), "led_by": str(team.student.user_id)}
        starts_at = meeting.starts_at.astimezone(self.zone)
        return {
            "day": starts_at.date(), "time": starts_at.time(), "minutes": meeting.minutes, "place": meeting.place,
            "agenda": meeting.agenda, "people": [str(row.user_id) for row in invited], "led_by": str(meeting.led_by_id),
            "version": meeting.version,
        }  # fmt: skip

    def arrangement(self) -> Arrangement:
        said = self.cleaned_data
        starts_at = datetime.datetime.combine(said["day"], said["time"], tzinfo=self.zone)
        return Arrangement(starts_at, self.users[said["led_by"]], said["minutes"], said["place"], said["agenda"])

    def invited(self) -> list:
        return [self.users[pk] for pk in self.cleaned_data["people"]]


class CameForm(forms.Form):
    came = forms.MultipleChoiceField(label=_("Who came"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args, team: Team, invitations, **kwargs):
        self.users = {str(row.user_id): row.user for row in (*team.members, *invitations)}
        said = [row for row in invitations if row.came is not None]
        came = [str(row.user_id) for row in invitations if (row.came if said else True)]
        super().__init__(*args, initial={"came": came}, **kwargs)
        self.fields["came"].choices = [(pk, user.name) for pk, user in self.users.items()]
        self.helper = helper(_("Save who came"))

    def people(self) -> list:
        return [self.users[pk] for pk in self.cleaned_data["came"]]
