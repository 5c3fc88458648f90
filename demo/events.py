"""What happens beside the plans of a demo school: meetings, answers in threads, concerns, cover, letters, a table."""

import datetime

from django.utils import timezone

from accounts.models import Link, User
from advisories.actions.charge import take_charge
from advisories.models import Charge
from coedit.actions import write
from demo.plans import team_of
from demo.schools import DemoSchool
from notices.actions.reading import mark_all_read
from plans.actions.comments import answer, open_thread, resolve
from plans.actions.meetings import Arrangement, call_meeting, note_who_came
from plans.models import Plan, Thread
from rosters.actions import imports
from rosters.actions.apply import apply
from rosters.actions.invitations import invite_many
from rosters.models import Import
from rosters.preview.sheet import Sheet
from students.actions.concern import add_step, close_concern, raise_concern, take_concern
from students.models import Concern, Note, Student

DAY = datetime.timedelta(days=1)
AGENDA = """What I am proud of since September
Where the two projects stand
Sleep and mornings: what we said, what happened
What I want to show at my exhibition
Who does what until then"""
NOTES = """
## What {name} said first

The best thing since September is that somebody at the site asked **me** how to do something. The worst is that I have \
started three things and finished none.

## What we talked about

- The first project goes on as it is. The second was too big: one street, not the whole town.
- Mornings: on time on eleven days of fifteen. Everyone agreed that this is better than it was, and not there yet.
- {name} asked that nobody sends reminders before eight. Agreed.

## Who does what

- [x] {name} asks the first two people
- [ ] {adviser} finds out whether the hours on Thursday can begin at ten
- [ ] Home: the phone stays in the kitchen on school nights
- [ ] {name} writes half a page on what the evidence will be, by the next meeting
"""
NEXT_AGENDA = """The half page on my evidence
What does the panel see first?
Whom do I want on the panel?"""
CONCERNS = [
    "Came in without a coat for the third day and said there was no food at home since Sunday. Asked me not to call "
    "anybody. I said that I would have to tell one person, and whom.",
    "A younger student told me that older boys wait at the bus stop behind the library and take phones. Two names, "
    "which I will tell you in person.",
]
STEP = "Spoke with the family at home. The money for food had run out; the school kitchen sent a box the same evening."
OUTCOME = "Help with food arranged, and breakfast at school until January. We look at it again in two weeks."


def tell_events(made: DemoSchool) -> None:
    _meetings(made)
    _threads(made)
    _concerns(made)
    _cover(made)
    _letters(made)
    _table(made)


def _at(made: DemoSchool, day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour, minute), made.school.zone)


def _school_day(day: datetime.date, step: int) -> datetime.date:
    """`day`, or the nearest school day before or after it."""
    while day.weekday() > 4:
        day += step * DAY
    return day


def _adviser(made: DemoSchool, student: Student) -> User:
    return student.seats.on(made.today).get().advisory.charges.on(made.today).first().user


def _plan(made: DemoSchool, student: Student) -> Plan:
    return Plan.objects.with_what_it_belongs_to().get(student=student, term=made.current_term)


def _meetings(made: DemoSchool):
    """One that was held, without one of those invited, and one to come; the student called and leads both."""
    student = made.students[0]
    plan, user, adviser = _plan(made, student), student.user, _adviser(made, student)
    people = [row.user for row in team_of(student, adviser, made.today).members]
    held_on = _school_day(made.today - 12 * DAY, -1)
    called_at = _at(made, held_on - 6 * DAY, 12, 40)
    held = call_meeting(
        plan=plan, people=people, by=user, on=held_on, at=called_at,
        arrangement=Arrangement(_at(made, held_on, 16, 15), user, 45, "The long table", AGENDA),
    )  # fmt: skip
    words = NOTES.strip().format(name=user.called, adviser=adviser.given_name)
    write(text=held.notes, markdown=words, base_id=0, by=user, now=_at(made, held_on, 17))
    away = [person for person in people if person not in (user, adviser)][-1]
    came = [person for person in people if person != away]
    note_who_came(meeting=held, came=came, by=adviser, on=held_on)
    coming_on = _school_day(made.today + 8 * DAY, 1)
    call_meeting(
        plan=plan, people=people, by=user, on=made.today, at=_at(made, made.today - DAY, 19, 5),
        arrangement=Arrangement(_at(made, coming_on, 16, 15), user, 30, "The long table", NEXT_AGENDA),
    )  # fmt: skip


