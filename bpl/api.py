"""The JSON API: the same door and the same rules as the pages, for programs that act as the person who is signed in."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from ninja import NinjaAPI
from ninja.security import django_auth

import coedit.api
import students.api

api = NinjaAPI(title="Throughline", urls_namespace="api", auth=django_auth, docs_url=None, openapi_url=None)
api.add_router("students", students.api.router)
api.add_router("texts", coedit.api.router)


@api.exception_handler(PermissionDenied)
def may_not(request, error):
    return api.create_response(request, {"detail": "Forbidden"}, status=403)


def urls():
    """The API's addresses. Programs are answered 401, not sent to a page to sign in."""
    patterns, *names = api.urls
    for pattern in patterns:
        if pattern.name == "api-root":
            continue
        pattern.callback = login_not_required(pattern.callback)
    return patterns, *names
