"""One large file in pieces, cut off and gone on with, against the server that production starts.

What it takes of the web process's memory, how quick it is beside writing the same bytes to the same disk, and whether
what arrived is what was sent. The file is noise, so that nothing is spent on cleaning it.
"""

import base64
import contextlib
import hashlib
import http.client
import json
import os
import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.command import say
from bench.page.databases import PostgreSQL, Refused
from bench.page.measuring import services
from bench.page.servers import THREADS, Ours
from bench.processes import memory
from bench.rows import Row

MIB = 1024 * 1024
PIECE = 4 * MIB
# In MiB. What the first pieces load is there for all that follow.
MOST_MORE, WARM = 8, 5
SEED = 7
WHO = """
import json
from django.conf import settings
from django.test import Client
from django.urls import reverse
from students.models import Student
student = Student.objects.filter(user__username__isnull=False).first()
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(student.user)
page = reverse("exhibitions:evidence", args=[student.pk])
client.get(page, secure=True)
cookies = {name: client.cookies[name].value for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)}
print(json.dumps({"page": page, "cookies": cookies, "token": cookies[settings.CSRF_COOKIE_NAME]}))
"""
LOOK = """
import json, sys
from django.utils import timezone
from files.looking import look_at
from files.models import Upload
upload = Upload.objects.latest("created_at")
look_at(upload_id=upload.pk, now=timezone.now())
upload.refresh_from_db()
print(json.dumps({"sha256": upload.sha256, "refused": upload.refused, "pieces": upload.pieces.count()}))
"""


def add_options(parser) -> None:
    parser.add_argument("--size", type=int, default=2048, metavar="MIB", help="how large the file is")
    parser.add_argument("--cuts", type=int, default=20, help="how often a piece breaks off")


def run(options) -> list[Row]:
    try:
        with contextlib.ExitStack() as stack:
            return _run(options, stack)
    except Refused as refused:
        sys.exit(str(refused))


def _run(options, stack) -> list[Row]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="throughline-bench-")))
    url, redis_url = stack.enter_context(services())
    server = PostgreSQL(url, f"throughline_bench_{os.getpid()}")
    stack.callback(server.close)
    server.make("uploads")
    stack.callback(server.drop, "uploads")
    site = Ours(server, "uploads", folder, redis_url)
    say("making the database ...")
    site.prepare(["--size", "school"], True)
    who = json.loads(site.run(sys.executable, "manage.py", "shell", "--no-imports", "-c", WHO))
    with site.serve() as serving:
        _warm(serving.port, who)
        sender = Sender(serving.port, who)
        sent = _send(sender, serving, options)
    say("looking at what arrived ...")
    began = time.perf_counter()
    arrived = json.loads(site.run(sys.executable, "manage.py", "shell", "--no-imports", "-c", LOOK))
    looked = time.perf_counter() - began
    floor = _written(folder / "floor", options.size)
    is_whole, more = arrived["sha256"] == sent.sha256, sent.more / MIB
    also = {"size": f"{options.size} MiB", "cuts": options.cuts}
    return [
        Row("time", sent.seconds, "s", sent.seconds / floor, "writing the same bytes", also=also),
        Row("speed", options.size / sent.seconds, "MiB/s", also=also),
        Row("memory more, at most", more, "MiB", also=also, target=MOST_MORE, met=more <= MOST_MORE),
        Row("requests", sent.requests, "", also=also),
        Row("sent twice", 100 * (sent.bytes / (options.size * MIB) - 1), "%", also=also),
        Row("arrived whole", int(is_whole), "", also=also, target=1, met=is_whole),
        Row("put together and looked at", looked, "s", also=also),
    ]


@dataclass
class Sent:
    seconds: float
    more: int
    requests: int
    bytes: int
    sha256: str


