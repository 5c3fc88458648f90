"""The bytes of a stored file as an answer. The view that calls this has passed the door to whatever they belong to."""

import re

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.utils.http import content_disposition_header

from files.models import Kind, StoredFile

# A file that a browser would still run as a page could do nothing. (In a sandbox Chromium shows no PDF.)
NOTHING = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
A_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
# What a browser may show in place; the rest is saved.
SHOWN = (Kind.PHOTO, Kind.VIDEO, Kind.AUDIO, Kind.PDF, Kind.TEXT)
PART = 256 * 1024


def answer(request, stored: StoredFile, *, small=False) -> HttpResponseBase:
    """The file itself, a range of it where one is asked for, or behind nginx the name under which nginx has it
    (deploy/nginx.conf). 404 where it is gone, or has no small picture.

    Where a store signs addresses (files/stores.py) the browser is sent on to one. The store answers for ranges and for
    what is gone, with our type and disposition, but says no policy and no `nosniff`. That is harmless under another
    name, which bpl/settings.py asks for: no cookie of ours goes there, and of what we keep nothing is a page.
    """
    if small and not stored.has_small:
        raise Http404
    path = stored.small_path if small else stored.path
    content_type = "image/jpeg" if small else stored.content_type
    is_shown = small or stored.kind in SHOWN
    disposition = content_disposition_header(not is_shown, _name(stored))
    if hasattr(stored.store, "signed"):
        return _sent_on(stored.store.signed(path, content_type=content_type, disposition=disposition))
    if settings.FILES_INTERNAL:
        response = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = f"{settings.FILES_INTERNAL}{path}"
    else:
        response = _sent(request, stored, path, content_type)
    response["Content-Disposition"] = disposition
    response["Content-Security-Policy"] = A_PDF if stored.kind == Kind.PDF and not small else NOTHING
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _sent_on(address) -> HttpResponseBase:
    response = HttpResponseRedirect(address)
    # A browser that kept this would ask for bytes past the door.
    response["Cache-Control"] = "no-store"
    return response


def _name(stored) -> str:
    """As it was called, with the ending of what it is."""
    stem = stored.name.rsplit(".", 1)[0] if "." in stored.name else stored.name
    return f"{stem}.{stored.extension}"


def _sent(request, stored, path, content_type) -> HttpResponseBase:
    try:
        size = stored.store.size(path)
    except FileNotFoundError:
        raise Http404 from None
    wanted = _range(request.headers.get("Range", ""), size)
    first, last = wanted or (0, size - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    parts = _parts_later if isinstance(request, ASGIRequest) else _parts
    response = StreamingHttpResponse(
        parts(stored.store, path, first, last - first + 1), content_type=content_type, status=206 if wanted else 200
    )
    response["Accept-Ranges"], response["Content-Length"] = "bytes", last - first + 1
    if wanted:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _range(header: str, size: int) -> tuple[int, int] | None:
    """The one range that is asked for (RFC 9110, 14.1.2), cut to the file; None for the whole, as for several."""
    found = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", header.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _parts(store, path, first, left):
    with store.open(path) as file:
        file.seek(first)
        while left > 0 and (part := file.read(min(PART, left))):
            left -= len(part)
            yield part


async def _parts_later(store, path, first, left):
    """The same where the answer is awaited; the disk is read in a thread."""
    file = await sync_to_async(store.open)(path)
    read, close = sync_to_async(file.read), sync_to_async(file.close)
    try:
        await sync_to_async(file.seek)(first)
        while left > 0 and (part := await read(min(PART, left))):
            left -= len(part)
            yield part
    finally:
        await close()
