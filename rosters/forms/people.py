from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from advisories.models import Advisory
from common.forms import DayField, helper
from common.person_form import PersonForm
from outcomes.models import Leaver
from rosters.access import Reach
from rosters.invited import Group, State
from rosters.preview.known import Known
from rosters.tables.words import plain
from schools.models import School
from schools.roles import STAFF_ROLES, Role
from students.people import clue, likely_people
from students.words import grade_word

LANGUAGES = [("", gettext_lazy("the school's")), *settings.LANGUAGES]


class NewStudentForm(PersonForm):
    """A student who comes to the school, or comes back to it."""

    preferred_name = forms.CharField(
        label=gettext_lazy("Called"), max_length=200, required=False,
        help_text=gettext_lazy("The name that everybody here uses, if it is another one."),
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, choices=LANGUAGES)
    grade = forms.CharField(max_length=20)
    born_on = DayField(label=gettext_lazy("Birthday"), required=False)
    number = forms.CharField(label=gettext_lazy("School's own number"), max_length=40, required=False)
    on = DayField(label=gettext_lazy("First day"))
    advisory = forms.ModelChoiceField(label=gettext_lazy("Advisory"), queryset=None, required=False)
    with_family = forms.BooleanField(
        label=gettext_lazy("Put the family back as it was"), required=False, initial=True,
        help_text=gettext_lazy("For somebody who was here before."),
    )  # fmt: skip

    PERSON = (*PersonForm.PERSON, "preferred_name", "language")

    def __init__(self, *args, reach: Reach, **kwargs):
        self.reach, school = reach, reach.school
        super().__init__(*args, find=lambda typed: _students_like(reach, typed), **kwargs)
        self.fields["grade"].label = grade_word(school)
        for name in ("born_on", "on"):
            self.fields[name].day_first = school.day_first
        self.fields["on"].initial = reach.day
        self.fields["advisory"].error_messages["required"] = _(
            "Students come into an advisory of yours. Ask a lead for others."
        )
        advisories = Advisory.objects.open(reach.day).filter(school=school)
        if not reach.is_whole_school:
            # An adviser brings students into an advisory of their own; a coordinator leaves that to a lead.
            advisories = advisories.filter(pk__in=reach.own_advisories)
            self.fields["advisory"].required = reach.must_seat
            self.fields["advisory"].initial = advisories.first()
        self.fields["advisory"].queryset = advisories
        if not self.likely:
            del self.fields["with_family"]
        self._lay_out()

    def _lay_out(self):
        same = ["same_as", "with_family"] if self.likely else []
        self.helper = helper(_("Add the student"))
        self.helper.layout = Layout(
            *same,
            Fieldset(_("Who it is"), "given_name", "family_name", "preferred_name", "born_on", "number"),
            Fieldset(_("Their time here"), "grade", "on", "advisory"),
            Fieldset(_("How to reach them"), "email", "phone", "language"),
        )

    def clean_born_on(self):
        day = self.cleaned_data["born_on"]
        if day and day > self.reach.day:
            raise forms.ValidationError(_("That day has not come yet."))
        return day


def _students_like(reach: Reach, typed) -> list[tuple[User, str]]:
    """Students of the school with this name, here or gone, and what tells them apart."""
    name = plain(f"{typed['given_name']} {typed['family_name']}")
    if not name:
        return []
    known = Known(reach.school, reach.day, set())
    alike = {student.person.pk: student for student in known.students_by_name.get(name, ())}
    users = User.objects.filter(pk__in=alike)
    return [(user, _tell_apart(user, alike[user.pk], reach)) for user in users]


def _tell_apart(user, student, reach) -> str:
    if reach.must_seat and not reach.may_edit(student.pk):
        return _("%(name)s, who is or was here with somebody else") % {"name": user.full_name}
    parts = [user.full_name, _("born %(day)s") % {"day": date_format(student.born_on)} if student.born_on else ""]
    if student.enrolled:
        parts.append(_("here, grade %(grade)s") % {"grade": student.enrolled.grade})
    elif student.left_on:
        parts.append(_("left on %(day)s") % {"day": date_format(student.left_on)})
    return " · ".join(part for part in parts if part)


