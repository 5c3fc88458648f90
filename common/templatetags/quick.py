"""`{% translate %}`, `{% url %}` and `|date` as Django has them, for what makes up most of a page: constant words,
addresses by numbers and ids, and days. They are in every row of a list, and asking the catalogue, the URL patterns and
the formats anew for each was a quarter of a page's time. Everything else is left to Django's own. A builtin of all
templates."""

import datetime
from functools import lru_cache

from django import template
from django.template.defaultfilters import date as django_date
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import do_translate
from django.utils.translation import get_language

from common.addresses import pattern

register = template.Library()


@register.tag
def translate(parser, token):
    node = do_translate(parser, token)
    is_constant = not (node.asvar or _varies(node.filter_expression) or _varies(node.message_context))
    return _ConstantWords(node) if is_constant else node


def _varies(expression) -> bool:
    """Whether an expression of a template can say different things; Django's own tag wraps its words in a Variable."""
    if expression is None:
        return False
    return bool(expression.filters) or getattr(expression.var, "lookups", None) is not None


class _ConstantWords(template.Node):
    """Words of the template itself, looked up once in each language."""

    def __init__(self, node):
        self._node, self._words = node, {}

    def render(self, context):
        language = get_language()
        if language not in self._words:
            self._words[language] = self._node.render(context)
        return self._words[language]


@register.tag
def url(parser, token):
    node = django_url(parser, token)
    is_plain = not (node.asvar or node.kwargs or _varies(node.view_name))
    return _Address(node) if is_plain else node


class _Address(template.Node):
    """An address that holds numbers and ids alone (common/addresses.py)."""

    def __init__(self, node):
        self._node = node
        self._name = node.view_name.var

    def render(self, context):
        values = [arg.resolve(context) for arg in self._node.args]
        found = pattern(self._name, values)
        return self._node.render(context) if found is None else found.format(*values)


@register.filter(expects_localtime=True)
def date(value, form=None):
    # A moment is a date too, but what it says hangs on more than itself.
    return _day(value, form, get_language()) if type(value) is datetime.date else django_date(value, form)


@lru_cache(maxsize=10_000)
def _day(day, form, _language) -> str:
    return django_date(day, form)
