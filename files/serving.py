"""The bytes of a stored file as an answer. The view that calls this has passed the door to whatever they belong to."""

from django.conf import settings
from django.http import Http404, HttpResponse

from files.models import StoredFile

# A file that a browser would still run as a page could do nothing.
NOTHING = "default-src 'none'; sandbox"


def answer(stored: StoredFile, *, small=False) -> HttpResponse:
    """The file itself, or behind nginx the name under which nginx has it (deploy/nginx.conf). 404 where it is gone."""
    path = stored.small_path if small else stored.path
    if settings.FILES_INTERNAL:
        response = HttpResponse(content_type=stored.content_type)
        response["X-Accel-Redirect"] = f"{settings.FILES_INTERNAL}{path}"
    else:
        response = HttpResponse(_read(stored, path), content_type=stored.content_type)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = NOTHING
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _read(stored, path) -> bytes:
    # Whole: a cleaned photo is a megabyte or two, and a stream would be another one under WSGI than under ASGI.
    try:
        with stored.store.open(path) as file:
            return file.read()
    except FileNotFoundError:
        raise Http404 from None
