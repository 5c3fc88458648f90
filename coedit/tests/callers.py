"""Browsers behind a network that lets only plain requests through."""

import base64
import contextlib
import http.client
import threading

from django.db import connection
from django.test import Client

from coedit.render import to_plain
from coedit.tree import insert, new_doc, paragraph, read_tree, root_of
from coedit.wire import var_bytes


class Caller:
    def __init__(self, user, text, **how):
        self.client = Client(**how)
        if user:
            self.client.force_login(user)
        self.doc = new_doc()
        self.address = f"/texts/{text.pk}/updates"

    def state(self):
        return base64.urlsafe_b64encode(self.doc.get_state()).decode().rstrip("=")

    def post(self, *updates, **headers):
        body = b"".join(map(var_bytes, updates))
        return self.client.post(
            self.address, body, "application/octet-stream", headers={"X-State-Vector": self.state()} | headers
        )

    def get(self, query="", **headers):
        return self.client.get(f"{self.address}?sv={self.state()}{query}", headers=headers)

    def write(self, words):
        before = self.doc.get_state()
        insert(root_of(self.doc), 0, [paragraph(words)])
        return self.take(self.post(self.doc.get_update(before)))

    def take(self, response):
        if response.status_code == 200:
            self.doc.apply_update(response.content)
        return response

    @property
    def text(self):
        return to_plain(read_tree(self.doc))


def wait_for_news(server, caller):
    """Ask the real server, which is where the sockets are; the test's own client has no part in their rooms."""
    cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in caller.client.cookies.items())
    with contextlib.closing(http.client.HTTPConnection(server.address, timeout=30)) as browser:
        browser.request("GET", f"{caller.address}?sv={caller.state()}&wait=20", headers={"Cookie": cookies})
        response = browser.getresponse()
        return response.status, response.read()


@contextlib.contextmanager
def soon(action):
    """Do something half a second from now, beside what the test does."""

    def act():
        action()
        connection.close()

    timer = threading.Timer(0.5, act)
    timer.start()
    yield
    timer.join()
