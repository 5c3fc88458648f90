import datetime

from django.core.paginator import Paginator
from django.shortcuts import render

from accounts.models import User
from audit.models import Event
from schools.access import for_school
from schools.forms.audit import TrailForm
from schools.roles import Permission
from schools.trail import lines, students_matching

A_PAGE = 50
DAY = datetime.timedelta(days=1)


@for_school(Permission.SCHOOL_AUDIT)
def trail(request, school):
    """Who did what in this school, and who read what is restricted; the latest first."""
    form = TrailForm(request.GET or None, school=school)
    events = Event.objects.filter(school_id=school.pk).select_related("actor")
    if form.is_valid():
        events = _narrowed(events, school, **form.cleaned_data)
    page = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "school": school, "form": form, "page": page, "lines": lines(page.object_list),
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "query": f"&{kept.urlencode()}" if kept else "",
    }  # fmt: skip
    return render(request, "schools/audit.html", context)


def _narrowed(events, school, *, who, student, kind, since, until):
    if who:
        events = events.filter(actor__in=User.objects.matching(who))
    if student:
        events = events.filter(student_id__in=students_matching(school, student))
    if kind:
        events = events.filter(kind=kind)
    if since:
        events = events.filter(at__gte=_midnight(school, since))
    if until:
        events = events.filter(at__lt=_midnight(school, until + DAY))
    return events


def _midnight(school, day) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=school.zone)
