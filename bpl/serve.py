"""The whole site in one process: what `bin/run` starts once its environment is there."""

import contextlib
import os
import signal
import socket
import sys
from urllib.parse import urlsplit

import django
import uvicorn
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


class Refusal(Exception):
    """Why the site does not start, for the person who started it."""


def main() -> int:
    # A stop is asked for by Ctrl-C or by SIGTERM; both end the same way.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        serve(os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000"))
    except KeyboardInterrupt:
        say("\nStopped.")
    except Refusal as refusal:
        say(f"{refusal}")
        return 1
    return 0


def serve(host: str, port: str) -> None:
    """Raises Refusal where the port, the settings or the database will not do."""
    # The port comes before anything that is slow.
    with listen(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}"
        prepare_settings(address)
        prepare_database()
        with background():
            server = site()
            announce(address)
            server.run(sockets=[listening])


def listen(host: str, port: str) -> socket.socket:
    if not port.isdigit() or int(port) > 65535:
        raise Refusal(f"PORT is “{port}”, which is no port. Take a number up to 65535: PORT=8001 bin/run")
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, int(port)))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        raise Refusal(
            f"Port {port} on {host} cannot be used: {error.strerror or error}. "
            "Perhaps another program has it. Choose another one: PORT=8001 bin/run"
        ) from None
    return listening


def prepare_settings(address: str) -> None:
    """Fill in what the settings read and nobody set, then load them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpl.settings")
    os.environ.setdefault("SITE_URL", address)
    os.environ["UNDER_ASGI"] = "1"
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Refusal(f"{error}") from None
    try:
        (settings.VAR / "mail").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _no_place(error) from None
    if settings.DEBUG and "ALLOWED_HOSTS" not in os.environ:
        settings.ALLOWED_HOSTS.append(urlsplit(address).hostname)


def prepare_database() -> None:
    """Bring the tables up to date; where nobody lives yet, a demo school moves in."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            say("Preparing the database ...")
            call_command("migrate", verbosity=0, interactive=False)
        if settings.DEMO and not get_user_model().objects.exists():
            say("Moving a demo school in ...")
            call_command("load_demo")
    except OperationalError as error:
        raise Refusal(f"The database does not answer: {error}") from None


def _no_place(error: OSError) -> Refusal:
    return Refusal(
        f"Nothing can be written under {settings.VAR}: {error.strerror}. Choose another place: VAR=/path/to/it bin/run"
    )


def background() -> contextlib.AbstractContextManager:
    """The worker and the beat, which no other process can be where there is no Redis."""
    if settings.REDIS_URL:
        return contextlib.nullcontext()
    from bpl.embedded import worker_and_beat

    return worker_and_beat(settings.VAR / "beat")


def site() -> uvicorn.Server:
    from bpl.asgi import application

    # Compressing frames of twenty bytes costs more than it saves. A long poll may wait 25 s: stopping does not wait.
    config = uvicorn.Config(
        application, log_level="warning", lifespan="on", ws="websockets-sansio", ws_per_message_deflate=False,
        timeout_graceful_shutdown=2, server_header=False,
    )  # fmt: skip
    return uvicorn.Server(config)


def announce(address: str) -> None:
    say(f"\nThroughline is at {address}/")
    if settings.DEMO:
        from demo.schools import DOMAIN, PASSWORD

        hats = "student parent mentor adviser coordinator safeguarding lead network".split()
        say("Sign in as " + ", ".join(f"{hat}@{DOMAIN}" for hat in hats))
        say(f"with the password {PASSWORD}. What it e-mails is in {settings.VAR / 'mail'}.")
    say("Ctrl-C stops it.\n")


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
