"""Periods that must not overlap are refused by the database itself, on both of them."""

import datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from common.constraints import is_installed
from schools.models import School, Term

GUARDED = [model for model in apps.get_models() if hasattr(model, "no_overlap")]


def day(month, number):
    return datetime.date(2026, month, number)


@pytest.fixture
def school(db):
    return School.objects.create(name="A school", time_zone="Europe/London")


def term(school, name, starts_on, ends_on):
    with transaction.atomic():
        return Term.objects.create(school=school, name=name, starts_on=starts_on, ends_on=ends_on)


@pytest.mark.django_db
@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model._meta.label)
def test_every_guard_is_in_the_database(model):
    assert is_installed(model, connection.alias)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(day(9, 1), day(12, 1)), (day(8, 1), day(9, 2)), (day(11, 30), day(12, 24)), (day(10, 1), day(10, 2))],
)
def test_an_overlap_is_refused(school, starts_on, ends_on):
    term(school, "Fall", day(9, 1), day(12, 1))
    with pytest.raises(IntegrityError):
        term(school, "Other", starts_on, ends_on)


def test_one_begins_on_the_day_the_other_ends(school):
    term(school, "Fall", day(9, 1), day(12, 1))
    assert term(school, "Winter", day(12, 1), day(12, 24)).pk


def test_another_school_is_not_touched(school):
    term(school, "Fall", day(9, 1), day(12, 1))
    other = School.objects.create(name="B school", time_zone="Europe/London")
    assert term(other, "Fall", day(9, 1), day(12, 1)).pk


def test_a_change_into_an_overlap_is_refused(school):
    term(school, "Fall", day(9, 1), day(12, 1))
    winter = term(school, "Winter", day(12, 1), day(12, 24))
    winter.starts_on = day(11, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        winter.save()


def test_a_change_of_the_row_itself_is_not_an_overlap(school):
    fall = term(school, "Fall", day(9, 1), day(12, 1))
    fall.ends_on = day(11, 20)
    fall.save()
    assert Term.objects.get().ends_on == day(11, 20)
