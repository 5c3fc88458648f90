import uuid
from functools import cache

from django import template
from django.utils.html import SafeString, format_html_join
from django.utils.translation import get_language

from students.models import FamilyContact

register = template.Library()


@register.simple_tag
def once_key() -> str:
    """A key that this page makes, so that a double tap is one row."""
    return str(uuid.uuid4())


@register.simple_tag
def contact_kinds() -> SafeString:
    """The buttons of a contact with the family."""
    return _kinds_in(get_language())


@cache
def _kinds_in(_language) -> SafeString:
    """In the words of the language that is on: a board shows them for each student."""
    button = '<button class="btn btn-secondary btn-sm" name="kind" value="{}">{}</button>'
    return format_html_join("", button, FamilyContact.Kind.choices)
