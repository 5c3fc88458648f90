from advisories.board import circle_on, seat_on
from advisories.models import OneToOne
from common.prepared import Prepared
from dashboards.homes.part import Part
from outcomes.access import leaver_of, waiting_survey
from plans.cards import cards_for

_last_talk = Prepared(
    lambda student: OneToOne.objects.filter(student=student).defer("private_notes").select_related("by")[:1]
)


def parts(request, hats) -> list[Part]:
    """My plan and whose turn it is, my next one-to-one, my group's word of the day; how I am, where I have left."""
    return [_part(row.student, request.user) for row in hats.student]


def _part(student, user) -> Part:
    day = student.school.today()
    seat = seat_on(student, day)
    # Whoever has left has no seat, so that nobody else is asked for it.
    if seat is None and (leaver := leaver_of(student)) and leaver.left_on <= day:
        shows = {"student": student, "leaver": leaver, "survey": waiting_survey(student, day)}
        return Part("dashboards/homes/_former.html", shows)
    return _at_school(student, user, day, seat)


def _at_school(student, user, day, seat) -> Part:
    circle = seat and circle_on(seat.advisory, day)
    talk = next(iter(_last_talk(student=student.pk)), None)
    card = cards_for([student], day)[student.pk]
    shows = {
        "student": student, "seat": seat, "circle": circle, "talk": talk, "day": day, "card": card,
        "turn": card.turn_of(user), "talk_due_on": talk.due_on(student.school.one_to_one_days) if talk else None,
    }  # fmt: skip
    return Part("dashboards/homes/_student.html", shows)
