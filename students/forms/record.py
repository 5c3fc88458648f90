from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from students.models import Student
from students.words import grade_word


class SearchForm(forms.Form):
    """What the list of students is narrowed by; typed words find names, and a number finds its student."""

    q = forms.CharField(label=gettext_lazy("Name or number"), max_length=200, required=False)
    grade = forms.ChoiceField(label=gettext_lazy("Grade"), required=False)
    who = forms.ChoiceField(
        label=gettext_lazy("Who"), required=False,
        choices=[
            ("", gettext_lazy("here now")), ("left", gettext_lazy("not here now")), ("all", gettext_lazy("everybody")),
        ],
    )  # fmt: skip

    def __init__(self, *args, grades, word, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grade"].label = word
        self.fields["grade"].choices = [("", _("all")), *((grade, grade) for grade in grades)]


class RecordForm(forms.Form):
    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=200)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=200, required=False)
    preferred_name = forms.CharField(
        label=gettext_lazy("Called"), max_length=200, required=False,
        help_text=gettext_lazy("The name that everybody here uses. Letters and signatures use the given name."),
    )  # fmt: skip
    born_on = DayField(label=gettext_lazy("Birthday"), required=False)
    number = forms.CharField(label=gettext_lazy("School's own number"), max_length=40, required=False)

    def __init__(self, *args, student: Student, **kwargs):
        names = {name: getattr(student.user, name) for name in ("given_name", "family_name", "preferred_name")}
        super().__init__(*args, initial=names | {"born_on": student.born_on, "number": student.number}, **kwargs)
        self.fields["born_on"].day_first = student.school.day_first
        self.helper = helper(_("Save"))


class GradeForm(forms.Form):
    grade = forms.CharField(max_length=20)
    on = DayField(label=gettext_lazy("From"), help_text=gettext_lazy("Team, advisory and plan go on untouched."))

    def __init__(self, *args, student: Student, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grade"].label = grade_word(student.school)
        self.fields["on"].day_first = student.school.day_first
        self.fields["on"].initial = day
        self.helper = helper(_("Move"))


class InterestForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What do you care about?"), max_length=300,
        help_text=gettext_lazy("In your own words: a thing, a question, a place, something you do for hours."),
    )  # fmt: skip
    tags = forms.CharField(
        label=gettext_lazy("Tags, separated by commas"), max_length=200, required=False,
        help_text=gettext_lazy("For example: boats, engines"),
    )  # fmt: skip

    def __init__(self, *args, is_own: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_own:
            self.fields["words"].label = _("What do they care about?")
            self.fields["words"].help_text = _("In their own words, as near as you can.")
        self.helper = helper(_("Add"))
