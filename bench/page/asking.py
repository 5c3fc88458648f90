"""One client that asks for a page again and again over one connection, and what a slice of that cost."""

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass

WARM = 3


@dataclass(frozen=True)
class Slice:
    """`cpu` is seconds a request, of the server and the database; `waits` are seconds of each request."""

    cpu: float
    waits: list[float]


class Browser:
    """Signed in as one person; a kept connection, as a browser has one."""

    def __init__(self, port: int, cookie: str):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        # The server stands behind a proxy that speaks TLS.
        self._headers = {"Cookie": cookie, "X-Forwarded-Proto": "https"}

    def get(self, path: str) -> bytes:
        try:
            response = self._answer(path)
        except ConnectionError:
            # The server has closed a connection that rested while others were measured.
            self._connection.close()
            response = self._answer(path)
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}.")
        return body

    def _answer(self, path) -> http.client.HTTPResponse:
        self._connection.request("GET", path, headers=self._headers)
        return self._connection.getresponse()

    def close(self) -> None:
        self._connection.close()


def ask(browser: Browser, path: str, count: int, used: Callable[[], float]) -> Slice:
    """`count` requests after a few warm ones; `used` answers the CPU seconds that were used so far."""
    for _ in range(WARM):
        browser.get(path)
    before, waits = used(), []
    for _ in range(count):
        began = time.perf_counter()
        browser.get(path)
        waits.append(time.perf_counter() - began)
    return Slice((used() - before) / count, waits)
