"""What the demo's panels said of the term before: ratings with differences, judgements, narratives in every state, a
profile that is shared; and for this term a timetable that people were told."""

import datetime

from django.utils import timezone

from accounts.models import User
from coedit.actions import write
from coedit.document import load
from coedit.markdown import to_markdown
from coedit.models import Text
from demo.schools import DemoSchool
from exhibitions.actions import gateways, narrative
from exhibitions.actions.exhibitions import begin, name_it, open_window, put_in
from exhibitions.actions.judging import NOT_ENOUGH, Saying, agree, hand_in, keep
from exhibitions.actions.panel import add_guest, reply
from exhibitions.actions.profile import choose, share, tell_about
from exhibitions.actions.timetable import ask, tell, work_out
from exhibitions.models import Exhibition, Seat, Window
from internships.models import Placement

# How many students of a school had an exhibition last term.
HELD = 9
DAY = datetime.timedelta(days=1)
GUESTS = [("Ines", "Duarte"), ("Walter", "Pell"), ("Grace", "Osei")]
GOOD = [
    "You said what you did not know, and how you would find out.",
    "You let us try it before you explained it. That told us more than ten slides.",
    "You asked the people who use it, and changed it twice because of what they said.",
    "I have known you for three years and never heard you explain something so calmly.",
    "The map is the best thing on that wall.",
]
BETTER = [
    "Say earlier what the question is; I understood it only at the end.",
    "The table has all numbers and no picture. Draw the two that matter.",
    "Speak to the back of the room.",
    "Tell us what it cost, in hours and in money.",
    "Leave two minutes for questions; the best answers came there.",
]
NEXT = [
    "Measure it again in the spring and say what has changed",
    "Write one page for the people who come after you",
    "Show a younger student how it is done, and let them do it",
]
GROWN = [
    "I used to stop when something did not work. This term I wrote down what I had tried, and asked for the next idea.",
    "I can explain to somebody at the site why a number is only roughly right, and by how much.",
    "I have learned to finish: three of four pieces of work are done, and the fourth has a date.",
]
SEEN = {3: "Said it in own words, twice.", 4: "Changed it after a question from the panel.", 2: "With help from notes."}
GATEWAY = "Three exhibitions, each with a panel\nA project that helped somebody\nA plan for the next two years"


def look_back(made: DemoSchool) -> None:
    """A window of the term before, judged; its narratives released, waiting for a second reader, or being written."""
    before = max((one for one in made.terms if one.ends_on <= made.today), key=lambda one: one.starts_on, default=None)
    if before is None:
        return
    last = before.last_day - datetime.timedelta(days=3)
    now = datetime.datetime.combine(last, datetime.time(15), made.school.zone)
    window = open_window(
        school=made.school, term=before, name=f"Exhibitions, {before.name}", starts_on=last - 4 * DAY, last_on=last,
        slot_minutes=45, rooms=["Library", "Room 4"], by=made.lead, now=now - 60 * DAY,
    )  # fmt: skip
    enrolled = [one for one in made.students if one.enrolments.filter(starts_on__lte=last).exists()]
    for number, student in enumerate(enrolled[:HELD]):
        _held(made, window, student, number, last, now)


