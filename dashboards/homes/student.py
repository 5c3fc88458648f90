from advisories.models import Circle, OneToOne, Seat
from dashboards.homes.part import Part
from plans.cards import cards_for


def parts(request, hats) -> list[Part]:
    """My plan and whose turn it is, my next one-to-one, my group's word of the day."""
    return [_part(row.student, request.user) for row in hats.student]


def _part(student, user) -> Part:
    day = student.school.today()
    seat = Seat.objects.on(day).filter(student=student).select_related("advisory").first()
    circle = seat and Circle.objects.filter(advisory=seat.advisory_id, date=day).first()
    talk = OneToOne.objects.filter(student=student).defer("private_notes").select_related("by").first()
    card = cards_for([student], day)[student.pk]
    shows = {
        "student": student, "seat": seat, "circle": circle, "talk": talk, "day": day, "card": card,
        "turn": card.turn_of(user), "talk_due_on": talk.due_on(student.school.one_to_one_days) if talk else None,
    }  # fmt: skip
    return Part("dashboards/homes/_student.html", shows)