def _threads(made: DemoSchool):
    """A mention that is answered, and a thread that is resolved."""
    student = made.students[0]
    plan, adviser = _plan(made, student), _adviser(made, student)
    user, item = student.user, plan.items.select_related("plan", "text").first()
    first = open_thread(
        on=item, by=adviser, at=_at(made, made.today - 9 * DAY, 11), team=team_of(student, adviser, made.today),
        words=f"@{user.called} how far are you with this? If you are stuck, let us look at it together.",
    )  # fmt: skip
    answer(
        thread=first.thread, by=user, at=_at(made, made.today - 8 * DAY, 20), team=team_of(student, user, made.today),
        words="Half of it is done. For the rest I need somebody to say yes. Tomorrow after circle?",
    )  # fmt: skip
    settled = Thread.objects.filter(plan=plan, section__isnull=False).first()
    if settled:
        answer(
            thread=settled, by=user, at=_at(made, made.today - 5 * DAY, 18), team=team_of(student, user, made.today),
            words="I wrote it in. It is the last line now.",
        )  # fmt: skip
        resolve(thread=settled, by=adviser, at=_at(made, made.today - 4 * DAY, 9, 30))


def _concerns(made: DemoSchool):
    """One in hand and done, one that nobody has read yet."""
    lead, days = made.staff["safeguarding"], (16, 1)
    for student, text, back in zip(made.students[3:5], CONCERNS, days, strict=False):
        day = _school_day(made.today - back * DAY, -1)
        concern = raise_concern(student=student, text=text, by=_adviser(made, student), on=day)
        Concern.objects.filter(pk=concern.pk).update(at=_at(made, day, 10, 5))
        if back == days[0]:
            take_concern(concern=concern, by=lead, now=_at(made, day, 10, 40))
            step = add_step(concern=concern, text=STEP, by=lead)
            Note.objects.filter(pk=step.pk).update(at=_at(made, day, 17, 30))
            mark_all_read(by=lead, until=timezone.now(), now=timezone.now())
            close_concern(concern=concern, outcome=OUTCOME, by=lead, now=_at(made, day + 7 * DAY, 15))


def _cover(made: DemoSchool):
    """Somebody stands in for an adviser this week."""
    cover = made.staff.get("specialist", made.staff["coordinator"])
    take_charge(
        advisory=made.advisories[-1], user=cover, by=made.lead, on=made.today - DAY, until=made.today + 6 * DAY,
        kind=Charge.Kind.COVER, reason="Away with the flu",
    )  # fmt: skip


def _letters(made: DemoSchool):
    """Some are asked in by letter and some by e-mail, and have not come yet."""
    now = _at(made, made.today - 2 * DAY, 15, 20)
    people = [row.user for student in made.students[3:9] for row in student.guardianships.all() if row.is_on_team]
    for way, chosen in (
        (Link.Way.EMAIL, [user for user in people if user.email]),
        (Link.Way.LETTER, [user for user in people if not user.email]),
    ):
        invite_many(people=chosen, way=way, by=made.lead, school=made.school, now=now)


def _table(made: DemoSchool):
    """Phone numbers from the school's own system, brought in; and a table with a row still to be put right."""
    rows = [
        f"{student.number},{student.user.given_name},{student.user.family_name},{student.user.phone or phone}"
        for student, phone in zip(made.students[:4], _phones(made), strict=True)
    ]
    at = _at(made, made.today - 3 * DAY, 8, 50)
    kept = _kept(made, "\n".join(["Student ID,First name,Last name,Mobile", *rows]), at)
    imports.confirm(imported=kept, seen=Sheet(kept).preview(made.lead).digest, by=made.lead, now=at)
    apply(imported_id=kept.pk, now=at + datetime.timedelta(seconds=20))
    grade = next(iter(made.students[0].enrolments.all())).grade
    _kept(
        made, f"Name,Grade,Birthday,Mother's name\nImani Rhodes,{grade},2011-03-02,Keisha Rhodes\n"
        f"Tomás Ferreira,{grade},31/31/2010,Lúcia Ferreira", at + DAY,
    )  # fmt: skip


def _phones(made: DemoSchool) -> list[str]:
    england = made.school.system == made.school.System.ENGLAND
    return [f"01632 9609{number}" if england else f"(401) 555-01{number}" for number in range(91, 95)]


def _kept(made: DemoSchool, text: str, at: datetime.datetime) -> Import:
    return imports.keep(
        school=made.school, kind=Import.Kind.STUDENTS, text=text, usual={}, day=made.today, by=made.lead, now=at
    )
