"""What this room shows on other rooms' pages."""

from plans.models import Template


def template_now(school, request):
    """Among a school's settings, which only its leads open: what its plans consist of."""
    return {"school": school, "template": Template.objects.filter(school=school, is_current=True).first()}
