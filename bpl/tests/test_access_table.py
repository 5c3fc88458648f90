"""Every address, every method, every person of the cast. An address without a row fails."""

import importlib
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from bpl.tests.access import Row
from bpl.tests.cast import PEOPLE

ROOT = Path(__file__).resolve().parent.parent.parent
# Addresses of libraries, whose own tests hold; they show nobody's data but the signed-in person's.
LIBRARIES = ("account_", "mfa_", "socialaccount_", "usersessions_")


def all_rows() -> list[Row]:
    rows = []
    for path in sorted(ROOT.glob("*/tests/access_table.py")):
        rows += importlib.import_module(f"{path.parent.parent.name}.tests.access_table").ROWS
    return rows


def all_names(resolver=None, namespace="") -> set[str]:
    names = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            names |= all_names(pattern, inner)
        else:
            names |= {f"{namespace}{pattern.name}"} if pattern.name else set()
    return names


ROWS = all_rows()


def test_every_address_has_a_row():
    own = {name for name in all_names() if not name.startswith(LIBRARIES)}
    assert own - {row.name for row in ROWS} == set()


def test_no_row_is_written_twice():
    labels = [row.label for row in ROWS]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_who_gets_in(row, cast):
    row.check_names()
    # What the row needs is made once, and then asked for by everybody.
    address, data = _address(row, cast), row.data(cast) if row.method == "post" else None
    wrong = {}
    for person in PEOPLE:
        status = _ask(row, address, data, getattr(cast, person))
        if status not in row.expected(person):
            wrong[person] = status
    assert not wrong, f"{row.label}: {wrong}"


@pytest.mark.parametrize("row", [row for row in ROWS if not row.public], ids=lambda row: row.label)
def test_nobody_gets_in_without_signing_in(row, cast):
    response = Client().generic(row.method.upper(), _address(row, cast))
    assert response.status_code in (302, 401), response.status_code
    if response.status_code == 302:
        assert response["Location"].startswith("/accounts/login/")


def _ask(row, address, data, user) -> int:
    client = Client(raise_request_exception=True)
    client.force_login(user)
    # Each person meets the school as it was, whatever the one before did.
    with transaction.atomic():
        status = getattr(client, row.method)(address, data).status_code
        transaction.set_rollback(True)
    return status


def _address(row, cast) -> str:
    # `?student={sam}` is that student's number.
    query = row.query.format(**{name: student.pk for name, student in cast.students.items()})
    return reverse(row.name, kwargs=row.kwargs(cast)) + query
