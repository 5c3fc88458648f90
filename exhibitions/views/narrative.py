from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import for_link
from coedit.access import may_read
from common.forms import refuse
from common.pdf import pdf
from exhibitions.access import exhibition_of
from exhibitions.actions import narrative as actions
from exhibitions.actions.narrative import NARRATIVE, NarrativeError
from exhibitions.facts import facts_of, is_after
from exhibitions.forms.afterwards import WordsForm
from exhibitions.models import Narrative, Opening, Proof
from exhibitions.seats import is_to_rate
from exhibitions.together import together
from internships.hours import in_words
from schools.roles import Permission, Role
from students.access import for_student, hides
from students.models import TeamMember

P = Permission


@for_student(P.NARRATIVE_SEE)
def show(request, student, exhibition_id, number=None):
    """The narrative as it is being written, to its writers and second readers; as it was released, to the family.

    A parent's reading of a release is written down: the school sees that it was opened.
    """
    return _page(request, exhibition_of(student, exhibition_id), number)


def _page(request, exhibition, number=None, form=None):
    narrative = _seen(request, exhibition, number)
    if narrative is not None:
        _note_opening(request, narrative)
    must_rate = is_to_rate(exhibition, request.user, request.day)
    all_of_them = [one for one in exhibition.narratives.select_related("text") if may_read(one.text, request.standing)]
    context = {
        "student": exhibition.student, "exhibition": exhibition, "narrative": narrative, "all": all_of_them,
        "is_newest": not all_of_them or narrative == all_of_them[0], "after": is_after(exhibition, timezone.now()),
    }  # fmt: skip
    if narrative is not None:
        context |= _around(request, narrative)
        # The text begins with what the panel said: nobody reads it who has still to rate.
        context["must_rate"] = must_rate and not narrative.is_released
        if not context["must_rate"]:
            context |= _panel_of(narrative)
        context["form"] = form or _form_for(request, narrative, context)
    elif P.NARRATIVE_WRITE in request.can:
        context["facts"] = facts_of(exhibition)
        context["is_to_rate"] = must_rate
        context["hours"] = in_words(context["facts"].minutes)
    return render(request, "exhibitions/narrative.html", context)


def _seen(request, exhibition, number) -> Narrative | None:
    """The newest that this person may read, or the one of this number: 404 for what they may not."""
    for one in exhibition.narratives.select_related("text", "released_by"):
        one.exhibition = exhibition
        if may_read(one.text, request.standing) and number in (None, one.number):
            return one
    if number is not None:
        raise Http404
    return None


def _around(request, narrative) -> dict:
    """Whose turn it is, and for staff who has opened it."""
    proofs = list(narrative.proofs.select_related("by"))
    last = proofs[-1] if proofs else None
    changed = last is not None and last.mark != narrative.text.last_update_id
    is_asked = last is not None and last.kind == Proof.Kind.ASKED and not narrative.is_released
    is_accepted = last is not None and last.kind == Proof.Kind.ACCEPTED and not changed
    return {
        "proofs": proofs, "changed": changed, "is_asked": is_asked, "is_accepted": is_accepted,
        "may_proof": is_asked and P.NARRATIVE_PROOF in request.can and not actions.wrote(narrative, request.user),
        "may_ask": P.NARRATIVE_WRITE in request.can and not narrative.is_released and not is_accepted
        and not (is_asked and not changed),
        "may_release": is_accepted and P.NARRATIVE_RELEASE in request.can and not narrative.is_released,
        "family": _family(narrative, request) if narrative.is_released and P.GUARDIANS_SEE in request.can else [],
    }  # fmt: skip


def _family(narrative, request) -> list[dict]:
    """Each parent on the team today, and when they opened it."""
    student = narrative.exhibition.student
    opened = {row.user_id: row for row in narrative.openings.all()}
    rows = TeamMember.objects.on(request.day).filter(student=student, role=Role.PARENT).select_related("user")
    return [
        {"user": row.user, "opening": opened.get(row.user_id), "is_reached": row.user.can_sign_in or row.user.email}
        for row in rows if not hides(row.user_id, True, student, request.user, request.standing)
    ]  # fmt: skip


