import functools

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from common.pdf import pdf
from exhibitions import profile as profiles
from exhibitions.access import evidence_seen
from exhibitions.actions import profile as actions
from exhibitions.actions.profile import ProfileError
from exhibitions.forms.profile import AboutForm, ShareForm, WordsForm
from exhibitions.models import Chosen, Exhibition
from exhibitions.seats import open_seats
from exhibitions.sharing import ending, secret_of
from schools.roles import Permission
from students.access import for_student

P = Permission


@for_student(P.PROFILE_SEE)
def show(request, student):
    """What the student has shown and chosen; the student's own page is where it is put together."""
    return _page(request, student)


def _page(request, student, about=None, words=None):
    """`about` and `words` are forms that did not go through."""
    profile = _seen(request, student, all_goals=True)
    with_addresses(profile, student.pk, "exhibitions:evidence_small", one="exhibitions:evidence_one")
    context = {"student": student, "profile": profile, "may_curate": P.PROFILE_CURATE in request.can, "at": "page"}
    if context["may_curate"]:
        for piece in profile.pieces:
            is_this = words is not None and words.instance.pk == piece.chosen.pk
            piece.chosen.form = words if is_this else WordsForm(instance=piece.chosen)
        context |= {"about_form": about or AboutForm(instance=profile.about), "offers": _offers(student, profile)}
        context["about_form"].helper.form_action = reverse("exhibitions:profile_about", args=[student.pk])
    return render(request, "exhibitions/profile.html", context)


def _seen(request, student, *, all_goals=False):
    seen, reads = evidence_seen(request, student), P.NARRATIVE_SEE in request.can
    # Who writes or judges it knows what was agreed before it is released.
    knows = bool(request.can & {P.NARRATIVE_WRITE, P.NARRATIVE_PROOF, P.EXHIBITION_LEAD})
    rates = open_seats(request.user, request.day).filter(exhibition__student=student, handed_in_at__isnull=True)
    knows = knows and not rates.exists()
    return profiles.profile_of(student, seen, narratives=reads, all_goals=all_goals, released=not knows)


def with_addresses(profile, of, small, *, file=None, one=None) -> None:
    """Say of each piece of evidence where its picture, its file and its page are: `of` is the first part of those
    addresses, `small`, `file` and `one` their names."""
    for evidence in profile.evidence:
        stored = evidence.file
        evidence.small_at = reverse(small, args=[of, evidence.pk]) if stored and stored.has_small else ""
        evidence.file_at = reverse(file, args=[of, evidence.pk]) if file and stored else ""
        evidence.page_at = reverse(one, args=[of, evidence.pk]) if one else ""


def _offers(student, profile) -> list[dict]:
    """What can be chosen and is not yet, by kind."""
    has = {(kind, getattr(one, f"{kind}_id")) for one in Chosen.objects.filter(student=student)
           for kind in profiles.KINDS}  # fmt: skip
    told = {piece.thing.exhibition_id for piece in profile.pieces if piece.kind == "narrative"}
    found = {
        "evidence": profiles.ready(student).select_related(None),
        "exhibition": Exhibition.objects.filter(student=student).select_related("window"),
        "placement": profiles.placements(student),
        "narrative": [one for one in profiles.released(student) if one.exhibition_id not in told],
    }
    names = {
        "evidence": _("Evidence"), "exhibition": _("Exhibitions"), "placement": _("Internships"),
        "narrative": _("Narratives"),
    }  # fmt: skip
    return [
        {"kind": kind, "name": names[kind], "things": things}
        for kind, rows in found.items() if (things := [one for one in rows if (kind, one.pk) not in has])
    ]  # fmt: skip


@require_POST
@for_student(P.PROFILE_CURATE)
def choose(request, student):
    """One button a thing: "evidence:12"."""
    kind, _colon, number = request.POST.get("what", "").partition(":")
    thing = _thing(request, student, kind, int(number)) if number.isdecimal() else None
    if thing is None:
        raise Http404
    try:
        chosen = actions.choose(student=student, thing=thing, by=request.user, now=timezone.now())
    except ProfileError as error:
        messages.error(request, str(error))
        return redirect("exhibitions:profile", student.pk)
    messages.success(request, _("It is in your profile. Say why, below it."))
    return _at(student, chosen)


