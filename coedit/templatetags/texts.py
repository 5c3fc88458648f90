"""{% load texts %}: {% shared_text text %} shows a text as the server has it, ready for the editor to attach."""

from django import template

from coedit.access import may_write, socket_path
from coedit.colours import colour_of
from coedit.schema import SCHEMA
from common.shipped import in_my_language

register = template.Library()


@register.inclusion_tag("coedit/_text.html", takes_context=True)
def shared_text(context, text, heading="", live=False):
    """`heading` names the text for people who do not see the page; the text's title where it is left out.
    A `live` text shows what others write while it can be seen, touched or not; the page holds a socket meanwhile.

    The view must have passed the door to the text's student (request.standing). Nothing is queried.
    """
    request = context["request"]
    return {
        "request": request, "text": text, "heading": str(heading) or in_my_language(text.title), "schema": SCHEMA,
        "may_write": may_write(text, request.standing), "name": request.user.name,
        "colour": colour_of(request.user.pk), "socket": socket_path(text), "live": live,
    }  # fmt: skip
