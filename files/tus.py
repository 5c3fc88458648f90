"""The server's side of tus 1.0.0 (https://tus.io/protocols/resumable-upload): creation, termination, expiration.

Ours, because the libraries for Django keep files on one disk and know no door (docs/decisions/0017). The room above
answers POST with `created`; the rest is here. Nothing holds more of a file in memory than PART.
"""

import base64
import binascii
import re
import tempfile

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods

from files import doors
from files.limits import LARGEST, PIECE
from files.models import Upload
from files.uploads import Elsewhere, give_up, go_on

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
BYTES = "application/offset+octet-stream"
PART = 64 * 1024


def answer(status: int, words: str = "", **headers) -> HttpResponse:
    """An answer with what every answer of the protocol says."""
    response = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response[name.replace("_", "-")] = str(value)
    return response


def asked_for(request) -> tuple[str, int] | None:
    """(name, length) of the file that a POST announces; None where it says neither."""
    length = request.headers.get("Upload-Length", "")
    if not re.fullmatch(r"[0-9]{1,18}", length):
        return None
    return _metadata(request.headers.get("Upload-Metadata", "")).get("filename", "file"), int(length)


def _metadata(text: str) -> dict[str, str]:
    found = {}
    for pair in text.split(","):
        key, _space, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found


def created(upload: Upload, address: str) -> HttpResponse:
    return answer(201, Location=address, Upload_Offset=0, Upload_Expires=http_date(upload.expires_at.timestamp()))


@login_not_required
@require_http_methods(["HEAD", "PATCH", "DELETE", "OPTIONS"])
def upload(request, upload_id):
    """One upload, for its maker alone, as long as they may add to what it belongs to."""
    # A script follows no way to a page where one signs in.
    if not request.user.is_authenticated:
        return answer(401)
    if request.method == "OPTIONS":
        return answer(204, Tus_Version=VERSION, Tus_Extension=EXTENSIONS, Tus_Max_Size=LARGEST)
    found = Upload.objects.filter(pk=upload_id, by=request.user).first()
    if found is None or not doors.may_go_on(found, request):
        raise Http404
    if request.headers.get("Tus-Resumable", VERSION) != VERSION:
        return answer(412, Tus_Version=VERSION)
    if request.method == "DELETE":
        give_up(upload=found)
        return answer(204)
    if request.method == "HEAD":
        expires = http_date(found.expires_at.timestamp())
        return answer(200, Upload_Offset=found.offset, Upload_Length=found.length, Upload_Expires=expires)
    return _patched(request, found)


def _patched(request, found) -> HttpResponse:
    offset = request.headers.get("Upload-Offset", "")
    if request.content_type != BYTES:
        return answer(415)
    if not re.fullmatch(r"[0-9]{1,18}", offset):
        return answer(400)
    if int(request.headers.get("Content-Length") or 0) > PIECE:
        return answer(413)
    with tempfile.TemporaryFile() as piece:
        size = _read(request, piece)
        piece.seek(0)
        try:
            go_on(upload=found, offset=int(offset), piece=piece, size=size, now=timezone.now())
        except Elsewhere as error:
            return answer(409, str(error))
    return answer(204, Upload_Offset=found.offset, Upload_Expires=http_date(found.expires_at.timestamp()))


def _read(request, piece) -> int:
    """Write the body to `piece`; of one that breaks off, what arrived, which then need not be sent again."""
    size = 0
    try:
        while (part := request.read(PART)) and size < PIECE:
            piece.write(part)
            size += len(part)
    except UnreadablePostError:
        pass
    return size
