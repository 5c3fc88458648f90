import json

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coedit.keys import key_of
from exhibitions.access import exhibition_of
from exhibitions.actions import judging as actions
from exhibitions.actions.judging import NOT_ENOUGH, HandedIn, JudgingError, Lacking, Saying
from exhibitions.models import Remark, Seat
from exhibitions.seats import guardians_of, name_for, open_seats
from exhibitions.together import together as side_by_side
from schools.roles import Permission
from students.access import for_student

# A form without script has no device: who opened the page last has seen what stood on it.
PLAIN = ""


def judge(request, seat):
    """The rubric on one page: levels by tap, words beside, kept while they come; handed in with the button."""
    if request.method != "POST":
        return _page(request, seat)
    sayings = _of_form(request.POST, seat)
    device = request.POST.get("device", "")[:36] or PLAIN
    try:
        try:
            actions.keep(seat=seat, sayings=sayings, device=device, now=timezone.now())
            actions.hand_in(seat=seat, now=timezone.now())
        except HandedIn:
            actions.correct(seat=seat, sayings=sayings, device=device, now=timezone.now())
    except Lacking as error:
        return _page(request, seat, error=str(error), lacking=error.criteria, status=422)
    except JudgingError as error:
        return _page(request, seat, typed=sayings, error=str(error), status=422)
    messages.success(
        request, _("Corrected; what you said before is kept.") if seat.handed_in_at else _("Handed in. Thank you.")
    )
    return HttpResponseRedirect(request.seat_base + "together/")


def _of_form(data, seat) -> list[Saying]:
    """What the plain form says; a level that is not chosen leaves the row as it is."""
    found = []
    for criterion in actions.criteria_of(seat.exhibition):
        topic = f"c{criterion.pk}"
        if f"{topic}-level" in data or f"{topic}-words" in data:
            said = data.get(f"{topic}-level"), data.get(f"{topic}-words")
            found.append(Saying(topic, *said, base=data.get(f"{topic}-base", "")))
    found += [
        Saying(kind, None, data[f"{kind}-words"], base=data.get(f"{kind}-base", ""))
        for kind in Remark.Kind.values if f"{kind}-words" in data
    ]  # fmt: skip
    return found


def _page(request, seat, *, typed=(), error="", lacking=(), status=200):
    exhibition = seat.exhibition
    ratings = {row.criterion_id: row for row in seat.ratings.standing()}
    remarks = {row.kind: row for row in seat.remarks.standing()}
    typed = {one.topic: one for one in typed}
    others = _from_elsewhere(seat)
    criteria = exhibition.window.rubric.criteria.select_related("goal").prefetch_related("descriptors__level")
    levels = list(exhibition.window.rubric.levels.all())
    lines = []
    for criterion in criteria:
        topic, row = f"c{criterion.pk}", ratings.get(criterion.pk)
        said = {one.level_id: one.words for one in criterion.descriptors.all()}
        chosen = NOT_ENOUGH if row and row.not_enough else str(row.level_id or "") if row else ""
        words = row.words if row else ""
        if topic in typed:
            chosen, words = typed[topic].level or chosen, typed[topic].words or ""
        lines.append({
            "criterion": criterion, "topic": topic, "chosen": chosen, "words": words,
            "levels": [(level, str(level.pk), said.get(level.pk, "")) for level in levels],
            "is_lacking": criterion.pk in lacking, "base": row.mark if row else "", "elsewhere": others.get(topic, []),
        })  # fmt: skip
    notes = [
        {
            "topic": kind, "label": label, "elsewhere": others.get(kind, []),
            "base": remarks[kind].mark if kind in remarks else "",
            "words": typed[kind].words if kind in typed else remarks[kind].words if kind in remarks else "",
        }
        for kind, label in Remark.Kind.choices
    ]  # fmt: skip
    context = {
        "seat": seat, "exhibition": exhibition, "student": exhibition.student, "lines": lines, "notes": notes,
        "base": request.seat_base, "link": request.link, "error": error, "not_enough": NOT_ENOUGH,
        "waits_until": from_then if (from_then := actions.handed_in_from(seat)) > timezone.now() else None,
        "key": key_of(seat.user), "is_frozen": actions.is_frozen(exhibition), "levels": levels,
    }  # fmt: skip
    return render(request, "exhibitions/judge.html", context, status=status)