def _at(student, chosen):
    """Back to where the student was on the page."""
    return redirect(f"{reverse('exhibitions:profile', args=[student.pk])}#piece-{chosen.pk}")


def _thing(request, student, kind, pk):
    rows = {
        "evidence": lambda: evidence_seen(request, student).filter(pk=pk).first(),
        "exhibition": lambda: Exhibition.objects.filter(student=student, pk=pk).first(),
        "placement": lambda: profiles.placements(student).filter(pk=pk).first(),
        "narrative": lambda: next((one for one in profiles.released(student) if one.pk == pk), None),
    }
    return rows[kind]() if kind in rows else None


@require_POST
@for_student(P.PROFILE_CURATE)
def arrange(request, student):
    """One button a piece: earlier, later, out."""
    what, _colon, number = request.POST.get("do", "").partition(":")
    if not number.isdecimal() or what not in ("up", "down", "out"):
        raise Http404
    chosen = Chosen.objects.filter(student=student, pk=number).first()
    if chosen is None:
        messages.info(request, _("That is not in your profile any more."))
    elif what == "out":
        actions.unchoose(chosen=chosen, by=request.user)
    else:
        actions.move(chosen=chosen, by_places=-1 if what == "up" else 1, by=request.user)
        return _at(student, chosen)
    return redirect("exhibitions:profile", student.pk)


@require_POST
@for_student(P.PROFILE_CURATE)
def say(request, student, chosen_id):
    chosen = get_object_or_404(Chosen, student=student, pk=chosen_id)
    form = WordsForm(request.POST, instance=chosen)
    if not form.is_valid():
        return _page(request, student, words=form)
    actions.say(chosen=chosen, words=form.cleaned_data["words"], by=request.user)
    messages.success(request, _("Saved."))
    return _at(student, chosen)


@require_POST
@for_student(P.PROFILE_CURATE)
def about(request, student):
    form = AboutForm(request.POST)
    if not form.is_valid():
        return _page(request, student, about=form)
    actions.tell_about(student=student, by=request.user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("exhibitions:profile", student.pk)


@for_student(P.PROFILE_CURATE)
def share(request, student):
    """The student's links: whom for, until when, how often opened; and the form that makes another."""
    form = ShareForm(request.POST or None, student=student, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            actions.share(student=student, by=request.user, on=request.day, now=timezone.now(), **form.cleaned_data)
        except ProfileError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("The link is below. Copy it, and send it to whom you like."))
            return redirect("exhibitions:profile_share", student.pk)
    links = list(student.shares.all())
    for link in links:
        link.student = student
        link.ending = ending(link, request.day)
        secret = "" if link.ending else secret_of(link)
        link.address = secret and request.build_absolute_uri(reverse("exhibitions:profile_link", args=[secret]))
    return render(request, "exhibitions/profile_share.html", {"student": student, "form": form, "links": links})


@require_POST
@for_student(P.PROFILE_CURATE)
def revoke(request, student, share_id):
    link = get_object_or_404(student.shares, pk=share_id)
    actions.revoke(share=link, by=request.user, now=timezone.now())
    messages.success(request, _("Nobody can open it any more."))
    return redirect("exhibitions:profile_share", student.pk)


@for_student(P.PROFILE_SEE)
def on_paper(request, student):
    """The profile as it is printed."""
    profile = _seen(request, student)
    with_addresses(profile, student.pk, "exhibitions:evidence_small")
    context = {"student": student, "profile": profile, "at": "paper", "may_curate": False, "now": timezone.now()}
    return render(request, "exhibitions/profile_print.html", context)


@for_student(P.PROFILE_SEE)
def as_pdf(request, student):
    return pdf_of(request, _seen(request, student))


def pdf_of(request, profile) -> HttpResponse:
    """The profile as a PDF, its pictures inside."""
    read = functools.cache(lambda pk: profiles.picture(by_id[pk]))
    by_id = {one.pk: one for one in profile.evidence}
    for evidence in profile.evidence:
        evidence.small_at = read(evidence.pk)
    context = {
        "student": profile.student, "profile": profile, "at": "paper", "may_curate": False, "now": timezone.now(),
    }  # fmt: skip
    document = pdf(render_to_string("exhibitions/profile_pdf.html", context, request=request))
    name = slugify(profile.student.name) or "profile"
    return HttpResponse(
        document, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )
