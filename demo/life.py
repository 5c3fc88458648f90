"""The last weeks of the demo schools: circles, attendance, one-to-ones, contacts with families, a few notes."""

import datetime

from advisories.models import Advisory, Circle, OneToOne
from demo.schools import DemoSchool
from notices.models import Email, Notice
from schools.models import AttendanceCode
from students.models import AttendanceMark, FamilyContact, Note
from students.models.notes import Level

WEEKS = 5
UNREAD = 3
WORDS = """
steady curious brave patient again listen rough enough begin thanks repair slow honest loud hungry ready gentle stubborn
careful together useful
""".split()
CIRCLE_NOTES = [
    "Good news round. Two people said they had slept.",
    "We talked about what to do when a site says no. Somebody has to hear it first, so we practiced.",
    "Planned Thursday's lunch. Everyone took one job.",
    "Quiet morning. We read for twenty minutes and it was good.",
    "A disagreement about music, settled by them and not by me.",
    "Visitors from the council came. The group did the talking.",
    "Everyone named one piece of evidence that they want to show.",
    "",
]
TALKS = [
    (
        "We went through the plan. The first draft is nearly there; the graph still has no units.",
        "Bring the graph with units",
    ),
    (
        "Talked about getting up. Two alarms, one of them across the room.",
        "Be here by 8:45 on Monday, Tuesday and Friday",
    ),
    ("The site visit went well. We wrote the thank-you message together.", "Ask about Thursday hours"),
    (
        "Stuck on the interview questions. We cut them from twelve to four.",
        "Try the four questions on somebody at home",
    ),
    ("A good week, and said so. Next is deciding what to show at the exhibition.", "List three pieces of evidence"),
    ("Hard week. We kept it short and chose one thing.", "One thing: send the draft as it is"),
]
PRIVATE = [
    "Tired; mother's shifts have changed. Ask again next week.",
    "",
    "",
    "Some worry about money for the bus.",
    "",
]
CONTACTS = [
    "Told them about the good week.", "Agreed on a time for the plan meeting.", "Asked about mornings; they will help.",
    "Left a message.", "They asked how to sign the plan. I showed them.", "",
]  # fmt: skip


def live(made: DemoSchool) -> None:
    days = [made.today - datetime.timedelta(days=back) for back in range(WEEKS * 7, -1, -1)]
    days = [day for day in days if day.weekday() < 5]
    codes = {code.counts: code for code in AttendanceCode.objects.filter(school=made.school)[::-1]}
    for advisory in made.advisories:
        _circles(made, advisory, days, codes)
    for index, student in enumerate(made.students):
        _talks(made, student, index)
        _contacts(made, student, index)
    _notes(made)


def _adviser(made: DemoSchool, advisory: Advisory):
    return advisory.charges.on(made.today).select_related("user").first().user


def _circles(made, advisory, days, codes):
    random, by = made.names.random, _adviser(made, advisory)
    seats = list(advisory.seats.select_related("student"))
    circles, marks = [], []
    for number, day in enumerate(days):
        # Today's circle is left to be held.
        if day == made.today:
            continue
        circles.append(
            Circle(
                advisory=advisory,
                date=day,
                word=WORDS[(number * 5 + advisory.pk) % len(WORDS)],
                notes=CIRCLE_NOTES[(number * 3 + advisory.pk) % len(CIRCLE_NOTES)],
                by=by,
            )  # fmt: skip
        )
        for seat in seats:
            if seat.holds(day):
                marks.append(_mark(made, seat.student, day, codes[_counts(random)], by))
    Circle.objects.bulk_create(circles)
    AttendanceMark.objects.bulk_create(marks)


def _counts(random) -> str:
    draw = random.random()
    for limit, counts in ((0.86, "present"), (0.92, "late"), (0.97, "excused")):
        if draw < limit:
            return counts
    return "absent"


def _mark(made, student, day, code, by):
    return AttendanceMark(
        student=student, school=made.school, date=day, code=code, source=AttendanceMark.Source.CIRCLE, by=by
    )


def _talks(made, student, index):
    by = student.seats.on(made.today).get().advisory
    by, random = _adviser(made, by), made.names.random
    rows = []
    # The last talk is between a day and three weeks ago, so that some are due.
    day = made.today - datetime.timedelta(days=random.randint(1, 19))
    for number in range(3):
        if day < student.started_on:
            break
        notes, step = TALKS[(index + number) % len(TALKS)]
        rows.append(
            OneToOne(
                student=student,
                school=made.school,
                by=by,
                held_on=day,
                shared_notes=notes,
                private_notes=PRIVATE[(index + number) % len(PRIVATE)],
                next_step=step,
            )  # fmt: skip
        )
        day -= datetime.timedelta(days=random.randint(11, 17))
    OneToOne.objects.bulk_create(reversed(rows))


def _contacts(made, student, index):
    by, random = _adviser(made, student.seats.on(made.today).get().advisory), made.names.random
    kinds = list(FamilyContact.Kind.values)
    noon = datetime.datetime.combine(made.today, datetime.time(12, 20), made.school.zone)
    FamilyContact.objects.bulk_create(
        FamilyContact(
            student=student,
            school=made.school,
            by=by,
            kind=kinds[(index + number) % len(kinds)],
            note=CONTACTS[(index + number) % len(CONTACTS)],
            at=noon - datetime.timedelta(days=number * 16 + random.randint(1, 15)),
        )  # fmt: skip
        for number in range(index % 3 + 1)
    )


def _notes(made):
    texts = {
        Level.STAFF: "Works best with a list on the board. Please give changes a day ahead.",
        Level.RESTRICTED: "Family is moving between addresses this month; letters go to the second home.",
    }
    for student, (level, text) in zip(made.students[:2], texts.items(), strict=True):
        Note.objects.create(student=student, school=made.school, by=made.lead, level=level, text=text)


def read_notices() -> None:
    """Everyone has read all but their newest notices, and no mail is on its way to people who do not exist."""
    newest: dict[int, list[int]] = {}
    for pk, user in Notice.objects.order_by("-pk").values_list("pk", "user_id"):
        newest.setdefault(user, []).append(pk)
    kept = [pk for keys in newest.values() for pk in keys[:UNREAD]]
    Notice.objects.exclude(pk__in=kept).delete()
    Notice.objects.update(waits_since=None)
    Email.objects.all().delete()
