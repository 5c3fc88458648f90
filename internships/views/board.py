import datetime
from collections import Counter, defaultdict

from django.shortcuts import render
from django.utils import timezone

from internships.board import counts, grouped, lines
from internships.expected import Status, closed_days, monday_of
from internships.models import Placement
from internships.sitemap import HEIGHT, WIDTH, draw
from schools.access import for_school
from schools.roles import Permission
from students.models import Student


@for_school(Permission.SCHOOL_MENTORS)
def today(request, school):
    """Who should be on site, who is, and of whom nobody has heard; it looks again by itself."""
    now, day = timezone.now(), _day(request.GET.get("day"), school.today())
    rows = lines(school, request.user, day, day, now)
    by = "site" if request.GET.get("by") == "site" else "advisory"
    only = request.GET.get("only", "")
    shown = [row for row in rows if only in ("", row.status)]
    # Whoever needs somebody stands above all groups, once.
    first = [row for row in shown if row.status == Status.NOT_HEARD and not only]
    others = [row for row in shown if row not in first]
    context = {
        "school": school, "day": day, "today": school.today(), "counts": counts(rows),
        "groups": grouped(others, by), "first": first,
        "by": by, "only": only, "total": len(rows), "now": now.astimezone(school.zone),
        "is_empty": not shown,
        "closure": closed_days([school.pk], day, day).get((school.pk, day)),
        "before": day - datetime.timedelta(days=1), "after": day + datetime.timedelta(days=1),
    }  # fmt: skip
    return render(request, "internships/board.html", context)


def _day(text, otherwise) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return otherwise


@for_school(Permission.SCHOOL_MENTORS)
def week(request, school):
    """A week of all students on site: a row a student, a column a day."""
    monday = monday_of(_day(request.GET.get("week"), school.today()))
    dates = [monday + datetime.timedelta(days=n) for n in range(7)]
    rows = lines(school, request.user, dates[0], dates[-1], timezone.now())
    shown = [date for date in dates if date.weekday() < 5 or any(row.one.date == date for row in rows)]
    # A make-up day may come on top of a day at another place.
    cells: dict[Student, dict] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        cells[row.student][row.one.date].append(row)
    students = sorted(cells, key=lambda student: student.user.search_name)
    closed = {date: closure for (_school, date), closure in closed_days([school.pk], dates[0], dates[-1]).items()}
    context = {
        "school": school, "dates": [(date, closed.get(date)) for date in shown], "monday": monday,
        "rows": [
            (student, [(date, cells[student].get(date, []), closed.get(date)) for date in shown])
            for student in students
        ],
        "closed": [closure for _date, closure in sorted(closed.items())],
        "before": monday - datetime.timedelta(weeks=1), "after": monday + datetime.timedelta(weeks=1),
    }  # fmt: skip
    return render(request, "internships/site_week.html", context)


@for_school(Permission.SCHOOL_MENTORS)
def map_of_places(request, school):
    """Where students are these days: the organisations' own coordinates, and the same as a table."""
    day = school.today()
    seen = Student.objects.filter(school=school).open_to(request.user, Permission.PLACEMENT_SEE, day)
    running = Placement.objects.running(day).filter(school=school, student__in=seen)
    places = Counter(placement.place for placement in running.select_related("organisation__merged_into"))
    rows = sorted(places.items(), key=lambda row: row[0].search_name)
    known = [
        (place.name, float(place.latitude), float(place.longitude), n, place.pk)
        for place, n in rows if place.latitude is not None
    ]  # fmt: skip
    context = {"school": school, "rows": rows, "drawing": draw(known), "width": WIDTH, "height": HEIGHT}
    return render(request, "internships/map.html", context)
