"""What this room shows on other rooms' pages: a student's own (slot "student.overview"), a school's settings."""

from plans.cards import cards_for
from plans.models import Template
from schools.roles import Permission


def plan_now(page, request):
    """The plan of this term and whose turn it is."""
    if Permission.PLAN_SEE not in request.can:
        return None
    card = cards_for([page.student], request.day)[page.student.pk]
    return {"card": card, "turn": card.turn_of(request.user), "begins": Permission.PLAN_ITEMS in request.can}


def template_now(school, request):
    """Among a school's settings, which only its leads open: what its plans consist of."""
    return {"school": school, "template": Template.objects.filter(school=school, is_current=True).first()}
