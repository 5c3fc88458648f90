"""Tags that every template has (a builtin)."""

import datetime

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import mark_safe

from common import shipped, slots

register = template.Library()

# {{ section.title|shipped }}: see common/shipped.py.
register.filter("shipped", shipped.in_my_language)


@register.filter
def day(iso):
    """A day that plain data keeps as text, as its reader writes days."""
    return date_format(datetime.date.fromisoformat(iso)) if iso else ""


@register.simple_tag(takes_context=True)
def slot(context, name, subject):
    """What higher rooms show here about `subject` (common/slots.py)."""
    request = context["request"]
    parts = []
    for filling in slots.fillings(name):
        loaded = filling.load(subject, request)
        if loaded is not None:
            parts.append(render_to_string(filling.template, {**loaded, "subject": subject}, request=request))
    return mark_safe("".join(parts))  # noqa: S308 (rendered by templates that escape)


@register.simple_tag
def localtime_in(moment, zone):
    """The clock's time of `moment` in `zone`, which may be another than the page's."""
    return f"{moment.astimezone(zone):%H:%M}"


@register.filter
def add_float(value, more):
    return value + more
