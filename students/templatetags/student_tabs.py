from django import template

from students import tabs

register = template.Library()


@register.inclusion_tag("students/_tabs.html", takes_context=True)
def student_tabs(context, student):
    """The tabs of one student, as far as the signed-in person may open them."""
    request = context["request"]
    return {"student": student, "links": tabs.links(student.pk, getattr(request, "can", ()), request.path)}
