"""The same over plain HTTP, for networks that block WebSockets: a POST of updates, a long poll for the others'."""

import asyncio
import base64
import binascii
import datetime
import os
import time
from contextlib import suppress

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import connection, transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from coedit.access import load_text, may_write
from coedit.document import TooManyWaiting, load
from coedit.live import limits
from coedit.live.door import Pass, Visitor, admit
from coedit.live.hub import hub_here
from coedit.log import append_all, lock
from coedit.models import Text, Update
from coedit.ranges import OutsideSchema, read_update
from coedit.wire import EMPTY_STATE, NO_CHANGE, Close, Malformed, Reader, read_state


class Refusal(Exception):
    """Answered as JSON with this status."""

    def __init__(self, status: int, sentence: str):
        super().__init__(sentence)
        self.status = status


@csrf_exempt  # checked in `_answer`, which refuses in JSON
@login_not_required  # so is being signed in
async def updates(request, text_id):
    try:
        response = await _answer(request, text_id)
    except Refusal as refusal:
        response = JsonResponse({"error": str(refusal)}, status=refusal.status)
    add_never_cache_headers(response)
    response.headers["Cache-Control"] = "no-store"
    return response


async def _answer(request, text_id):
    if not (await request.auser()).is_authenticated:
        raise Refusal(401, _("Please sign in again. What you wrote is kept in this browser."))
    if request.method == "POST":
        return _bare(*await sync_to_async(_receive)(request, text_id))
    if request.method == "GET":
        return await _send(request, text_id)
    return HttpResponse(status=405, headers={"Allow": "GET, POST"})


def _bare(update, last_id):
    # The ETag is for clients that want to be told of deletions alone, which a state vector does not show.
    headers = {"ETag": f'"{last_id}"'}
    return HttpResponse(update, content_type="application/octet-stream", headers=headers)


# What a client sends.


def _receive(request, text_id):
    _check_token(request)
    text = _load(request, text_id, write=True)
    state = _state(request.headers.get("X-State-Vector", ""))
    try:
        document = _append(request, text, _split(_body(request)))
    except (Malformed, OutsideSchema):
        raise Refusal(422, _("These words cannot be kept here.")) from None
    except TooManyWaiting:
        raise Refusal(409, _("Something must be sent first.")) from None
    return document.difference(state), document.last_id


@transaction.atomic
def _append(request, text, sent):
    # Under the lock, so that a text that is frozen now takes nothing more.
    if not may_write(lock([text.pk])[text.pk], request.standing):
        raise Refusal(403, _("You may read this text, but not write in it."))
    return append_all(text=text, updates=sent, user_id=request.user.pk, at=timezone.now())


class _Csrf(CsrfViewMiddleware):
    def _reject(self, request, reason):
        return reason


def _check_token(request):
    check = _Csrf(lambda request: None)
    check.process_request(request)
    if check.process_view(request, None, (), {}):
        raise Refusal(403, _("Please reload the page. What you wrote is kept in this browser."))


def _load(request, text_id, write=False) -> Text:
    try:
        return load_text(request, text_id, write=write)
    except Http404:
        raise Refusal(404, _("This text is gone, or not for you.")) from None
    except PermissionDenied:
        raise Refusal(403, _("You may read this text, but not write in it.")) from None


def _body(request) -> bytes:
    try:
        body = request.body
    except RequestDataTooBig:
        raise Refusal(413, _("That is too much at once.")) from None
    if len(body) > limits.LARGEST_STEP2:
        raise Refusal(413, _("That is too much at once."))
    return body


def _split(body) -> list[bytes]:
    reader, found = Reader(body), []
    while reader.at < len(body):
        found.append(reader.bytes())
        if len(found[-1]) > limits.LARGEST_UPDATE:
            raise Refusal(413, _("That is too much at once."))
    return found


def _state(typed: str) -> bytes:
    """A state vector in base64url, with or without padding."""
    if not typed:
        return EMPTY_STATE
    try:
        state = base64.urlsafe_b64decode(typed + "=" * (-len(typed) % 4))
        read_state(state)
    except (ValueError, binascii.Error):
        raise Refusal(422, _("These words cannot be kept here.")) from None
    return state


# What a client is sent.


async def _send(request, text_id):
    """The difference at once where there is one; else as soon as somebody writes, or nothing after `wait` seconds."""
    wait, state, seen = _seconds(request.GET.get("wait", "")), _state(request.GET.get("sv", "")), _seen(request)
    update, last_id, is_new = await sync_to_async(_difference)(request, text_id, state, seen)
    if not is_new and wait:
        if not await _watch(text_id, last_id, wait):
            return HttpResponse(status=204)
        await sync_to_async(_ask_again)(request, text_id)
        update, last_id, _is_new = await sync_to_async(_difference)(request, text_id, state, seen)
    return HttpResponse(status=204) if update == NO_CHANGE else _bare(update, last_id)


def _ask_again(request, text_id):
    """While they waited the reader may have left the team or the school's staff, or been signed out; what the request
    knows of them is older."""
    answer = admit(Visitor(request.session.session_key, text_id))
    if answer is Close.SESSION_ENDED:
        raise Refusal(401, _("Please sign in again. What you wrote is kept in this browser."))
    if not isinstance(answer, Pass):
        raise Refusal(404, _("This text is gone, or not for you."))


def _seconds(typed: str) -> int:
    return min(int(typed), limits.LONGEST_POLL) if typed.isascii() and typed.isdigit() else 0


def _seen(request) -> int | None:
    """The row that the client says it has seen, if it says so."""
    tag = request.headers.get("If-None-Match", "").removeprefix("W/").strip('"')
    return int(tag) if tag.isascii() and tag.isdigit() else None


def _difference(request, text_id, state, seen):
    text = _load(request, text_id)
    document = load(text.pk)
    update = document.difference(state)
    return update, document.last_id, _is_new(text, document.last_id, update, seen)


def _is_new(text, last_id, update, seen) -> bool:
    if seen is not None:
        return last_id > seen
    contents = read_update(update)
    if contents.sections or not contents.deletes:
        return bool(contents.sections)
    # A state vector shows no deletions: a client that polls on has heard of all but the latest.
    since = timezone.now() - datetime.timedelta(seconds=limits.LONGEST_POLL + 5)
    return Update.objects.filter(text=text, at__gt=since).exists()


async def _watch(text_id, last_id: int, wait: int) -> bool:
    """Wait for rows after `last_id`; False if none came. Holds no connection meanwhile."""
    hub, event = hub_here(), asyncio.Event()
    if hub.count_watchers() >= limits.FALLBACKS_A_CORE * (os.cpu_count() or 1):
        raise Refusal(503, _("Too many people are writing this way. It goes on in a moment."))
    room = hub.room(text_id)
    room.watchers.add(event)
    until = time.monotonic() + wait
    try:
        while (left := until - time.monotonic()) > 0:
            await sync_to_async(_release)()
            with suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), min(left, limits.POLL_EVERY))
                await asyncio.sleep(limits.POLL_GATHERS)
            event.clear()
            if await sync_to_async(_last_id)(text_id) > last_id:
                return True
        return False
    finally:
        room.stop_watching(event)


def _release():
    if not connection.in_atomic_block:
        connection.close()


def _last_id(text_id) -> int:
    return Text.objects.values_list("last_update_id", flat=True).get(pk=text_id)