def _panel_of(narrative) -> dict:
    """What the panel agreed on, as it stood at the release."""
    found = together(narrative.exhibition, as_of=narrative.released_at)
    lines = sorted(found.lines, key=lambda line: line.criterion.order)
    return {
        "lines": lines, "is_judged": any(line.agreed for line in lines), "remarks": found.remarks,
        "not_agreed": [line for line in lines if not line.agreed],
    }  # fmt: skip


def _form_for(request, narrative, context) -> WordsForm | None:
    if context["may_proof"]:
        return _words_form("narrative_return", narrative)
    if narrative.is_released and context["is_newest"] and P.NARRATIVE_RELEASE in request.can:
        return _words_form("narrative_correct", narrative)
    return None


WORDS = {
    "narrative_return": (gettext_lazy("What is still to be done?"), gettext_lazy("Give it back")),
    "narrative_correct": (gettext_lazy("What has to be corrected?"), gettext_lazy("Begin a correction")),
}


def _words_form(name, narrative, data=None) -> WordsForm:
    exhibition = narrative.exhibition
    label, submit = WORDS[name]
    action = reverse(f"exhibitions:{name}", args=[exhibition.student_id, exhibition.pk])
    return WordsForm(data, label=label, submit=submit, action=action)


def _newest(exhibition) -> Narrative:
    found = exhibition.narratives.select_related("text").first()
    if found is None:
        raise Http404
    found.exhibition = exhibition
    return found


@require_POST
@for_student(P.NARRATIVE_WRITE)
def begin(request, student, exhibition_id):
    try:
        actions.begin(exhibition=exhibition_of(student, exhibition_id), by=request.user, now=timezone.now())
    except NarrativeError as error:
        messages.error(request, str(error))
    return redirect("exhibitions:narrative", student.pk, exhibition_id)


@require_POST
@for_student(P.NARRATIVE_RELEASE)
def drop(request, student, exhibition_id):
    """Give up a correction that was begun."""
    said = _("The correction is dropped; what is released stands.")
    now = timezone.now()
    return _step(
        request,
        student,
        exhibition_id,
        lambda one: actions.drop_correction(narrative=one, by=request.user, now=now),
        said,
    )


def _step(request, student, exhibition_id, act, said):
    """One button: do it, or say why it can't be done."""
    try:
        act(_newest(exhibition_of(student, exhibition_id)))
    except NarrativeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("exhibitions:narrative", student.pk, exhibition_id)


@require_POST
@for_student(P.NARRATIVE_WRITE)
def ask(request, student, exhibition_id):
    """Ask for a second reader."""
    said = _("The second readers have been told.")
    return _step(
        request, student, exhibition_id, lambda one: actions.ask_for_proof(narrative=one, **_by(request)), said
    )


@require_POST
@for_student(P.NARRATIVE_PROOF)
def accept(request, student, exhibition_id):
    """The second reader accepts what stood on their page."""
    mark = request.POST.get("mark", "")
    mark = int(mark) if mark.isdecimal() else -1
    said = _("Accepted. It can be released now.")
    return _step(
        request, student, exhibition_id, lambda one: actions.accept(narrative=one, mark=mark, **_by(request)), said
    )


@require_POST
@for_student(P.NARRATIVE_PROOF)
def give_back(request, student, exhibition_id):
    return _with_words(
        request, student, exhibition_id, "narrative_return",
        lambda one, words: actions.give_back(narrative=one, words=words, **_by(request)), _("It is on its way back."),
    )  # fmt: skip


@require_POST
@for_student(P.NARRATIVE_RELEASE)
def correct(request, student, exhibition_id):
    return _with_words(
        request, student, exhibition_id, "narrative_correct",
        lambda one, words: actions.correct(narrative=one, reason=words, by=request.user, now=timezone.now()),
        _("Correct the text and the ratings; what is released stands until you release again."),
    )  # fmt: skip


