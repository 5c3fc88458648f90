"""The whole site as production runs it, without its containers: nginx with our nginx.conf in front of pages and live
endpoints in processes of their own, a worker and a beat, on PostgreSQL and Redis."""

import asyncio
import contextlib
import gzip
import os
import re
import shutil
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bench.processes import ROOT, environment, free_port, started, wait_until
from bpl.tests.processes import PRODUCTION

DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (DATABASE_URL and REDIS_URL), reason="needs PostgreSQL and Redis: bin/test runs it there"),
    pytest.mark.skipif(not shutil.which("nginx"), reason="needs nginx"),
]


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass
class Site:
    folder: Path
    variables: dict
    ports: dict

    @property
    def url(self) -> str:
        return f"https://localhost:{self.ports['https']}"

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.folder / "fullchain.pem")

    def get(self, path, **headers) -> Answer:
        """Whatever its status."""
        request = urllib.request.Request(f"{self.url}{path}", headers=headers)
        try:
            response = urllib.request.urlopen(request, context=self.trust, timeout=20)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            return Answer(response.status, response.headers, response.read())

    def process_of(self, path) -> str:
        """Which process nginx asked for `path`. It writes its log when the answer has gone out, so a moment later."""
        asked = wait_until(lambda: self._asked(path), what=f"nginx's line about {path}")
        return {str(port): name for name, port in self.ports.items()}[asked[-1]]

    def _asked(self, path) -> list[str]:
        return re.findall(rf"^{re.escape(path)} \S+:(\d+)$", (self.folder / "asked").read_text(), re.MULTILINE)


@pytest.fixture(scope="module")
def database_url():
    """An empty database of its own, as on the day a school begins."""
    name = f"test_{urlsplit(DATABASE_URL).path[1:]}_deploy"
    server = psycopg2.connect(urlsplit(DATABASE_URL)._replace(path="/postgres").geturl())
    server.autocommit = True
    with contextlib.closing(server), server.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
        yield urlsplit(DATABASE_URL)._replace(path=f"/{name}").geturl()
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def site(database_url, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    folder.chmod(0o755)
    ports = {name: free_port() for name in ("pages", "live", "http", "https")}
    variables = PRODUCTION | {
        "ALLOWED_HOSTS": "localhost", "DATABASE_URL": database_url, "REDIS_URL": REDIS_URL, "TRUSTED_PROXIES": "1",
        "STATIC_ROOT": str(folder / "static"), "VAR": str(folder), "BEAT_FILE": str(folder / "beat"),
        "FILES_INTERNAL": "/_files/",
        "LISTEN": "127.0.0.1",
    }  # fmt: skip
    made = Site(folder, variables, ports)
    subprocess.run(["deploy/start", "prepare"], cwd=ROOT, env=environment(**variables), check=True, capture_output=True)
    with contextlib.ExitStack() as stack:
        for part in ("pages", "live", "worker", "beat"):
            port = {"PORT": str(ports[part])} if part in ports else {}
            stack.enter_context(started(["deploy/start", part], **variables, **port))
        stack.enter_context(started(["nginx", "-p", folder, "-c", nginx_conf(made), "-g", "daemon off;"]))
        wait_until(lambda: made.get("/healthz").status == 200, what="the first page")
        wait_until(lambda: made.get("/texts/").status != 502, what="the live process")
        yield made


def nginx_conf(site) -> Path:
    """Ours, with this machine's places and ports in it, and a log of who was asked."""
    certify(site.folder)
    changes = {
        "listen 80 ": f"listen {site.ports['http']} ",
        "listen 443 ": f"listen {site.ports['https']} ",
        "server pages:8000;": f"server 127.0.0.1:{site.ports['pages']};",
        "server live:8001;": f"server 127.0.0.1:{site.ports['live']};",
        "/etc/nginx/certificates": f"{site.folder}",
        "/srv/static/": f"{site.folder}/static/",
        "/srv/files/": f"{site.folder}/files/",
        "pid /tmp/nginx.pid": f"pid {site.folder}/nginx.pid",
        "access_log off;": f"log_format asked '$uri $upstream_addr'; access_log {site.folder}/asked asked;",
    }
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for ours, here in changes.items():
        assert ours in text, ours
        text = text.replace(ours, here)
    # Its workers would give up being root, and then not get into a folder that pytest made for root.
    user = "user root;\n" if os.getuid() == 0 else ""
    (site.folder / "nginx.conf").write_text(user + text)
    return site.folder / "nginx.conf"


def certify(folder):
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    files = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)


def test_pages_come_safely(site):
    door = site.get("/accounts/login/")
    assert door.status == 200
    assert int(re.search(r"max-age=(\d+)", door.headers["Strict-Transport-Security"])[1]) > 86_400
    assert all("Secure" in cookie for cookie in door.headers.get_all("Set-Cookie"))
    assert "demo" not in door.body.decode().lower()


