from django.utils import translation
from django.utils.cache import add_never_cache_headers


class PersonalPagesMiddleware:
    """Pages of a signed-in person are in that person's language and are kept by no browser or proxy.

    A shared Chromebook must not show the last person's page after Back.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = self._language(request)
        request.LANGUAGE_CODE = language
        # For this request alone: what the thread does next may be for somebody who reads another language.
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if request.user.is_authenticated and not request.path.startswith("/static/"):
            add_never_cache_headers(response)
            response.headers["Cache-Control"] = "no-store"
        return response

    def _language(self, request):
        chosen = request.user.language if request.user.is_authenticated else ""
        if chosen and translation.check_for_language(chosen):
            return chosen
        return translation.get_language_from_request(request)
