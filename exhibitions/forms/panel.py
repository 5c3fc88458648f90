from django import forms
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.forms import helper
from exhibitions.models import Exhibition, Seat, Times
from exhibitions.seats import team_kinds
from exhibitions.slots import slots_of
from schools.models import StaffRole

As = Seat.As


class PersonForm(forms.Form):
    """Somebody whom the school knows: of the team, of the advisory, of the staff."""

    person = forms.ChoiceField(label=gettext_lazy("Who?"))
    is_required = forms.BooleanField(label=gettext_lazy("The exhibition waits for them"), required=False)

    def __init__(self, *args, exhibition: Exhibition, peers, day, **kwargs):
        super().__init__(*args, auto_id="person_%s", **kwargs)
        self.people: dict[str, tuple[User, str]] = {}
        seated = set(exhibition.seats.kept().values_list("user_id", flat=True))
        self.fields["person"].choices = [("", "–"), *self._groups(exhibition, peers, day, seated)]
        self.helper = helper(_("Put them on the panel"))

    def _groups(self, exhibition, peers, day, seated):
        kinds = team_kinds(exhibition.student, day, everybody=True)
        team = User.objects.filter(pk__in=kinds).order_by("search_name")
        yield self._group(_("On the team"), [(user, kinds[user.pk]) for user in team], seated)
        fellows = [(one.user, As.PEER) for one in peers if one.pk != exhibition.student_id]
        yield self._group(_("Fellow students"), fellows, seated)
        staff = StaffRole.objects.on(day).filter(school=exhibition.school_id, user__closed_at__isnull=True)
        rows = {row.user_id: row.user for row in staff.select_related("user").order_by("user__search_name")}
        yield self._group(_("The school"), [(user, As.STAFF) for user in rows.values()], seated)

    def _group(self, label, people, seated):
        choices = []
        for user, kind in people:
            if user.pk not in seated and str(user.pk) not in self.people:
                self.people[str(user.pk)] = (user, kind)
                choices.append((str(user.pk), user.name))
        return (label, choices)

    def clean_person(self) -> tuple[User, str]:
        return self.people[self.cleaned_data["person"]]


class GuestForm(forms.Form):
    """Somebody from outside, who gets a link."""

    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=100)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=100, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("They get a link that opens this exhibition alone.")
    )
    is_required = forms.BooleanField(label=gettext_lazy("The exhibition waits for them"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="guest_%s", **kwargs)
        self.helper = helper(_("Invite the guest"))


class ReplyForm(forms.ModelForm):
    reply = forms.ChoiceField(
        label=gettext_lazy("Do you come?"), widget=forms.RadioSelect,
        choices=[(Seat.Reply.YES.value, gettext_lazy("Yes")), (Seat.Reply.NO.value, gettext_lazy("No, I cannot"))],
    )  # fmt: skip

    class Meta:
        model = Seat
        fields = ("reply", "reply_words")

    def __init__(self, *args, seat: Seat, **kwargs):
        initial = {"reply": seat.reply_now, "reply_words": seat.reply_words if seat.reply_now else ""}
        super().__init__(*args, initial=initial, auto_id="reply_%s", **kwargs)
        self.helper = helper(_("Send the answer"))


class TimesForm(forms.Form):
    """Tick when you cannot come; `slots` are the window's times."""

    cannot = forms.MultipleChoiceField(
        label=gettext_lazy("I cannot come at"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, slots, words, **kwargs):
        super().__init__(*args, auto_id="times_%s", **kwargs)
        self.slots = {slot.isoformat(): slot for slot in slots}
        self.fields["cannot"].choices = [(key, words(slot)) for key, slot in self.slots.items()]
        self.helper = helper(_("Keep it"))

    def clean_cannot(self):
        return {self.slots[key] for key in self.cleaned_data["cannot"]}


def times_form(exhibition: Exhibition, user, data=None) -> TimesForm:
    """When somebody cannot come, with what they said before."""
    said = Times.objects.filter(window=exhibition.window, user=user).first()
    slots, busy = slots_of(exhibition.window), said.busy if said else set()

    def words(slot):
        return f"{date_format(slot, 'D')} {date_format(slot, 'SHORT_DATE_FORMAT')}, {time_format(slot.time())}"

    initial = {"cannot": [slot.isoformat() for slot in slots if slot in busy]}
    return TimesForm(data, slots=slots, words=words, initial=initial)
