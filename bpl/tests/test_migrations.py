"""Migrations are complete, and each can be undone or says why not."""

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from bench.processes import ROOT

ROOMS = {path.parent.name for path in ROOT.glob("*/apps.py")}
OURS = {
    f"{room}.{name}": migration
    for (room, name), migration in MigrationLoader(None).disk_migrations.items()
    if room in ROOMS
}


def test_none_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("name", OURS)
def test_it_can_be_undone_or_says_why_not(name):
    """`cannot_be_undone = "why"` in a migration says so to whoever must go back."""
    migration = OURS[name]
    undone = all(operation.reversible for operation in migration.operations)
    assert undone or getattr(migration, "cannot_be_undone", "")
