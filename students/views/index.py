from functools import lru_cache

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from common.prepared import Prepared
from schools.access import staff_roles
from schools.roles import Permission
from students.forms.record import SearchForm
from students.listing import a_page, grades_of, listed, narrowed, page_from, page_of
from students.models import Student
from students.words import grade_word


def index(request):
    """The students whom I may see: of one school for its staff, else of every school."""
    schools = list({row.school_id: row.school for row in staff_roles(request) if row.school}.values())
    if not schools or "everywhere" in request.GET:
        return _everywhere(request)
    school = next((school for school in schools if str(school.pk) == request.GET.get("school")), schools[0])
    day = school.today()
    form = SearchForm(request.GET, grades=grades_of(school, day), word=grade_word(school))
    wanted = form.cleaned_data if form.is_valid() else {}
    if any(wanted.values()):
        page = page_of(narrowed(_students(school, request.user, day), **wanted), _number(request))
    else:
        page = page_from(
            lambda number: _whole(number)(school=school.pk, user=request.user.pk, day=day), _number(request)
        )
    context = {
        "page": _with_ages(page, day), "form": form, "school": school, "schools": schools,
        "grade_word": grade_word(school), "is_narrowed": any(wanted.values()), "query": _query(request, school),
    }  # fmt: skip
    return render(request, "students/index.html", context)


def _students(school, user, day):
    return listed(Student.objects.filter(school=school).open_to(user, Permission.STUDENT_OVERVIEW, day), day)


@lru_cache(maxsize=100)
def _whole(number) -> Prepared:
    """One page of all who are here: what the list begins with."""
    return Prepared(lambda school, user, day: a_page(narrowed(_students(school, user, day)), number))


def _everywhere(request):
    day = timezone.now().date()
    students = Student.objects.open_to(request.user, Permission.STUDENT_OVERVIEW)
    page = page_of(listed(students, day).select_related("school"), _number(request))
    context = {"page": _with_ages(page, day), "school": None, "grade_word": _("Grade"), "query": "&everywhere=1"}
    return render(request, "students/index.html", context)


def _with_ages(page, day):
    for student in page:
        student.age_now = student.age(day)
    return page


def _number(request) -> int:
    typed = request.GET.get("page", "")
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 6 else 1


def _query(request, school) -> str:
    """What the next page's address carries on: the search and the school."""
    kept = request.GET.copy()
    kept.pop("page", None)
    kept["school"] = school.pk
    return f"&{kept.urlencode()}"
