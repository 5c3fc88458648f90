"""The links around a page (common/nav.py)."""

from django import template

from common import nav

register = template.Library()

# How many links stand in the bar of a phone, and in the band of a desktop, before the rest goes under "More".
ON_A_PHONE = 4
ON_A_DESKTOP = 7


@register.inclusion_tag("components/main_nav.html", takes_context=True)
def main_nav(context):
    links = nav.links(context.get("request"), nav.MAIN)
    in_bar = ON_A_PHONE + 1 if len(links) == ON_A_PHONE + 1 else ON_A_PHONE
    return {"bar": links[:in_bar], "band": links[in_bar:ON_A_DESKTOP], "rest": links[ON_A_DESKTOP:]}


@register.inclusion_tag("components/bell.html", takes_context=True)
def bell(context):
    return {"links": nav.links(context.get("request"), nav.BELL)}


@register.inclusion_tag("components/account_menu.html", takes_context=True)
def account_menu(context):
    request = context.get("request")
    return {"links": nav.links(request, nav.ACCOUNT), "user": getattr(request, "user", None), "request": request}