def test_what_is_not_encrypted_is_sent_to_what_is(site):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *arguments):
            return None

    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.build_opener(Stay).open(f"http://localhost:{site.ports['http']}/plans/")
    with answer.value:
        assert (answer.value.code, answer.value.headers["Location"]) == (308, "https://localhost/plans/")


def test_the_style_is_kept_for_ever_and_small(site):
    path = re.search(r'href="(/static/dist/app\.\w+\.css)"', site.get("/accounts/login/").body.decode())[1]
    style = site.get(path, **{"Accept-Encoding": "gzip"})
    assert style.status == 200
    assert "immutable" in style.headers["Cache-Control"]
    assert b"{" in gzip.decompress(style.body)


def test_each_address_is_answered_by_the_process_it_belongs_to(site):
    text = uuid.uuid4()
    for path, process in [("/accounts/login/", "pages"), ("/api/v1/texts", "pages"), (f"/texts/{text}/", "live")]:
        assert site.get(path).status < 500
        assert site.process_of(path) == process


def test_a_socket_reaches_the_live_process_and_strangers_get_no_further(site):
    path = f"/ws/texts/{uuid.uuid4()}/?schema=1"
    with pytest.raises((ConnectionClosed, InvalidStatus)) as refused:
        asyncio.run(first_word(site, path))
    assert reason(refused.value) in (403, 4401, 4403, 4404)
    assert site.process_of(path.partition("?")[0]) == "live"


async def first_word(site, path) -> str | bytes:
    """Not with the library's client of two threads: one reads nginx's session tickets from the TLS connection while the
    other sends the request through it, which OpenSSL forbids. Now and then the request was lost, nginx waited 60 s for
    it, and that looked like a site that does not answer."""
    address = f"wss://localhost:{site.ports['https']}{path}"
    async with connect(address, ssl=site.trust, origin=site.url, compression=None) as socket, asyncio.timeout(10):
        return await socket.recv()


def reason(refusal) -> int:
    return refusal.response.status_code if isinstance(refusal, InvalidStatus) else refusal.rcvd.code


@pytest.mark.parametrize("part", ["pages", "live", "worker", "beat"])
def test_each_part_says_that_it_is_well(site, part):
    port = {"PORT": str(site.ports[part])} if part in site.ports else {}
    command = [sys.executable, "deploy/healthy.py", part]
    variables = environment(**site.variables, **port)
    wait_until(lambda: subprocess.run(command, cwd=ROOT, env=variables, capture_output=True).returncode == 0)


def test_a_part_that_is_gone_is_not_well(site):
    command = [sys.executable, "deploy/healthy.py", "pages"]
    gone = subprocess.run(
        command, cwd=ROOT, env=environment(**site.variables, PORT=str(free_port())), capture_output=True
    )
    assert gone.returncode == 1


MAKE_A_PHOTO = """
import datetime
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.conf import settings
from bpl.tests.cast import NOW, TODAY, build
from internships.actions.learning import write_journal
from internships.tests.factories import a_begun_placement, a_photo

cast = build()
placement = a_begun_placement(cast, mentor="moira")
entry = write_journal(placement=placement, date=TODAY, text="Hull.", by=cast.sam, now=NOW)
photo = a_photo(entry)
session = SessionStore()
session[SESSION_KEY] = str(cast.sam.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
session[HASH_SESSION_KEY] = cast.sam.get_session_auth_hash()
session.create()
print(f"{session.session_key} /students/{placement.student_id}/internship/{placement.pk}/ {photo.pk} {photo.file.path}")
"""


def test_a_photo_is_sent_by_nginx_to_whoever_the_site_lets_have_it(site):
    made = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", MAKE_A_PHOTO], cwd=ROOT, capture_output=True,
        env=environment(**site.variables), text=True, check=True,
    ).stdout.split()  # fmt: skip
    session, page, photo, path = made[-4:]
    cookie = {"Cookie": f"sessionid={session}"}
    sent = site.get(f"{page}photos/{photo}/", **cookie)
    assert (sent.status, sent.headers["Content-Type"]) == (200, "image/jpeg")
    assert sent.body == (site.folder / "files" / path).read_bytes()
    assert "sandbox" in sent.headers["Content-Security-Policy"] and sent.headers["Cache-Control"] == "no-store"
    assert site.get(f"/_files/{path}", **cookie).status == 404
    assert not site.get(f"{page}photos/{photo}/").body.startswith(b"\xff\xd8")


def test_a_photo_that_is_too_large_reaches_the_site_which_answers_in_a_sentence(site):
    """Anything else of that size is turned away by nginx, without a page around it."""
    body = b"0" * (40 * 1024 * 1024)
    for path, status in (("/students/1/internship/1/journal/", 403), ("/students/1/internship/1/visit/", 413)):
        request = urllib.request.Request(f"{site.url}{path}", data=body, method="POST")
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(request, context=site.trust, timeout=60)
        with answer.value:
            assert answer.value.code == status