class LeaveForm(forms.Form):
    last_day = DayField(label=gettext_lazy("Last day here"))
    how = forms.ChoiceField(
        label=gettext_lazy("How do they leave?"), choices=Leaver.How, widget=forms.RadioSelect,
        help_text=gettext_lazy("“Not known” is an answer, and can be corrected later."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Where to, or why"), max_length=200, required=False,
        help_text=gettext_lazy("For example the college, or the other school."),
    )  # fmt: skip
    may_ask = forms.ChoiceField(
        label=gettext_lazy("May the school ask them later how they are?"), widget=forms.RadioSelect, required=False,
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")), ("", gettext_lazy("not talked about yet"))],
        initial="",
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Their own e-mail"), required=False,
        help_text=gettext_lazy("Not the school's address: that ends with school."),
    )  # fmt: skip
    phone = forms.CharField(label=gettext_lazy("Their own phone"), max_length=40, required=False)

    def __init__(self, *args, school: School, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_day"].day_first, self.fields["last_day"].initial = school.day_first, day
        self.helper = helper(_("End their time here"))
        self.helper.layout = Layout(
            "last_day", "how", "reason", Fieldset(_("Afterwards"), "may_ask", "email", "phone")
        )  # fmt: skip

    def clean(self):
        said = super().clean()
        if said.get("may_ask") != "yes" and (said.get("email") or said.get("phone")):
            self.add_error("may_ask", _("You wrote how to reach them: say that they may be asked, or empty it."))
        return said

    @property
    def consent(self) -> dict:
        """What was said of asking later; empty where it was not talked about."""
        said = self.cleaned_data
        if not said["may_ask"]:
            return {}
        return {"may_ask": said["may_ask"] == "yes", "email": said["email"], "phone": said["phone"]}


ROLES = [(role.value, role.label) for role in STAFF_ROLES if role != Role.NETWORK_LEAD]


class RoleFields(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLES)
    starts_on = DayField(label=gettext_lazy("From"))
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave it empty where no end is known.")
    )

    def dates_of(self, school: School, day) -> None:
        for name in ("starts_on", "last_day"):
            self.fields[name].day_first = school.day_first
        self.fields["starts_on"].initial = day


class RoleForm(RoleFields):
    """One more role for somebody who works here."""

    def __init__(self, *args, school: School, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.dates_of(school, day)
        self.helper = helper(_("Give the role"))


class NewStaffForm(PersonForm, RoleFields):
    """Somebody who begins to work here; whom the school knows already, as a parent or a mentor, is offered."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, choices=LANGUAGES)

    PERSON = (*PersonForm.PERSON, "language")

    def __init__(self, *args, school: School, day, **kwargs):
        super().__init__(*args, find=lambda typed: _adults_like(school, typed), **kwargs)
        self.dates_of(school, day)
        same = ["same_as"] if self.likely else []
        self.helper = helper(_("Add to the staff"))
        self.helper.layout = Layout(
            *same,
            Fieldset(_("Who it is"), *self.PERSON),
            Fieldset(_("What they do here"), "role", "starts_on", "last_day"),
        )


def _adults_like(school, typed) -> list[tuple[User, str]]:
    if not typed["given_name"]:
        return []
    names = {name: typed[name] for name in ("given_name", "family_name", "email")}
    found = likely_people(school, **names)
    return [(user, " · ".join(filter(None, [user.name, clue(user)]))) for user in found]


class StaffDetailsForm(forms.Form):
    """Names of somebody of the staff; how to reach them too, until they sign in and change that themselves."""

    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=200)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=200, required=False)
    preferred_name = forms.CharField(label=gettext_lazy("Called"), max_length=200, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, choices=LANGUAGES)

    NAMES = ("given_name", "family_name", "preferred_name")
    CONTACT = ("email", "phone", "language")

    def __init__(self, *args, user: User, **kwargs):
        kwargs.setdefault("auto_id", "details_%s")
        super().__init__(*args, initial={name: getattr(user, name) for name in (*self.NAMES, *self.CONTACT)}, **kwargs)
        self.user = user
        if user.can_sign_in:
            for name in self.CONTACT:
                del self.fields[name]
        self.helper = helper(_("Save"))

    def names(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.NAMES}

    def contact(self) -> dict:
        return {name: self.cleaned_data.get(name) for name in self.CONTACT}


class EndForm(forms.Form):
    last_day = DayField(label=gettext_lazy("Last day"))

    def __init__(self, *args, school: School, day, button="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_day"].day_first, self.fields["last_day"].initial = school.day_first, day
        self.helper = helper(button or _("End it"))


class InviteeFilter(forms.Form):
    """What the list of invitations is narrowed by."""

    q = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    group = forms.ChoiceField(
        label=gettext_lazy("Who"), required=False, choices=[("", gettext_lazy("everybody")), *Group.choices]
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("does not sign in yet")), *State.choices],
    )
    advisory = forms.ModelChoiceField(
        label=gettext_lazy("Advisory"), queryset=None, required=False, empty_label=gettext_lazy("all")
    )

    def __init__(self, *args, reach: Reach, **kwargs):
        super().__init__(*args, **kwargs)
        advisories = Advisory.objects.open(reach.day).filter(school=reach.school)
        if not reach.is_whole_school and reach.own_advisories:
            advisories = advisories.filter(pk__in=reach.own_advisories)
        self.fields["advisory"].queryset = advisories


class YearForm(forms.Form):
    """The day of the change, and what each grade becomes: `grade-10` is what grade 10 becomes, empty for no change."""

    on = DayField(label=gettext_lazy("First day in the new grade"))

    def __init__(self, *args, school: School, day, grades: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].day_first, self.fields["on"].initial = school.day_first, day
        self.grades = grades
        for grade in grades:
            self.fields[f"grade-{grade}"] = forms.CharField(
                label=_("%(word)s %(grade)s becomes") % {"word": grade_word(school), "grade": grade}, max_length=20,
                required=False, initial=_next(grade),
            )  # fmt: skip
        self.helper = helper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("on", *(f"grade-{grade}" for grade in grades))

    def becomes(self) -> dict[str, str]:
        """Each grade that changes with what it becomes."""
        said = {grade: self.cleaned_data.get(f"grade-{grade}", "").strip() for grade in self.grades}
        return {grade: new for grade, new in said.items() if new and new != grade}


def _next(grade: str) -> str:
    return str(int(grade) + 1) if grade.isdecimal() and int(grade) < 12 else ""
