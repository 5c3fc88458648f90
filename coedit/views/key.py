from django.http import JsonResponse
from django.views.decorators.http import require_safe

from coedit.keys import key_of


@require_safe
def key(request):
    """The signed-in person's own key for words kept in this browser; nobody else is given it."""
    return JsonResponse({"key": key_of(request.user), "person": request.user.pk})
