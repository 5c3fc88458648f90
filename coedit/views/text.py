from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from coedit.access import load_text, may_write
from coedit.actions import TextError, write
from coedit.document import load
from coedit.forms import WriteForm
from coedit.markdown import to_markdown
from common.forms import refuse


def show(request, text_id):
    """One text by itself: a form for those who may write it, a page to read for the others."""
    text = load_text(request, text_id, write=request.method == "POST")
    if request.method == "POST":
        return _save(request, text)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "POST"])
    if not may_write(text, request.standing):
        return render(request, "coedit/read.html", {"text": text, "student": text.student})
    document = load(text.pk)
    words = {"markdown": to_markdown(document.tree()), "base_id": document.last_id, "next": request.GET.get("next", "")}
    return _page(request, text, WriteForm(initial=words, language=text.language))


def _page(request, text, form):
    return render(request, "coedit/write.html", {"text": text, "student": text.student, "form": form})


def _save(request, text):
    form = WriteForm(request.POST, language=text.language)
    if not form.is_valid():
        return _page(request, text, form)
    words = form.cleaned_data
    try:
        write(text=text, markdown=words["markdown"], base_id=words["base_id"], by=request.user, now=timezone.now())
    except TextError as error:
        refuse(form, error, "markdown")
        return _page(request, text, form)
    messages.success(request, _("Saved."))
    return redirect(_onward(request, words["next"]) or reverse("coedit:text", args=[text.pk]))


def _onward(request, address):
    """Where the writer came from, if that is a page of this site."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if address and safe else ""