def _from_elsewhere(seat) -> dict[str, list[str]]:
    """Words of another device that do not stand, by topic: shown, so that they can be taken over."""
    found: dict[str, list[str]] = {}
    until = {"received_at__lte": seat.handed_in_at} if seat.handed_in_at else {}
    for name, topic in (("ratings", "c{0.criterion_id}"), ("remarks", "{0.kind}")):
        rows = getattr(seat, name).all()
        standing = {topic.format(row): row.words for row in rows if row.replaced_at is None}
        for row in rows.filter(replaced_at__isnull=False, **until).exclude(words=""):
            key = topic.format(row)
            if row.words not in standing.get(key, "") and row.words not in found.get(key, []):
                found.setdefault(key, []).append(row.words)
    return found


@require_POST
def save(request, seat):
    """What was tapped and typed since the last time, as JSON:

        {"device": "…", "sayings": [
            {"topic": "c12", "level": "3", "words": "…", "age": 1200, "base": "7.1764", "number": 4}
        ]}

    Answers {"kept": [topics]}, or 422 with {"words": why not}.
    """
    try:
        told = json.loads(request.body)
        sayings = [
            Saying(
                str(one["topic"]), _text(one.get("level")), _text(one.get("words")), int(one.get("age") or 0),
                str(one.get("base") or ""), max(int(one.get("number") or 0), 0) % 2**31,
            )
            for one in told["sayings"][:100]
        ]  # fmt: skip
        device = str(told.get("device", ""))[:36] or PLAIN
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return JsonResponse({"words": _("That could not be read. Load the page again.")}, status=400)
    try:
        kept = actions.keep(seat=seat, sayings=sayings, device=device, now=timezone.now())
    except JudgingError as error:
        return JsonResponse({"words": str(error)}, status=422)
    return JsonResponse({"kept": kept})


def _text(value) -> str | None:
    # A lone half of an emoji is no text that a database keeps.
    return None if value is None else str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def together(request, seat):
    """All ratings side by side, once one's own is handed in."""
    if not seat.handed_in_at:
        messages.info(request, _("You see the others' ratings once yours are handed in."))
        return HttpResponseRedirect(request.seat_base + "judge/")
    found = side_by_side(seat.exhibition, on=request.day)
    if seat.is_student and found.waiting and not found.is_agreed:
        messages.info(request, _("You see the panel's ratings once all of them have handed in."))
        return HttpResponseRedirect(request.seat_base)
    guardians = guardians_of(seat.exhibition.student)
    context = _context(found, seat.exhibition, lambda one: name_for(one, seat, guardians)) | {
        "seat": seat, "base": request.seat_base, "link": request.link,
        "has_agreed": found.is_agreed and all(
            any(one.seat_id == seat.pk for one in line.agreed.consents.all()) for line in found.lines
        ),
    }  # fmt: skip
    return render(request, "exhibitions/together.html", context)


def _context(found, exhibition, name_of) -> dict:
    seats = [*found.seats, *found.waiting]
    for line in found.lines:
        for consent in line.agreed.consents.all() if line.agreed else ():
            seats.append(consent.seat)
            consent.seat.exhibition = exhibition
    for one in seats:
        one.shown = name_of(one)
    for rows in found.remarks.values():
        for row in rows:
            row.name = exhibition.student.user.called if row.seat.is_student else name_of(row.seat)
    remarks = [(Remark.Kind(kind).label, rows) for kind, rows in found.remarks.items() if rows]
    return {
        "exhibition": exhibition, "student": exhibition.student, "found": found, "remarks": remarks,
        "is_frozen": actions.is_frozen(exhibition), "not_enough": NOT_ENOUGH,
    }  # fmt: skip


