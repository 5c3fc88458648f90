"""{% icon "bell" %}: one of our line icons, hidden from screen readers, since words always stand beside it."""

from django import template
from django.utils.safestring import mark_safe

from common.icons import ICONS

register = template.Library()

_BEGIN, _END = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">', "</svg>"
_DRAWN = {name: mark_safe(_BEGIN + drawing + _END) for name, drawing in ICONS.items()}  # noqa: S308 (our own drawings)


@register.simple_tag
def icon(name):
    return _DRAWN[name]
