"""Our `translate`, `url` and `date` say what Django's own say."""

import datetime
from uuid import UUID

import pytest
from django.template import Context, Template
from django.template.defaultfilters import date as django_date
from django.utils import translation

TEXT = UUID(int=12)
AS_DJANGO = "{% load i18n %}"


def said(template, language="en", **context):
    with translation.override(language):
        return Template(template).render(Context(context))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "tag",
    ['{% translate "Sign in" %}', '{% translate "new" context "notices" %}', "{% translate words %}",
     '{% translate "Sign in" as said %}-{{ said }}', '{% translate "Sign in"|upper %}'],
)  # fmt: skip
def test_words_are_those_of_the_language(tag, language):
    assert said(tag, language, words="Sign in") == said(AS_DJANGO + tag, language, words="Sign in")


def test_the_same_place_speaks_each_readers_language():
    template = Template('{% translate "Sign in" %}')
    found = []
    for language in ("en", "es", "en"):
        with translation.override(language):
            found.append(template.render(Context()))
    assert found[0] == found[2] != found[1]


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ('{% url "plans:show" 12 %}', "/plans/12/"),
        ('{% url "plans:show" plan %}', "/plans/7/"),
        ('{% url "plans:show" plan_id=plan %}', "/plans/7/"),
        ('{% url "plans:difference" plan 1 0 %}', "/plans/7/versions/1/to/0/"),
        ('{% url "students:attendance_day" 3 "2026-11-24" %}', "/students/3/attendance/2026-11-24/"),
        ('{% url "nobody:knows" as there %}-{{ there }}', "-"),
        ('{% url name %}', "/notices/"),
        ('{% url "coedit:history" text %}', f"/texts/{TEXT}/history/"),
    ],
)  # fmt: skip
def test_addresses(tag, address):
    assert said(tag, plan=7, name="notices:index", text=TEXT) == address


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("form", ["DATE_FORMAT", "SHORT_DATE_FORMAT", "c", "l"])
def test_days_are_written_as_each_reader_writes_them(form, language):
    day, moment = datetime.date(2026, 3, 4), datetime.datetime(2026, 3, 4, 23, 30, tzinfo=datetime.UTC)
    with translation.override(language):
        expected = [django_date(day, form), django_date(day, form), django_date(moment, form), ""]
    tag = "{{ one|date:form }}"
    assert [said(tag, language, one=one, form=form) for one in (day, day, moment, None)] == expected