def _with_words(request, student, exhibition_id, name, act, said):
    exhibition = exhibition_of(student, exhibition_id)
    narrative = _newest(exhibition)
    form = _words_form(name, narrative, request.POST)
    if form.is_valid():
        try:
            act(narrative, form.cleaned_data["words"])
        except NarrativeError as error:
            refuse(form, error, "words" if error.field else None)
        else:
            messages.success(request, said)
            return redirect("exhibitions:narrative", student.pk, exhibition.pk)
    return _page(request, exhibition, form=form)


@require_POST
@for_student(P.NARRATIVE_RELEASE)
def release(request, student, exhibition_id):
    said = _("Released. The family has been told.")
    return _step(request, student, exhibition_id, lambda one: actions.release(narrative=one, **_by(request)), said)


@require_POST
@for_student(P.NARRATIVE_RELEASE)
def given(request, student, exhibition_id, user_id):
    """Somebody of the family was given it on paper, or is sent the link once more."""
    exhibition = exhibition_of(student, exhibition_id)
    narrative = exhibition.narratives.filter(released_at__isnull=False).select_related("text").first()
    if narrative is None:
        raise Http404
    narrative.exhibition = exhibition
    rows = TeamMember.objects.on(request.day).filter(student=student, role=Role.PARENT, user=user_id)
    user = get_object_or_404(rows.select_related("user")).user
    if request.POST.get("do") == "link":
        sent = actions.send_link(narrative=narrative, user=user, by=request.user, now=timezone.now())
        words = _("The link is on its way.") if sent else _("They sign in, or have no e-mail address.")
        (messages.success if sent else messages.warning)(request, words)
    else:
        actions.opened(narrative=narrative, user=user, way=Opening.Way.PAPER, by=request.user, now=timezone.now())
        messages.success(request, _("Written down."))
    return redirect("exhibitions:narrative", student.pk, exhibition_id)


def _by(request) -> dict:
    return {"by": request.user, "on": request.day, "now": timezone.now()}


@for_student(P.NARRATIVE_SEE)
def as_pdf(request, student, exhibition_id, number):
    """A release as it is printed and sent."""
    narrative = _seen(request, exhibition_of(student, exhibition_id), number)
    if not narrative.is_released:
        raise PermissionDenied
    _note_opening(request, narrative)
    return _pdf(request, narrative)


def _note_opening(request, narrative):
    """A parent has it before them."""
    if narrative.is_released and request.method == "GET" and Role.PARENT in request.standing.roles:
        actions.opened(
            narrative=narrative, user=request.user, way=Opening.Way.PAGE, by=request.user, now=timezone.now()
        )


def _pdf(request, narrative):
    exhibition = narrative.exhibition
    context = {"student": exhibition.student, "exhibition": exhibition, "narrative": narrative, **_panel_of(narrative)}
    document = pdf(render_to_string("exhibitions/narrative_pdf.html", context, request=request))
    name = slugify(f"{exhibition.student.name} {exhibition.window.term}") or f"narrative-{narrative.pk}"
    return HttpResponse(
        document, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )


@for_link(NARRATIVE)
def by_link(request, link):
    """A released narrative for somebody of the family without an account. Opening the link reads nothing yet: mail
    scanners do that; the button does, and it is written down."""
    rows = Narrative.objects.filter(released_at__isnull=False).select_related(
        "text", "exhibition__window__term", "exhibition__window__rubric", "exhibition__student__user",
        "exhibition__student__school", "exhibition__gateway",
    )  # fmt: skip
    narrative = get_object_or_404(rows, pk=int(link.subject))
    student = narrative.exhibition.student
    on_team = TeamMember.objects.on(student.school.today()).filter(student=student, user=link.user, role=Role.PARENT)
    if narrative.text.is_gone or not on_team.exists():
        raise Http404
    context = {"link": link, "narrative": narrative, "exhibition": narrative.exhibition, "student": student}
    if request.method == "POST":
        actions.opened(narrative=narrative, user=link.user, way=Opening.Way.LINK, by=link.user, now=timezone.now())
        if request.POST.get("do") == "pdf":
            return _pdf(request, narrative)
        context |= _panel_of(narrative)
        context["opened"] = True
    return render(request, "exhibitions/narrative_link.html", context)
