from django.core.paginator import Paginator
from django.shortcuts import render

from internships.models import Opportunity, Rules
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
    found = opportunities_for(interests, narrowed(offered, wanted, request.day))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rules = Rules.of(student.school)
    for one in page.object_list:
        one.subject.km = rules.km_to(one.subject.place)
    context = {
        "student": student, "form": form, "page": page, "query": query, "is_narrowed": bool(query),
        "has_interests": bool(interests),
    }  # fmt: skip
    return render(request, "internships/browse.html", context)
