"""The Spanish catalogue is whole, faithful and compiled, and people who chose Spanish read it."""

import importlib
import shutil
import subprocess
import sys
from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format

from bench.processes import ROOT, environment

PO = ROOT / "locale/es/LC_MESSAGES/django.po"
MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()


@pytest.fixture
def catalogue(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    return importlib.import_module("catalogue")


def test_every_string_has_its_spanish_with_all_placeholders(catalogue):
    assert catalogue.faults(PO) == []


def test_what_is_compiled_is_what_is_written(catalogue):
    assert catalogue.differences(PO) == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs gettext's tools")
def test_the_catalogue_has_what_the_code_says():
    command = [sys.executable, "bin/translate", "--check"]
    ended = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("said", "translated", "fault"),
    [
        ("Sign", "", "Not translated"),
        ("Hello %(name)s", "Hola", "Placeholders or tags differ"),
        ("Hello %(name)s", "Hola, %(nombre)s", "Placeholders or tags differ"),
        ("We write to <strong>you</strong>", "Le escribimos a <b>usted</b>", "Placeholders or tags differ"),
    ],
)
def test_it_notices_a_translation_that_cannot_stand(catalogue, tmp_path, said, translated, fault):
    path = tmp_path / "django.po"
    path.write_text(f'msgid ""\nmsgstr ""\n\nmsgid "{said}"\nmsgstr "{translated}"\n')
    assert catalogue.faults(path) == [f"{fault}: {said}"]


def test_it_notices_a_guess(catalogue, tmp_path):
    path = tmp_path / "django.po"
    path.write_text('#, fuzzy\nmsgid "Sign in"\nmsgstr "Firmar"\n')
    assert catalogue.faults(path) == ["Marked fuzzy (a guess from a similar string): Sign in"]


def test_it_looks_at_every_plural_form(catalogue, tmp_path):
    path = tmp_path / "django.po"
    plural = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "{}"\nmsgstr[1] "{}"\n'
    path.write_text(plural.format("%(n)s día", "%(n)s días"))
    assert catalogue.faults(path) == []
    path.write_text(plural.format("%(n)s día", "unos días"))
    assert catalogue.faults(path) == ["Placeholders or tags differ: %(n)s day"]


def test_a_parents_home_is_in_their_language(cast, client):
    client.force_login(cast.rosa)
    page = client.get("/").content.decode()
    assert '<html lang="es"' in page
    assert "Sus hijos" in page and "Your children" not in page


def test_a_heading_with_a_date_reads_as_spanish(cast, client):
    cast.ada.language = "es"
    cast.ada.save()
    client.force_login(cast.ada)
    page = client.get(f"/advisories/{cast.advisory.pk}/circle/2026-11-23/").content.decode()
    assert "Círculo del lunes 23 de noviembre" in page


def test_no_word_of_ours_takes_the_place_of_a_month():
    """Our catalogue comes before Django's: “May” on a page of permissions must not become the fifth month."""
    with translation.override("es"):
        assert [date_format(date(2026, number, 1), "F") for number in range(1, 13)] == MONTHS