@require_POST
def consent(request, seat):
    """Somebody on the panel agrees with what is written down."""
    try:
        seen = {int(pk) for pk in request.POST.getlist("agreed") if pk.isdecimal()}
        actions.consent(seat=seat, agreed=seen, by=seat.user, now=timezone.now())
    except JudgingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your agreement is written down."))
    return HttpResponseRedirect(request.seat_base + "together/")


@for_student(Permission.EXHIBITION_LEAD)
def lead(request, student, exhibition_id):
    """The panel's page for whoever leads it: side by side, and the one judgement that is agreed."""
    exhibition = exhibition_of(student, exhibition_id)
    mine = open_seats(request.user, request.day).filter(exhibition=exhibition, handed_in_at__isnull=True).first()
    if mine is not None:
        messages.info(request, _("You see the others' ratings once yours are handed in."))
        return redirect("exhibitions:seat_judge", mine.pk)
    if request.method == "POST":
        try:
            written = _agree(request, exhibition)
        except JudgingError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Written down.") if written else _("Nothing has changed."))
            return redirect("exhibitions:lead", student.pk, exhibition.pk)
    found = side_by_side(exhibition, on=request.day)
    context = _context(found, exhibition, lambda one: one.user.name)
    context["student_lacks"] = found.own is not None and found.own.handed_in_at is None
    _fill(context, request)
    return render(request, "exhibitions/lead.html", context)


def _agree(request, exhibition):
    judgements, words = {}, {}
    for criterion in actions.criteria_of(exhibition):
        answer, said = (request.POST.get(f"c{criterion.pk}-{name}", "") for name in ("level", "words"))
        # What stands on the page as it stood when it was opened is not said anew: a colleague may have changed it.
        if answer and [answer, said] != request.POST.getlist(f"c{criterion.pk}-was"):
            judgements[criterion.pk], words[criterion.pk] = answer, said
        elif said and not answer:
            raise JudgingError(_("Choose a level for %(name)s, or “not enough evidence”.") % {"name": criterion.name})
    seats = [int(pk) for pk in request.POST.getlist("seats") if pk.isdecimal()]
    if judgements and not seats:
        raise JudgingError(_("Say who agreed."))
    own = exhibition.seats.kept().filter(kind=Seat.As.STUDENT, handed_in_at__isnull=True)
    if judgements and "without" not in request.POST and own.exists():
        name = exhibition.student.user.called
        raise JudgingError(
            _("%(name)s has not rated yet. Wait for it, or say that you go on without.") % {"name": name}
        )
    return actions.agree(
        exhibition=exhibition, judgements=judgements, words=words, seats=seats, by=request.user, now=timezone.now()
    )


def _fill(context, request):
    """What was agreed before, or what was just typed, in the form."""
    for line in context["found"].lines:
        topic = f"c{line.criterion.pk}"
        agreed = line.agreed
        line.chosen = (str(agreed.level_id) if agreed.level_id else NOT_ENOUGH) if agreed else ""
        line.typed = agreed.words if agreed else ""
        line.was = [line.chosen, line.typed] if agreed else []
        if request.method == "POST":
            line.chosen = request.POST.get(f"{topic}-level", line.chosen)
            line.typed = request.POST.get(f"{topic}-words", line.typed)
    if request.method == "POST":
        context["ticked"] = {int(pk) for pk in request.POST.getlist("seats") if pk.isdecimal()}
    else:
        # Of the first judgement all who handed in are proposed; who agrees to a change is asked anew.
        is_first = not any(line.agreed for line in context["found"].lines)
        context["ticked"] = {seat.pk for seat in context["found"].seats} if is_first else set()
