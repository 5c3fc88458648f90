from django.conf import settings


def site(request):
    return {
        "demo": settings.DEMO,
        "can": getattr(request, "can", frozenset()),
        "standing": getattr(request, "standing", None),
    }
