from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from common.person_form import PersonForm
from schools.roles import Permission
from students.models import Guardianship, Home, Student
from students.people import clue, likely_people

NEW_HOME = "new"


class LinkFields(forms.Form):
    """How an adult belongs to a student, and in which home."""

    relation = forms.ChoiceField(label=gettext_lazy("Is the student's"), choices=Guardianship.Relation)
    home = forms.ChoiceField(label=gettext_lazy("Home"), required=False)
    home_name = forms.CharField(
        label=gettext_lazy("Name of the new home"), max_length=100, required=False,
        help_text=gettext_lazy("For example: weekdays, or Grandma's"),
    )  # fmt: skip
    home_address = forms.CharField(
        label=gettext_lazy("Address of the new home"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only staff see addresses; the adults of another home never do."),
    )  # fmt: skip
    home_phone = forms.CharField(label=gettext_lazy("Phone of the new home"), max_length=40, required=False)
    lives_with = forms.BooleanField(label=gettext_lazy("The student lives there"), required=False)
    is_emergency_contact = forms.BooleanField(label=gettext_lazy("Call in an emergency"), required=False)

    def offer_homes(self, student: Student, people, by, day) -> None:
        """The student's own homes, and those of `people`; where one may not see whose it is, no address is shown."""
        self.homes = {str(home.pk): home for home in homes_of(student, people)}
        seen = set(_homes_seen_by(by, day).filter(pk__in=list(self.homes)).values_list("pk", flat=True))
        known = [(pk, str(home) if home.pk in seen else _known_home(home, people)) for pk, home in self.homes.items()]
        self.fields["home"].choices = [("", _("not known")), *known, (NEW_HOME, _("a new home"))]

    def clean(self):
        cleaned = super().clean()
        picked = cleaned.get("home", "")
        typed = {name: cleaned.pop(f"home_{name}", "") for name in ("name", "address", "phone")}
        if picked == NEW_HOME and not any(typed.values()):
            self.add_error("home_address", _("Write the address, or at least a name for this home."))
        if picked != NEW_HOME and any(typed.values()):
            self.add_error("home", _("You described a new home. Choose “a new home”, or empty its fields."))
        cleaned["home"] = self.homes.get(picked)
        cleaned["new_home"] = typed if picked == NEW_HOME else None
        return cleaned


class GuardianForm(PersonForm, LinkFields):
    """A new link: the person, how they belong, their rights and dates, their home."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("the school's")), *settings.LANGUAGES],
    )
    rights = forms.ChoiceField(label=gettext_lazy("Rights"), choices=Guardianship.Rights)
    starts_on = DayField(label=gettext_lazy("From"))
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave it empty where no end is known.")
    )

    PERSON = (*PersonForm.PERSON, "language")

    def __init__(self, *args, student: Student, by, day, **kwargs):
        super().__init__(*args, find=lambda typed: _relatives(student, typed, by, day), **kwargs)
        self.offer_homes(student, self.likely, by, day)
        for name in ("starts_on", "last_day"):
            self.fields[name].day_first = student.school.day_first
        self.fields["starts_on"].initial = day
        self.helper = helper(_("Add to the family"))
        same = ["same_as"] if self.likely else []
        self.helper.layout = Layout(
            *same,
            Fieldset(_("Who it is"), *self.PERSON),
            Fieldset(_("How they belong"), "relation", "rights", "is_emergency_contact", "starts_on", "last_day"),
            Fieldset(_("Home"), "home", "lives_with"),
            new_home(),
        )


class DetailsForm(LinkFields):
    """What is known of a link, besides its rights and dates."""

    def __init__(self, *args, guardianship: Guardianship, by, day, **kwargs):
        facts = {name: getattr(guardianship, name) for name in ("relation", "lives_with", "is_emergency_contact")}
        super().__init__(*args, initial=facts | {"home": guardianship.home_id or ""}, **kwargs)
        self.offer_homes(guardianship.student, [guardianship.user], by, day)
        self.helper = helper(_("Save"))
        self.helper.layout = Layout("relation", "is_emergency_contact", "home", "lives_with", new_home())


class RightsForm(forms.Form):
    rights = forms.ChoiceField(label=gettext_lazy("Rights"), choices=Guardianship.Rights)
    on = DayField(label=gettext_lazy("From"), help_text=gettext_lazy("What held before stays readable."))

    def __init__(self, *args, guardianship: Guardianship, day, **kwargs):
        kwargs.setdefault("auto_id", "rights_%s")
        super().__init__(*args, initial={"rights": guardianship.rights, "on": day}, **kwargs)
        self.fields["on"].day_first = guardianship.student.school.day_first
        self.helper = helper(_("Change the rights"))


class EndForm(forms.Form):
    on = DayField(label=gettext_lazy("First day without"))

    def __init__(self, *args, school, day, **kwargs):
        kwargs.setdefault("auto_id", "end_%s")
        super().__init__(*args, initial={"on": day}, **kwargs)
        self.fields["on"].day_first = school.day_first
        self.helper = helper(_("End it"))


class ReachForm(forms.Form):
    """How to reach somebody who does not sign in yet; who does changes this on a page of their own."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("the school's")), *settings.LANGUAGES],
    )

    def __init__(self, *args, user, **kwargs):
        facts = {"email": user.email, "phone": user.phone, "language": user.language}
        kwargs.setdefault("auto_id", "reach_%s")
        super().__init__(*args, initial=facts, **kwargs)
        self.helper = helper(_("Save"))


class HomeForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100, required=False)
    address = forms.CharField(label=gettext_lazy("Address"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Save"))

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            self.add_error("address", _("Write the address, or at least a name for this home."))
        return cleaned


class FamilyForm(forms.Form):
    """A student's own decision: for each of the family, whether they stay on the team."""

    def __init__(self, *args, family: list[Guardianship], **kwargs):
        super().__init__(*args, **kwargs)
        self.family = family
        for row in family:
            self.fields[f"stays_{row.pk}"] = forms.ChoiceField(
                label=f"{row.user.name} ({row.get_relation_display()})",
                choices=[("yes", _("is on my team")), ("no", _("is not on my team"))],
                widget=forms.RadioSelect,
                initial="yes" if row.is_on_team else "no",
            )
        self.helper = helper(_("Decide"))

    def stays(self) -> dict[Guardianship, bool]:
        return {row: self.cleaned_data[f"stays_{row.pk}"] == "yes" for row in self.family}


def new_home() -> Fieldset:
    return Fieldset(_("If it is a new home"), "home_name", "home_address", "home_phone")


def homes_of(student: Student, people=()) -> list[Home]:
    """Homes that may be meant: the student's own, and those of these people, in the same school."""
    meant = Q(guardianships__student=student) | Q(guardianships__user__in=list(people))
    return list(Home.objects.filter(meant, school_id=student.school_id).distinct().order_by("name", "pk"))


def _homes_seen_by(by, day):
    return Home.objects.filter(guardianships__student__in=Student.objects.open_to(by, Permission.GUARDIANS_SEE, day))


def _known_home(home, people) -> str:
    theirs = {row.user_id for row in home.guardianships.all()}
    names = ", ".join(person.name for person in people if person.pk in theirs)
    return _("the home that we have of %(name)s") % {"name": names}


def _relatives(student, typed, by, day):
    found = likely_people(
        student.school, given_name=typed["given_name"], family_name=typed["family_name"], email=typed["email"]
    )
    children = Guardianship.objects.filter(user__in=found).filter(
        student__in=Student.objects.filter(school=student.school_id).open_to(by, Permission.STUDENT_SEE, day)
    )
    rows = list(children.select_related("student__user"))
    return [(user, _described(user, rows)) for user in found if user.pk != student.user_id]


def _described(user, rows):
    words = [f"{row.get_relation_display()}: {row.student.name}" for row in rows if row.user_id == user.pk]
    return " · ".join(filter(None, [user.name, clue(user), *words]))
