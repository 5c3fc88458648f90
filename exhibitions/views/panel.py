from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions.people import PersonError
from accounts.models import User
from common.forms import refuse
from exhibitions.access import exhibition_of
from exhibitions.actions import panel as actions
from exhibitions.actions.panel import PanelError
from exhibitions.forms.panel import GuestForm, PersonForm, times_form
from exhibitions.models import Seat, Times
from exhibitions.peers import fellows
from exhibitions.seats import holding, team_kinds
from schools.roles import Permission
from students.access import for_student

P = Permission


@for_student(P.EXHIBITION_LEAD)
def show(request, student, exhibition_id):
    """Who is on the panel, who comes, who was asked; the forms that add somebody."""
    return _page(request, exhibition_of(student, exhibition_id))


def _page(request, exhibition, person=None, guest=None):
    seats = list(exhibition.seats.kept().select_related("user").order_by("id"))
    said = set(Times.objects.filter(window=exhibition.window_id).values_list("user_id", flat=True))
    for seat in seats:
        seat.exhibition = exhibition
        seat.has_said_times = seat.user_id in said
        seat.is_reached = seat.user.can_sign_in or seat.user.can_be_written_to
    seated = {seat.user_id for seat in seats}
    holds = set(holding(request.day).filter(exhibition=exhibition).values_list("pk", flat=True))
    for seat in seats:
        seat.is_ended = seat.pk not in holds and not exhibition.window.is_over(request.day)
    missing = team_kinds(exhibition.student, request.day).keys() - seated
    peers = fellows(exhibition.student, request.day)
    person = person or PersonForm(exhibition=exhibition, peers=peers, day=request.day)
    context = {
        "student": exhibition.student, "exhibition": exhibition, "seats": seats, "person": person,
        "guest": guest or GuestForm(), "kinds": dict(Seat.As.choices), "over": exhibition.window.is_over(request.day),
        "lacking": _lacking(exhibition, seats),
        "missing": User.objects.filter(pk__in=missing).order_by("search_name"),
    }  # fmt: skip
    person.helper.form_action = f"{request.path.partition('/panel/')[0]}/panel/person/"
    context["guest"].helper.form_action = f"{request.path.partition('/panel/')[0]}/panel/guest/"
    return render(request, "exhibitions/panel.html", context)


def _lacking(exhibition, seats) -> list[str]:
    """Kinds that the window asks for and of which nobody is on the panel."""
    here = {seat.kind for seat in seats if not seat.is_ended}
    return [Seat.As(kind).label for kind in exhibition.window.needs if kind not in here]


@require_POST
@for_student(P.EXHIBITION_LEAD)
def team(request, student, exhibition_id):
    """Put on the panel who has come to the team since the exhibition was begun."""
    exhibition = exhibition_of(student, exhibition_id)
    for new in actions.seat_team(exhibition=exhibition, **_by(request)):
        actions.ask(seat=new, by=request.user, now=timezone.now())
    messages.success(request, _("Everybody on the team is on the panel."))
    return redirect("exhibitions:panel", student.pk, exhibition.pk)


@require_POST
@for_student(P.EXHIBITION_LEAD)
def person(request, student, exhibition_id):
    exhibition = exhibition_of(student, exhibition_id)
    peers = fellows(student, request.day)
    form = PersonForm(request.POST, exhibition=exhibition, peers=peers, day=request.day)
    if form.is_valid():
        user, kind = form.cleaned_data["person"]
        said = {"user": user, "kind": kind, "is_required": form.cleaned_data["is_required"]}
        if _take(form, lambda: actions.add_seat(exhibition=exhibition, **said, **_by(request))):
            messages.success(request, _("%(name)s is on the panel.") % {"name": user.name})
            return redirect("exhibitions:panel", student.pk, exhibition.pk)
    return _page(request, exhibition, person=form)


@require_POST
@for_student(P.EXHIBITION_LEAD)
def guest(request, student, exhibition_id):
    exhibition = exhibition_of(student, exhibition_id)
    form = GuestForm(request.POST)
    if form.is_valid() and _take(
        form, lambda: actions.add_guest(exhibition=exhibition, **form.cleaned_data, **_by(request))
    ):
        messages.success(request, _("The link is on its way."))
        return redirect("exhibitions:panel", student.pk, exhibition.pk)
    return _page(request, exhibition, guest=form)


def _by(request) -> dict:
    return {"by": request.user, "on": request.day, "now": timezone.now()}


def _take(form, act) -> bool:
    try:
        act()
    except (PanelError, PersonError) as error:
        refuse(form, error, error.field)
        return False
    return True


@require_POST
@for_student(P.EXHIBITION_LEAD)
def seat(request, student, exhibition_id, seat_id):
    """One button a seat: off the panel, needed or not, asked again, comes or not as they told the school."""
    exhibition = exhibition_of(student, exhibition_id)
    found = get_object_or_404(Seat.objects.select_related("user"), pk=seat_id, exhibition=exhibition)
    found.exhibition = exhibition
    what, now = request.POST.get("do", ""), timezone.now()
    try:
        if what == "leave":
            actions.leave(seat=found, by=request.user, now=now)
        elif what in ("need", "spare"):
            actions.require(seat=found, is_required=what == "need", by=request.user)
        elif what in Seat.Reply.values:
            actions.reply(seat=found, answer=what, words="", by=request.user, now=now)
        elif what == "ask":
            if actions.ask(seat=found, by=request.user, now=now, again=True):
                messages.success(request, _("Asked again."))
            else:
                words = _("%(name)s cannot be asked: no account and no e-mail address, or no longer on the team.")
                messages.warning(request, words % {"name": found.user.name})
    except PanelError as error:
        messages.error(request, str(error))
    return redirect("exhibitions:panel", student.pk, exhibition.pk)


@for_student(P.EXHIBITION_LEAD)
def times(request, student, exhibition_id, seat_id):
    """When somebody cannot come, as they told the school."""
    exhibition = exhibition_of(student, exhibition_id)
    found = get_object_or_404(Seat.objects.kept().select_related("user"), pk=seat_id, exhibition=exhibition)
    form = times_form(exhibition, found.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.say_times(
            exhibition=exhibition, user=found.user, cannot=form.cleaned_data["cannot"], by=request.user,
            now=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Kept. The next proposal is made with it."))
        return redirect("exhibitions:panel", student.pk, exhibition.pk)
    context = {"student": student, "exhibition": exhibition, "seat": found, "form": form}
    return render(request, "exhibitions/panel_times.html", context)
