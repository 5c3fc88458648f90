from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notices.access import digest_of, notices_of, unread_count
from notices.actions import reading
from notices.addresses import is_local
from notices.forms import AllReadForm, DigestForm

PER_PAGE = 30


@require_safe
def index(request):
    """What is new, the newest first; `?all=1` shows what was read too."""
    everything = "all" in request.GET
    found = notices_of(request.user)
    page = Paginator(found if everything else found.unread(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "everything": everything, "unread": unread_count(request), "now": timezone.now().isoformat(),
    }  # fmt: skip
    return render(request, "notices/index.html", context)


@require_POST
def follow(request, notice_id):
    """Open what a notice is about: it is read with that."""
    notice = get_object_or_404(notices_of(request.user), pk=notice_id)
    reading.mark_read(notice=notice, by=request.user, now=timezone.now())
    return redirect(notice.url if is_local(notice.url) else "notices:index")


@require_POST
def read(request, notice_id):
    notice = get_object_or_404(notices_of(request.user), pk=notice_id)
    reading.mark_read(notice=notice, by=request.user, now=timezone.now())
    return redirect("notices:index")


@require_POST
def read_all(request):
    form = AllReadForm(request.POST)
    if form.is_valid():
        reading.mark_all_read(by=request.user, until=form.cleaned_data["until"], now=timezone.now())
    return redirect("notices:index")


def settings(request):
    """How often e-mail comes. The same form stands on the page about oneself."""
    form = DigestForm(request.POST or None, initial={"digest": digest_of(request.user)})
    if request.method == "POST" and form.is_valid():
        reading.choose_digest(user=request.user, digest=form.cleaned_data["digest"])
        messages.success(request, _("Saved. We write to you as you chose."))
        return redirect("notices:settings")
    return render(request, "notices/settings.html", {"form": form, "digest": digest_of(request.user)})
