from decimal import Decimal

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import OnceField, helper
from mentors.likeness import likely
from mentors.models import Mentor, Organisation, OrganisationContact
from mentors.where import Point, doubt
from schools.models import School

MOST = 5


class OrganisationForm(forms.Form):
    """An organisation; on entry, those that are probably the same are named before a second one is made."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    is_other = forms.BooleanField(label=gettext_lazy("No, this is another one"), required=False)
    about = forms.CharField(
        label=gettext_lazy("What they do"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For students who look for a place: what happens there on an ordinary day."),
    )  # fmt: skip
    tags = forms.CharField(
        label=gettext_lazy("Tags, separated by commas"), max_length=200, required=False,
        help_text=gettext_lazy("For example: boats, engines. Students search by these."),
    )  # fmt: skip
    town = forms.CharField(label=gettext_lazy("Town"), max_length=100, required=False)
    address = forms.CharField(label=gettext_lazy("Address"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    latitude = forms.DecimalField(
        label=gettext_lazy("Latitude"), required=False, min_value=Decimal(-90), max_value=Decimal(90), max_digits=8,
        decimal_places=5,
    )  # fmt: skip
    longitude = forms.DecimalField(
        label=gettext_lazy("Longitude"), required=False, min_value=Decimal(-180), max_value=Decimal(180), max_digits=8,
        decimal_places=5,
        help_text=gettext_lazy("Both from a map, for example 41.82400 and -71.41280. For how far it is, and our map."),
    )  # fmt: skip

    is_there = forms.BooleanField(label=gettext_lazy("Yes, it is there"), required=False)

    def __init__(self, *args, school: School, organisation: Organisation | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.school, self.organisation = school, organisation
        self.likely = self._likely(school, organisation) if self.is_bound else []
        self.doubt = self._doubt() if self.is_bound else ""
        if not self.likely:
            del self.fields["is_other"]
        if not self.doubt:
            del self.fields["is_there"]
        other, there = ["is_other"] if self.likely else [], ["is_there"] if self.doubt else []
        self.helper = helper(_("Save") if organisation else _("Add the organisation"))
        self.helper.layout = Layout(
            "name", *other, "about", "tags",
            Fieldset(_("Where it is"), "town", "address", Div("latitude", "longitude", css_class="fields"), *there),
            Fieldset(_("How to reach it"), "website", "phone"),
        )  # fmt: skip

    def _likely(self, school, organisation):
        known = Organisation.objects.current().filter(school=school).exclude(pk=organisation and organisation.pk)
        return likely(str(self.data.get("name", "")), known.only("name", "town", "school_id"))[:MOST]

    def _doubt(self) -> str:
        """What speaks against the point that was typed, unless it is the one that is kept already."""
        try:
            typed = [self.fields[name].clean(self.data.get(name)) for name in ("latitude", "longitude")]
        except ValidationError:
            return ""
        kept = self.organisation and [self.organisation.latitude, self.organisation.longitude]
        if None in typed or typed == kept:
            return ""
        others = Organisation.objects.current().filter(school=self.school, latitude__isnull=False)
        others = others.exclude(pk=self.organisation and self.organisation.pk).only("latitude", "longitude")
        return doubt(Point(*map(float, typed)), self.school, others)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.pop("is_there", False) and self.doubt:
            self.add_error("latitude", self.doubt)
        if not cleaned.pop("is_other", False) and self.likely:
            self.add_error(
                "is_other", _("The school may have this organisation already. Look at those above, or go on.")
            )
        half = {"latitude", "longitude"} - {name for name in ("latitude", "longitude") if cleaned.get(name) is not None}
        if len(half) == 1 and not self.errors.keys() & {"latitude", "longitude"}:
            self.add_error(half.pop(), _("A place has both, a latitude and a longitude."))
        return cleaned


class OtherOrganisation(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.name}, {obj.town}" if obj.town else obj.name


class MergeForm(forms.Form):
    """Which other row is this organisation too; the likeliest stand first."""

    other = OtherOrganisation(
        label=gettext_lazy("The other one"), queryset=None, empty_label=None, widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args, organisation: Organisation, words="", **kwargs):
        super().__init__(*args, **kwargs)
        others = Organisation.objects.current().filter(school=organisation.school_id).exclude(pk=organisation.pk)
        found = list(others.matching(words)[:MOST] if words else likely(organisation.name, others)[:MOST])
        self.found = found
        # Whatever was shown may be chosen: also what only a search found.
        self.fields["other"].queryset = others if self.is_bound else others.filter(pk__in=[one.pk for one in found])
        self.helper = helper(_("They are one"))


class ContactForm(forms.Form):
    """A contact with an organisation: how is enough, a sentence helps whoever calls next."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How"), choices=OrganisationContact.Kind.choices, widget=forms.RadioSelect
    )
    mentor = forms.ModelChoiceField(label=gettext_lazy("With whom"), queryset=None, required=False)
    note = forms.CharField(
        label=gettext_lazy("What was said"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    key = OnceField()

    def __init__(self, *args, organisation: Organisation, day, **kwargs):
        super().__init__(*args, **kwargs)
        here = Mentor.objects.on(day).filter(organisation__in=organisation.all_its_rows()).select_related("user")
        self.fields["mentor"].queryset = here
        self.fields["mentor"].label_from_instance = lambda mentor: mentor.name
        self.helper = helper(_("Log the contact"))
