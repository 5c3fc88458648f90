from collections import defaultdict
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import helper
from common.names import fold
from outcomes.matching import our_id
from students.models import Student

MOST_BYTES = 250 * 1024 * 1024
SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")


class BringForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Detail file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        help_text=gettext_lazy("The StudentTracker detail report as it came: CSV or text. A large one takes minutes."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Look at it first"))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("That file is larger than 250 MB. Bring it in in parts."))
        if file.name.lower().endswith(SPREADSHEETS):
            raise forms.ValidationError(_("That is a spreadsheet. Bring the file as it came, or save it as CSV."))
        return file


class Named:
    """Students by what somebody may write for them: the school's number, a name, or the id that files carry."""

    def __init__(self, students: Iterable[Student]):
        self._by_words: dict[str, set[int]] = defaultdict(set)
        self._sure: dict[int, str] = {}
        for one in students:
            ours = our_id(one.school_id, one.pk)
            self._sure[one.pk] = one.number or ours
            for words in filter(None, (one.number, ours, one.user.full_name, one.name)):
                self._by_words[fold(words)].add(one.pk)

    def ids_of(self, words: str) -> set[int]:
        return self._by_words.get(fold(words), set())

    def sure(self, pk: int) -> str:
        """What names nobody else."""
        return self._sure[pk]

    def shortest(self, student: Student) -> str:
        """The name, where it is nobody else's."""
        name = student.user.full_name
        return name if self.ids_of(name) == {student.pk} else self.sure(student.pk)


class RequestForm(forms.Form):
    """Whom to ask for, and what the clearinghouse knows the school as."""

    classes = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Classes"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one class.")},
    )  # fmt: skip
    code = forms.RegexField(
        r"^[A-Za-z0-9]{1,10}$", label=gettext_lazy("Account code"), max_length=10,
        help_text=gettext_lazy("The number of your agreement, as the clearinghouse wrote it to you."),
        error_messages={"invalid": gettext_lazy("Write up to ten letters and figures.")},
    )  # fmt: skip
    branch = forms.RegexField(
        r"^[0-9]{2}$", label=gettext_lazy("Branch"), max_length=2, initial="00",
        help_text=gettext_lazy("Two figures; 00 where the clearinghouse names none."),
        error_messages={"invalid": gettext_lazy("Write two figures.")},
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Name of the account"), max_length=80)
    objected = forms.CharField(
        label=gettext_lazy("Who has objected"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Students or families who do not want the school to pass such data on: a name or the "
                               "school's number on each line. They are not in the file, and stand here the next time."),
    )  # fmt: skip

    def __init__(self, *args, counts: dict[int, tuple[int, int]], students: Iterable[Student], **kwargs):
        """`counts`: of each class how many can be asked for, of how many. `students` are all who may be."""
        super().__init__(*args, **kwargs)
        self._named = Named(students)
        words = _("%(year)s: %(n)s of %(all)s can be asked for")
        self.fields["classes"].choices = [
            (year, words % {"year": year, "n": can, "all": whole}) for year, (can, whole) in counts.items()
        ]
        self.helper = helper(_("Download the request file"))

    def clean_objected(self) -> set[int]:
        """Their ids. A line that is nobody's, or of two, is not passed over: they would be in the file."""
        found, problems = set(), []
        for line in filter(None, map(str.strip, self.cleaned_data["objected"].splitlines())):
            ids = self._named.ids_of(line)
            if len(ids) == 1:
                found |= ids
            elif ids:
                said = {"line": line, "ids": ", ".join(sorted(map(self._named.sure, ids)))}
                problems.append(_("“%(line)s” is more than one: write one of %(ids)s instead.") % said)
            else:
                problems.append(_("“%(line)s” is nobody of those who left.") % {"line": line})
        if problems:
            raise forms.ValidationError(problems)
        return found