class Sender:
    """A browser that sends one file."""

    def __init__(self, port: int, who: dict):
        self.port, self.page, self.requests = port, who["page"], 0
        cookies = "; ".join(f"{name}={value}" for name, value in who["cookies"].items())
        self.headers = {
            "Cookie": cookies, "X-CSRFToken": who["token"], "X-Forwarded-Proto": "https", "Tus-Resumable": "1.0.0",
            "Referer": f"https://127.0.0.1:{port}/",
        }  # fmt: skip
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, method: str, path: str, body=b"", **headers) -> http.client.HTTPResponse:
        said = self.headers | {name.replace("_", "-"): str(value) for name, value in headers.items()}
        self.requests += 1
        self.connection.request(method, path, body=body or None, headers=said)
        answer = self.connection.getresponse()
        answer.read()
        return answer

    def begin(self, length: int) -> str:
        name = base64.b64encode(b"film.mp4").decode()
        answer = self.ask("POST", f"{self.page}uploads/", Upload_Length=length, Upload_Metadata=f"filename {name}")
        if answer.status != 201:
            raise Refused(f"The upload was answered {answer.status}.")
        return answer.headers["Location"]

    def break_off(self, path: str, body: bytes, offset: int, after: int) -> None:
        """The connection dies after so many bytes of a piece."""
        broken = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        broken.putrequest("PATCH", path)
        said = self.headers | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        for name, value in (said | {"Content-Length": str(len(body))}).items():
            broken.putheader(name, value)
        broken.endheaders()
        broken.send(body[:after])
        broken.close()


def _warm(port: int, who: dict) -> None:
    """Each of the server's threads has had its turn, and has its connection to the database."""
    with ThreadPoolExecutor(2 * THREADS) as threads:
        for _asked in threads.map(lambda _n: Sender(port, who).ask("GET", who["page"]), range(8 * THREADS)):
            pass


def _send(sender: Sender, serving, options) -> Sent:
    draw, digest, length = random.Random(SEED), hashlib.sha256(), options.size * MIB
    block = draw.randbytes(PIECE)
    path, offset, hashed, sent = sender.begin(length), 0, 0, 0
    cuts = set(draw.sample(range(length // PIECE), min(options.cuts, length // PIECE)))
    before, peak, pieces = 0, 0, 0
    began = time.perf_counter()
    while offset < length:
        body = _bytes_at(block, offset, min(PIECE, length - offset))
        if offset + len(body) > hashed:
            digest.update(body[hashed - offset :])
            hashed = offset + len(body)
        if offset // PIECE in cuts:
            cuts.discard(offset // PIECE)
            sender.break_off(path, body, offset, draw.randrange(1, len(body)))
            sent += len(body)
            offset = int(sender.ask("HEAD", path).headers["Upload-Offset"])
            continue
        answer = sender.ask("PATCH", path, body, Upload_Offset=offset, Content_Type="application/offset+octet-stream")
        if answer.status == 409:
            # What broke off arrived after it was asked for.
            offset = int(sender.ask("HEAD", path).headers["Upload-Offset"])
            continue
        offset, sent = int(answer.headers["Upload-Offset"]), sent + len(body)
        pieces += 1
        if pieces == WARM:
            before = memory([serving.pid])
        peak = max(peak, memory([serving.pid]))
    return Sent(time.perf_counter() - began, max(peak - before, 0), sender.requests, sent, digest.hexdigest())


def _bytes_at(block: bytes, offset: int, size: int) -> bytes:
    """The file is the block again and again, each time begun with its number."""
    found = bytearray()
    while len(found) < size:
        at = offset + len(found)
        number, within = divmod(at, PIECE)
        whole = number.to_bytes(8, "big") + block[8:]
        found += whole[within : within + size - len(found)]
    return bytes(found)


def _written(path: Path, size: int) -> float:
    block = os.urandom(PIECE)
    began = time.perf_counter()
    with path.open("wb") as file:
        for _ in range(size * MIB // PIECE):
            file.write(block)
        os.fsync(file.fileno())
    path.unlink()
    return time.perf_counter() - began
