"""The two ways to a seat's pages: signed in, or by the one-purpose link. The pages are the same."""

from functools import wraps

from django.http import Http404
from django.urls import reverse

from accounts.access import for_link
from exhibitions.models import Seat
from exhibitions.seats import PANEL, open_seats


def for_seat(view):
    """The view receives the signed-in person's own `seat` in place of `seat_id`: 404 to everybody else, and once it
    opens no more. Leaves `request.seat_base`, below which its pages lie, and `request.day`."""

    @wraps(view)
    def through_the_door(request, seat_id, *args, **kwargs):
        seat = _open(request, request.user, seat_id)
        request.seat_base, request.link = reverse("exhibitions:seat", args=[seat.pk]), None
        return view(request, seat, *args, **kwargs)

    return through_the_door


def for_seat_link(view):
    """The same by the link; `request.user` is nobody there, and whoever acts is `seat.user`."""

    @for_link(PANEL)
    @wraps(view)
    def through_the_door(request, link, *args, **kwargs):
        seat = _open(request, link.user, int(link.subject))
        request.seat_base, request.link = reverse("exhibitions:panel_link", args=[link.pk]), link
        return view(request, seat, *args, **kwargs)

    return through_the_door


def _open(request, user, seat_id: int) -> Seat:
    school = Seat.objects.filter(pk=seat_id, user=user).select_related("exhibition__student__school").first()
    if school is None:
        raise Http404
    request.day = school.exhibition.student.school.today()
    seat = open_seats(user, request.day).filter(pk=seat_id).first()
    if seat is None:
        raise Http404
    return seat
