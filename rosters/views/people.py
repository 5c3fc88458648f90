from django.contrib import messages
from django.db.models import Count, Exists, OuterRef
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.people import PersonError
from advisories.actions.roster import RosterError
from advisories.board import size_warning
from advisories.models import Seat
from common.forms import refuse
from rosters.access import Reach, imports_of
from rosters.actions.arriving import ArrivalError, take_in
from rosters.forms.people import NewStudentForm
from rosters.invited import counted
from schools.access import for_school, schools_where
from schools.models import StaffRole
from schools.roles import Permission
from students.access import permissions_on
from students.actions.team import TeamError
from students.listing import listed, narrowed

FOUND = 20


def index(request):
    """The schools whose people are mine to bring in; straight there where it is one."""
    schools = schools_where(request, Permission.SCHOOL_PEOPLE)
    if len(schools) == 1:
        return redirect("rosters:people", schools[0].pk)
    return render(request, "rosters/index.html", {"schools": schools})


@for_school(Permission.SCHOOL_PEOPLE)
def hub(request, school):
    """Who is here, and everything that brings people in."""
    day, now = school.today(), timezone.now()
    reach = Reach(request.user, school, day)
    seated = Exists(Seat.objects.on(day).filter(student=OuterRef("pk")))
    here = reach.students(Permission.STUDENT_OVERVIEW).enrolled(day)
    students = here.aggregate(all=Count("pk"), unseated=Count("pk", filter=~seated))
    waiting, uninvited = counted(reach, now)
    context = {
        "school": school, "students": students["all"], "unseated": students["unseated"],
        "staff": StaffRole.objects.on(day).filter(school=school).values("user_id").distinct().count(),
        "waiting": waiting, "uninvited": uninvited,
        "imports": imports_of(request, school).filter(confirmed_at__isnull=True, dropped_at__isnull=True)[:3],
    }  # fmt: skip
    return render(request, "rosters/people.html", context)


@for_school(Permission.SCHOOL_PEOPLE)
def add_student(request, school):
    """One student who comes, or comes back."""
    reach = Reach(request.user, school, school.today())
    form = NewStudentForm(request.POST or None, reach=reach)
    if request.method == "POST" and form.is_valid():
        try:
            student, unlinked = take_in(school=school, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (ArrivalError, PersonError) as error:
            refuse(form, error, error.field if error.field in form.fields else None)
        except (RosterError, TeamError) as error:
            refuse(form, error, "advisory")
        else:
            return _to_newcomer(request, reach, student, form.cleaned_data["advisory"], unlinked)
    return render(request, "rosters/student_add.html", {"school": school, "form": form})


def _to_newcomer(request, reach, student, advisory, unlinked):
    messages.success(request, _("%(name)s belongs to the school.") % {"name": student.name})
    for sentence in unlinked:
        messages.warning(request, sentence)
    if advisory and (warning := size_warning(advisory, advisory.seats.on(reach.day).count())):
        messages.warning(request, warning)
    if Permission.GUARDIANS_EDIT in permissions_on(student, request.user, reach.day):
        return redirect("students:guardians", student.pk)
    return redirect("rosters:people", reach.school.pk)


@for_school(Permission.SCHOOL_PEOPLE)
def guardian_for(request, school):
    """To add somebody of a family, the student comes first: rights and homes belong to one child."""
    day, words = school.today(), request.GET.get("q", "").replace("\0", "").strip()
    mine = Reach(request.user, school, day).students(Permission.GUARDIANS_EDIT)
    found = narrowed(listed(mine, day), q=words, who="all")[:FOUND] if words else []
    context = {"school": school, "words": words, "found": found, "may_any": bool(words) or mine.exists()}
    return render(request, "rosters/guardian_for.html", context)
