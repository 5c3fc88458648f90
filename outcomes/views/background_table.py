"""A table of many students' background: looked at row by row, then taken over as a whole."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.forms import refuse
from common.spreadsheet import download
from common.tables import TableError
from outcomes import background_dry_run, background_table
from outcomes.actions.background import BackgroundError, log_reading
from outcomes.actions.background_table import take_over
from outcomes.forms.background import TableForm
from outcomes.models import Background, Held
from schools.access import for_school
from schools.roles import Permission
from students.models import Student


@for_school(Permission.SCHOOL_BACKGROUND)
def table(request, school):
    """Paste or upload a table, see what it would do, take it over. Nothing is kept in between but the form itself."""
    kinds, today = Held.of(school).kinds, school.today()
    initial = {"since": background_dry_run.usual_day(school, today)}
    form = TableForm(request.POST or None, request.FILES or None, school=school, initial=initial)
    found = None
    if request.method == "POST" and kinds:
        found = _look(request, school, form, kinds, today)
        if found and "confirm" in request.POST and _take_over(request, school, form, found, today):
            return redirect("outcomes:background_table", school.pk)
    context = {
        "school": school, "form": form, "found": found,
        "kinds": [Background.Kind(kind) for kind in kinds], "leaves_out": "leave_out" in request.POST,
    }  # fmt: skip
    return render(request, "outcomes/background_table.html", context)


def _look(request, school, form, kinds, today) -> background_dry_run.DryRun | None:
    """The dry run; None where the table as a whole cannot be read. It says what is held of whom, so it is a reading."""
    is_valid, said = form.is_valid(), form.cleaned_data
    form.keep_text()
    if not is_valid:
        return None
    try:
        read = background_table.read(said["text"], school=school, kinds=kinds, since=said["since"], today=today)
    except TableError as error:
        refuse(form, error, "text")
        return None
    students = Student.objects.filter(school=school).open_to(request.user, Permission.BACKGROUND_EDIT, today)
    found = background_dry_run.look(
        read, school=school, students=students.select_related("user").with_grade(today), choices=request.POST,
        leaves_out="leave_out" in request.POST,
    )  # fmt: skip
    log_reading(school=school, students=found.students, by=request.user)
    return found


def _take_over(request, school, form, found, today) -> bool:
    if found.in_the_way:
        refuse(form, BackgroundError(_("Nothing is taken over yet: say first what becomes of the rows in the way.")))
        return False
    try:
        number = take_over(
            school=school, asked=found.asked, source=form.cleaned_data["source"], seen=request.POST.get("seen", ""),
            by=request.user, on=today,
        )  # fmt: skip
    except BackgroundError as error:
        refuse(form, error, error.field if error.field in form.fields else None)
        return False
    words = ngettext("%(count)d row is written down.", "%(count)d rows are written down.", number)
    messages.success(request, words % {"count": number} if number else _("Everything in the table is so already."))
    return True


@for_school(Permission.SCHOOL_BACKGROUND)
def empty_table(request, school):
    """A table with the names of all columns, to be filled in a spreadsheet."""
    return download([background_table.columns(Held.of(school).kinds)], "background.csv")
