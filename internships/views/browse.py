from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from internships.fit import fit
from internships.models import Opportunity
from internships.suggesting import interests_of, opportunities_for
from internships.views.opportunities import narrowed, searched
from schools.roles import Permission
from students.access import for_student

A_PAGE = 20


@for_student(Permission.OPPORTUNITIES_SEE)
def index(request, student):
    """What is offered, first what fits the student's interests, each with the reason; words and a day narrow it."""
    form, wanted, query = searched(request)
    offered = Opportunity.objects.filter(school=student.school_id).offered(request.day)
    interests = interests_of(student)
    found = opportunities_for(interests, narrowed(offered, wanted))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "student": student, "form": form, "page": page, "query": query, "is_narrowed": bool(query),
        "has_interests": bool(interests),
    }  # fmt: skip
    return render(request, "internships/browse.html", context)


@for_student(Permission.OPPORTUNITIES_SEE)
def show(request, student, opportunity_id):
    """One opportunity as the student may read it: whom to call is told to whoever is cleared to."""
    offered = Opportunity.objects.filter(school=student.school_id).offered(request.day).with_place()
    opportunity = get_object_or_404(offered, pk=opportunity_id)
    context = {"student": student, "opportunity": opportunity, "fit": fit(interests_of(student), opportunity)}
    return render(request, "internships/browse_one.html", context)
