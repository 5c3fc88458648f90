from dashboards.homes.part import Part
from exhibitions.models import Seat
from exhibitions.overview import near_seats


def parts(request, hats) -> list[Part]:
    """Panels that somebody sits on beside their own students', to be rated: fellow students, staff. Advisers have them
    with their advisory; family, mentors and the student with the student's card."""
    if hats.adviser:
        return []
    mine = {row.student_id for row in (*hats.student, *hats.parent, *hats.mentor)}
    asked = [
        seat for seat in near_seats(request)
        if seat.exhibition.student_id not in mine and seat.kind in (Seat.As.PEER, Seat.As.STAFF, Seat.As.GUEST)
    ]  # fmt: skip
    return [Part("dashboards/homes/_panels.html", {"seats": asked})] if asked else []
