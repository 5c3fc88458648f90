"""What docker-compose.yml, the Dockerfile and nginx.conf say, held against each other and against the code."""

import inspect
import re

import pytest
import yaml
from django.urls import get_resolver

from bench.processes import ROOT
from bpl.tests.test_settings import READ
from coedit.routing import websocket_urlpatterns

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
NGINX = (ROOT / "deploy" / "nginx.conf").read_text()
LIVE = tuple(re.findall(r"location /(\S+) {\s+proxy_pass http://live;", NGINX))
PARTS = set(re.findall(r"^(\w+)\)$", (ROOT / "deploy" / "start").read_text(), re.MULTILINE))


def test_every_part_of_the_site_runs():
    assert {"nginx", "database", "redis"} | PARTS == set(SERVICES)
    started = {tuple(SERVICES[part]["command"]) for part in PARTS}
    assert started == {("deploy/start", part) for part in PARTS}


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "prepare"])
def test_whatever_runs_on_is_watched(name):
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize(("name", "waits_for"), [(n, w) for n in SERVICES for w in SERVICES[n].get("depends_on", {})])
def test_it_waits_until_what_it_needs_is_ready(name, waits_for):
    condition = SERVICES[name]["depends_on"][waits_for]["condition"]
    assert condition == ("service_completed_successfully" if waits_for == "prepare" else "service_healthy")


def test_the_checks_name_what_the_script_knows():
    for part in PARTS - {"prepare"}:
        assert SERVICES[part]["healthcheck"]["test"] == ["CMD", "python", "deploy/healthy.py", part]
    known = re.findall(r'^    "(\w+)": ', (ROOT / "deploy" / "healthy.py").read_text(), re.MULTILINE)
    assert set(known) == PARTS - {"prepare"}


def test_every_variable_is_one_that_the_settings_read():
    for part in PARTS:
        assert set(SERVICES[part]["environment"]) - READ == set()


def test_no_secret_is_written_down():
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert set(re.findall(rf"{name}: (.)", text)) == {"$"}


def test_every_named_volume_is_there():
    used = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    assert {name for name in used if not name.startswith(".")} == set(COMPOSE["volumes"])


def test_nginx_knows_the_processes_by_their_names_and_ports():
    ports = dict(re.findall(r"(?ms)^(pages|live)\).*?\$\{PORT:-(\d+)\}", (ROOT / "deploy" / "start").read_text()))
    assert dict(re.findall(r"server (\w+):(\d+);", NGINX)) == ports
    assert set(ports) <= set(SERVICES)


def test_what_is_live_goes_to_the_live_process():
    """A socket, or a view that waits (a coroutine), would hold a thread of the pages for as long as it lasts."""
    live = [path for path, callback in addresses() if inspect.iscoroutinefunction(callback)]
    live += [str(route.pattern) for route in websocket_urlpatterns]
    assert LIVE == ("ws/", "texts/")
    assert [path for path in live if not path.lstrip("^").startswith(LIVE)] == []


def addresses(resolver=None, before=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern, path)
        else:
            yield path, pattern.callback


def test_the_image_is_built_from_what_is_here():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"(?m)^FROM python:3\.1[1-9]-", dockerfile)
    assert '--require-hashes -r "$REQUIREMENTS"' in dockerfile and "ARG REQUIREMENTS=requirements.txt\n" in dockerfile
    for name in COMPOSE["x-site"]["build"]["args"]["REQUIREMENTS"], *re.findall(r"requirements[\w-]*\.txt", dockerfile):
        assert (ROOT / name.removeprefix("${REQUIREMENTS:-").removesuffix("}")).is_file()
    assert "USER throughline" in dockerfile
