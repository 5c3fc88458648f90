from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from plans.models import Plan
from plans.progress import NONE, OVERDUE, SIGNING, page_of, row_of
from schools.access import for_school
from schools.models import Term
from schools.roles import Permission

SHOWN = [
    ("", _("all")), (NONE, _("not begun")), *Plan.State.choices, (SIGNING, _("signatures missing")),
    (OVERDUE, _("overdue")),
]  # fmt: skip


@for_school(Permission.SCHOOL_PLANS)
def progress(request, school):
    """How far the plans of one term are, student by student."""
    day = school.today()
    terms = list(Term.objects.filter(school=school))
    term = _term(request, terms, day)
    shown = next((key for key, _label in SHOWN if key == request.GET.get("show")), "")
    context = {"school": school, "terms": terms, "term": term, "show": shown, "shown": SHOWN}
    if term is not None:
        page = page_of(school, term, day, shown, _number(request.GET.get("page")))
        page.object_list = [row_of(student, school, day) for student in page.object_list]
        context |= {"page": page, "query": f"&term={term.pk}&show={shown}"}
    return render(request, "plans/progress.html", context)


def _term(request, terms, day):
    """The term that was asked for, else the one of today, else the last that has begun."""
    asked = next((term for term in terms if str(term.pk) == request.GET.get("term")), None)
    begun = [term for term in terms if term.starts_on <= day]
    return asked or (begun[0] if begun else None) or (terms[-1] if terms else None)


def _number(text) -> int:
    return int(text) if (text or "").isdecimal() and int(text) > 0 else 1