def _held(made, window, student, number, last, now):
    exhibition = begin(window=window, student=student, by=student.user, on=last, now=now - 30 * DAY)
    titles = ["What I found out about my own block", "A tool that others use", "Asking better questions"]
    name_it(exhibition=exhibition, title=titles[number % 3], by=student.user)
    for evidence in list(student.evidence.kept().filter(ready_at__isnull=False))[:2]:
        put_in(exhibition=exhibition, evidence=evidence, by=student.user)
    room = window.rooms.all()[number % 2]
    at = datetime.datetime.combine(last - (number // 2 % 5) * DAY, datetime.time(9 + number % 2), made.school.zone)
    Exhibition.objects.filter(pk=exhibition.pk).update(
        starts_at=at, room=room, told_starts_at=at, told_room=room, told_times=1
    )
    if number % 3 == 0:
        given, family = GUESTS[number // 3 % 3]
        seat = add_guest(
            exhibition=exhibition, given_name=given, family_name=family, by=made.lead, on=last, now=now - 20 * DAY,
            email=f"guest{made.school.pk}-{number}@demo.example",
        )  # fmt: skip
        User.objects.filter(pk=seat.user_id).update(is_demo=True)
    seats = list(exhibition.seats.kept().select_related("user", "exhibition"))
    for place, seat in enumerate(seats):
        _rate(seat, number, place, at + datetime.timedelta(minutes=50))
    _agree(exhibition, seats, number, at + datetime.timedelta(minutes=60))
    _write(made, exhibition, seats, number, min(at + 5 * DAY, timezone.now()))


def _rate(seat, number, place, now):
    window = seat.exhibition.window
    levels = list(window.rubric.levels.all())
    sayings = []
    for order, criterion in enumerate(window.rubric.criteria.all()):
        # Most see much the same; of two criteria they have to talk.
        apart = place % 3 if order in (2, 6) else place % 2 * (order % 3 == 0)
        rank = 1 + (number + order) % 2 + apart
        is_unseen = order == 1 and place == 2
        level = NOT_ENOUGH if is_unseen else str(levels[min(rank, len(levels)) - 1].pk)
        sayings.append(Saying(f"c{criterion.pk}", level, SEEN.get(rank, "") if order % 3 == place % 3 else ""))
    if seat.kind != Seat.As.STUDENT:
        sayings.append(Saying("commendation", None, GOOD[(number + place) % 5]))
        sayings.append(Saying("recommendation", None, BETTER[(number + place) % 5]))
        if place == 1:
            sayings.append(Saying("suggestion", None, NEXT[number % 3]))
    keep(seat=seat, sayings=sayings, device="", now=now)
    hand_in(seat=seat, now=now)


def _agree(exhibition, seats, number, now):
    levels = list(exhibition.window.rubric.levels.all())
    judgements = {
        criterion.pk: str(levels[(number + order) % 2 + (order % 3 == 0 or order in (2, 6))].pk)
        for order, criterion in enumerate(exhibition.window.rubric.criteria.all())
    }
    adviser = next(seat for seat in seats if seat.kind == Seat.As.ADVISER)
    present = [seat.pk for seat in seats if seat.kind != Seat.As.STUDENT]
    agree(exhibition=exhibition, judgements=judgements, words={}, seats=present, by=adviser.user, now=now)


def _write(made, exhibition, seats, number, now):
    adviser = next(seat.user for seat in seats if seat.kind == Seat.As.ADVISER)
    student, on = exhibition.student, made.today
    found = narrative.begin(exhibition=exhibition, by=adviser, now=now)
    text = Text.objects.get(pk=found.text_id)
    words = f"{to_markdown(load(text.pk).tree())}\n\n{GROWN[number % 3]}"
    write(text=text, markdown=words, base_id=text.last_update_id, by=student.user, now=now)
    if number % 4 == 3:
        return
    narrative.ask_for_proof(narrative=found, by=adviser, on=on, now=now)
    if number % 4 == 2:
        return
    mark = Text.objects.get(pk=found.text_id).last_update_id
    narrative.accept(narrative=found, mark=mark, by=made.lead, on=on, now=now)
    released = narrative.release(narrative=found, by=adviser, on=on, now=now)
    family = next((seat.user for seat in seats if seat.kind == Seat.As.PARENT), None)
    if family and number % 2 == 0:
        narrative.opened(narrative=released, user=family, way="page", by=family, now=min(now + DAY, timezone.now()))
    if number < 3:
        _profile(made, exhibition, released, now)


def _profile(made, exhibition, released, now):
    student = exhibition.student
    tell_about(
        student=student, by=student.user, shows_goals=True,
        words="I find out how things are really done, and make it easier for whoever comes next.",
    )  # fmt: skip
    seen = list(student.evidence.kept().filter(ready_at__isnull=False))[:3]
    places = list(Placement.objects.filter(student=student, begun_at__isnull=False)[:1])
    for thing in (exhibition, *seen, *places, released):
        choose(student=student, thing=thing, by=student.user, now=now)
    share(
        student=student, label="Summer program application", until=made.today + 60 * DAY, by=student.user,
        on=made.today, now=timezone.now(),
    )  # fmt: skip


def look_ahead(made: DemoSchool) -> None:
    """This term's window: a timetable, told; most have answered. And the gateways of the school."""
    gateways.write_gateway(school=made.school, name="Gateway to the senior years", asks=GATEWAY, by=made.lead)
    now = timezone.now()
    window = Window.objects.filter(school=made.school, last_on__gte=made.today).first()
    if window is None:
        return
    work_out(run=ask(window=window, by=made.lead, now=now), now=now)
    tell(window=window, by=made.lead, now=now)
    seats = Seat.objects.kept().filter(exhibition__window=window, exhibition__told_starts_at__isnull=False)
    for number, seat in enumerate(seats.exclude(kind=Seat.As.STUDENT).select_related("exhibition", "user")):
        if number % 4 < 3:
            answer = "no" if number % 16 == 5 else "yes"
            words = "I am at work until noon." if answer == "no" else ""
            reply(seat=seat, answer=answer, words=words, by=seat.user, now=now)
