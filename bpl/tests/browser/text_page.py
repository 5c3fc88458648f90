"""A page with one or more shared texts and nothing else, for the journeys of writing; and what a writer does there."""

from django.http import HttpResponse
from django.template import engines
from django.urls import path
from playwright.sync_api import Locator, Page, expect

from bpl.urls import urlpatterns as site
from coedit.access import load_text

PAGE = """{% extends "base.html" %}{% load texts %}
{% block title %}Texts{% endblock %}{% block heading %}Texts{% endblock %}
{% block content %}
<div class="stack">{% for text in texts %}{% shared_text text live=live %}{% endfor %}</div>
{% endblock %}
{% block scripts %}{% include "coedit/_editor.html" %}{% endblock %}"""


def show(request, ids):
    texts = [load_text(request, text_id) for text_id in ids.split(",")]
    context = {"texts": texts, "live": "live" in request.GET}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


urlpatterns = [*site, path("texts-for-a-test/<str:ids>/", show)]


def address(*texts, live=False) -> str:
    return f"/texts-for-a-test/{','.join(str(text.pk) for text in texts)}/{'?live' if live else ''}"


def text_in(page: Page) -> Locator:
    return page.locator("[data-text]")


def paper_of(page: Page) -> Locator:
    return page.locator(".ProseMirror")


def write_in(page: Page) -> Locator:
    """Open the page's one text for writing, in whatever language the page is; answers where one types."""
    page.locator("[data-text-write]").click()
    expect(paper_of(page)).to_be_focused()
    # For 200 ms after it gained the focus the editor takes a jump to the text's start for the browser's mistake, and
    # undoes it. The browser's own clock tells when that is over.
    page.evaluate("() => new Promise(done => setTimeout(done, 250))")
    return paper_of(page)


def see_saved(page: Page) -> None:
    expect(text_in(page)).to_have_attribute("data-saved", "true")


def see_unsaved(page: Page) -> None:
    expect(text_in(page)).to_have_attribute("data-saved", "false")
