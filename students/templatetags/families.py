import uuid

from django import template

from students.models import FamilyContact

register = template.Library()


@register.simple_tag
def once_key() -> str:
    """A key that this page makes, so that a double tap is one row."""
    return str(uuid.uuid4())


@register.simple_tag
def contact_kinds():
    """The buttons of a contact with the family."""
    return FamilyContact.Kind.choices
