"""The rooms import down. The contracts are in pyproject.toml; here they are shown to hold, to be whole and to cut."""

import re
import tomllib

import grimp
import pytest
from importlinter.contracts.layers import LayersContract

from bench.processes import ROOT

RULES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
ROOMS = {path.parent.name for path in ROOT.glob("*/apps.py")}
ACROSS, INSIDE = RULES["contracts"]
# A room's own business: who writes, reads and decides is asked of its actions and its access instead.
PRIVATE = re.compile(r"(views|forms|urls|api|consumers|tasks)\b")


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*RULES["root_packages"], cache_dir=None)


def holds(contract, graph) -> bool:
    options = {name: value for name, value in contract.items() if name not in ("name", "type")}
    options["unmatched_ignore_imports_alerting"] = "none"
    return LayersContract(contract["name"], RULES, options).check(graph, verbose=False).kept


def test_every_room_has_its_place():
    layers = {room.strip(" ()") for line in ACROSS["layers"] for room in line.split("|")}
    assert layers == set(RULES["root_packages"]) == ROOMS | {"bpl"}
    assert set(INSIDE["containers"]) == ROOMS - {"common", "demo"}


@pytest.mark.parametrize("contract", [ACROSS, INSIDE], ids=["across", "inside"])
def test_the_layers_hold(contract, graph):
    assert holds(contract, graph)


@pytest.mark.parametrize(
    ("contract", "importer", "imported"),
    [
        (ACROSS, "students.models.student", "advisories.models"),
        (ACROSS, "audit.models", "accounts.models"),
        (ACROSS, "demo.load", "bpl.urls"),
        (INSIDE, "advisories.models", "advisories.actions.roster"),
        (INSIDE, "advisories.actions.roster", "advisories.forms"),
        (INSIDE, "advisories.access", "advisories.views.board"),
    ],
)
def test_the_contracts_cut(contract, importer, imported, graph):
    changed = grimp.build_graph(*RULES["root_packages"], cache_dir=None)
    changed.add_import(importer=importer, imported=imported)
    assert not holds(contract, changed)


def test_no_room_uses_anothers_views_or_forms(graph):
    wrong = []
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            room, _, module = imported.partition(".")
            if importer.split(".")[0] not in ("bpl", room) and room in ROOMS - {"common"} and PRIVATE.match(module):
                wrong.append(f"{importer} -> {imported}")
    assert wrong == []
