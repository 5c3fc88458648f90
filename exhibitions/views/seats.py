import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from exhibitions.actions import panel as actions
from exhibitions.actions.panel import PanelError
from exhibitions.calendar import calendar_file
from exhibitions.emails import title_of
from exhibitions.forms.panel import ReplyForm, times_form
from exhibitions.models import Seat, Times
from exhibitions.peers import rehearsals_for
from exhibitions.seats import OPEN_AFTER, open_seats, shown_at
from files.serving import answer


def index(request):
    """The exhibitions that the signed-in person is asked to, the next first."""
    # Seats may be of schools in several zones: each opens by the day at its own school.
    now = timezone.now()
    days = {now.astimezone(seat.exhibition.student.school.zone).date() for seat in _all_of(request.user)}
    found = {}
    for day in days:
        for seat in open_seats(request.user, day):
            found[seat.pk] = seat
    rows = [seat for seat in found.values() if _is_near(seat, now)]
    far = now + datetime.timedelta(days=3650)
    seats = sorted(rows, key=lambda seat: (seat.exhibition.told_starts_at or far, seat.pk))
    context = {"seats": seats, "rehearsals": rehearsals_for(request.user, now)}
    return render(request, "exhibitions/seats.html", context)


def _all_of(user):
    return Seat.objects.kept().filter(user=user).select_related("exhibition__student__school")


def _is_near(seat, now) -> bool:
    """Of this or the last weeks: who comes back later comes by the student's page."""
    return seat.exhibition.window.last_on + OPEN_AFTER > now.date()


def show(request, seat):
    """What somebody on a panel needs: when and where, what is shown, whether they come, where to rate."""
    return _page(request, seat)


def _page(request, seat, reply=None, times=None):
    exhibition = seat.exhibition
    is_set = exhibition.told_starts_at is not None
    if is_set:
        reply = reply or ReplyForm(seat=seat)
        reply.helper.form_action = request.seat_base + "reply/"
    if not is_set or seat.reply_now == Seat.Reply.NO:
        times = times or times_form(seat.exhibition, seat.user)
        times.helper.form_action = request.seat_base + "times/"
    shown = list(shown_at(exhibition))
    context = {
        "seat": seat, "exhibition": exhibition, "student": exhibition.student, "base": request.seat_base,
        "shown": shown, "reply": reply if is_set and not seat.is_student else None, "times": times,
        "over": exhibition.window.is_over(request.day), "link": request.link,
        "has_said_times": Times.objects.filter(window=exhibition.window, user=seat.user).exists(),
    }  # fmt: skip
    return render(request, "exhibitions/seat.html", context)


@require_POST
def reply(request, seat):
    form = ReplyForm(request.POST, seat=Seat.objects.with_all().get(pk=seat.pk))
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.reply(
                seat=seat, answer=said["reply"], words=said["reply_words"], by=seat.user, now=timezone.now()
            )  # fmt: skip
        except PanelError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Thank you. The school knows."))
            return HttpResponseRedirect(request.seat_base)
    return _page(request, seat, reply=form)


@require_POST
def times(request, seat):
    form = times_form(seat.exhibition, seat.user, request.POST)
    if not form.is_valid():
        return _page(request, seat, times=form)
    actions.say_times(
        exhibition=seat.exhibition, user=seat.user, cannot=form.cleaned_data["cannot"], by=seat.user,
        now=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Thank you. The timetable is made with that."))
    return HttpResponseRedirect(request.seat_base)


def calendar(request, seat):
    """The exhibition as a calendar file; a later one replaces it."""
    exhibition = seat.exhibition
    if exhibition.told_starts_at is None:
        raise Http404
    url = "" if request.link else request.build_absolute_uri(request.seat_base)
    data = calendar_file(exhibition, title=title_of(exhibition), url=url, at=timezone.now())
    return HttpResponse(
        data, content_type="text/calendar", headers={"Content-Disposition": 'attachment; filename="exhibition.ics"'}
    )


def evidence(request, seat, evidence_id):
    """One piece of what is shown, large."""
    found = next((one for one in shown_at(seat.exhibition) if one.pk == evidence_id), None)
    if found is None:
        raise Http404
    context = {
        "seat": seat, "evidence": found, "student": seat.exhibition.student, "base": request.seat_base,
        "link": request.link,
    }  # fmt: skip
    return render(request, "exhibitions/seat_evidence.html", context)


def file(request, seat, evidence_id, small=False):
    """The bytes of what is shown, after the seat's own door."""
    found = next((one for one in shown_at(seat.exhibition) if one.pk == evidence_id), None)
    if found is None or found.file is None:
        raise Http404
    return answer(request, found.file, small=small)
