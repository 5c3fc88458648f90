"""Placements of a demo school in every state, and their days: the last weeks as rows, today as far as it has come."""

import datetime
import uuid

from django.utils import timezone

from coedit.actions import write
from demo.schools import DemoSchool
from internships.actions.agreement import fill, prepare, refuse
from internships.actions.first_tasks import do_task
from internships.actions.learning import give_feedback, log_visit
from internships.actions.placements import PlacementError, Slot, arrange, begin, end, rest
from internships.actions.projects import (
    add_checkpoint,
    begin_project,
    decide,
    end_project,
    hand_in,
    mark_checkpoint,
)
from internships.expected import Status, expected_between
from internships.models import JournalEntry, Placement, Rules, SiteDay, Touch
from internships.questions import take_over
from internships.ready import READY
from mentors.models import Mentor
from notices.models import Notice
from schools.models import AttendanceCode
from schools.roles import Role
from students.models import TeamMember

# Tuesday and Thursday mostly; somebody is out on each day of the week.
DAYS = [(1, 3), (0, 2), (1, 3), (2, 4), (1, 3), (0, 4)]
HOURS = [(9, 15), (8, 14), (10, 16)]
TITLES = [
    "Learns the work from the ground up", "Helps with what the season brings", "Prepares and shows what is made here",
    "Answers people, and writes down what they need", "Measures, builds and mends",
]  # fmt: skip
WORDS = ["Fever since last night", "Dentist in the morning", "Bus strike", "Little brother is ill, nobody else at home"]
ENDED = [
    ("completed", "Came early every day. Ask for the oral history of the shop: it is worth showing.", "yes", True),
    ("fit", "Kind and careful, but wanted to be outside. A garden would suit better.", "yes", False),
    ("host", "The workshop moves and has no room before spring.", "perhaps", False),
]  # fmt: skip
DONE = {
    "employer": {"contact_name": "The front desk", "contact_phone": "on the card", "insured": True, "safe": True},
    "parent": {"emergency_name": "As on file", "emergency_phone": "As on file", "transport": "bus"},
    "student": {"on_time": True, "calls": True, "safely": True}, "adviser": {}, "coordinator": {},
}  # fmt: skip
JOURNAL = [
    "I was shown how to read the order sheet. I got two wrong, and found the second one myself.",
    "Slow day. I cleaned and watched. I asked why they measure twice, and there is a story behind it.",
    "I talked to a customer alone for the first time. My hands were shaking, but she said thank you.",
    "We had to throw away what I made yesterday. I know now what I did wrong, and tomorrow I try again.",
    "I wrote down every step, because I want to make a guide for the next intern.",
]  # fmt: skip
VISITED = [
    "Saw the work bench. The student explained the safety rules to me, not the other way round.",
    "Talked about the project: a price list that the shop can really use.",
    "The mentor would like to know earlier when somebody is ill. Agreed on a text message before eight.",
    "On time every day, and asks what to do next. The mentor would like a bit more of a plan for the last weeks.",
    "A quiet week because of an inspection. The student wrote up what they had seen until then.",
    "We went through the agreement once more: no work on the ladder without somebody beside it.",
    "The mentor can speak at the exhibition, if it is before four in the afternoon.",
]  # fmt: skip
SAID = ["Careful, and funny with customers.", "Does not give up when it is dull.", "Asks before doing, which I like."]
FOUND_OUT = [
    "She wanted to be a vet, and came here for one summer nineteen years ago. What is hard: nobody sees the "
    "work when it is done well.",
    "Everybody talks to the person at the back who orders the parts. I drew the arrows: they all go there.",
    "He left school at sixteen, and learned to read drawings from his uncle. He says the maths came when he needed it.",
    "There are photos of every crew since 1988 on the wall. The map shows where they stand and who never meets.",
]
PROJECTS = [
    ("A guide for the next intern", [
        "On my first day I did not know where anything was or whom I may ask. I will make a small book that "
        "explains it with pictures.",
        "We show newcomers around four times a year and forget half. A book that is true would save us a "
        "morning each time.",
        "How do people learn a place? I read about onboarding, ask ten people what they wished they had known, "
        "and count what comes up most.",
        "Interview ten people. Draw the map. Try the first draft with somebody who has never been here, and "
        "watch where they stop.",
        "My mentor looks at it every Thursday. The woman in the office knows the rules. My adviser helps with "
        "the writing.",
        "It is good when a new person finds the fire exit, the toilets and the right person to ask in five "
        "minutes. Three drafts.",
    ]),
    ("What do we throw away?", [
        "We fill two containers a week. I want to know what is in them, what it costs, and what could be used.",
        "The container is our third largest bill. If a quarter of it can go, that pays for a tool chest.",
        "How do I measure without emptying everything? I need a sample, a scale, and a table that adds up.",
        "Weigh one container by kind, four weeks in a row. Call two places that take wood and metal.",
        "The driver of the recycling centre, my mentor, and the maths teacher for the sample.",
        "A number that I can defend, with the error. A sheet on the wall. I show the curve at my exhibition.",
    ]),
    ("A price list that customers understand", [
        "People ask the same three questions on the phone. I will make one page that answers them, in English "
        "and Spanish.",
        "We lose customers who do not dare to ask. If the page works, I will print it large.",
        "What do the prices really consist of? Hours, material, rent. I have to reckon it for three jobs.",
        "Ask twenty customers what they did not know. Make three versions and count which one is understood.",
        "My mentor knows the prices, the accountant the rent, my mother the Spanish.",
        "It is good when somebody can say the price of a job after one minute with the page.",
    ]),
]  # fmt: skip
PAST = datetime.timedelta(weeks=4)


def ready(made: DemoSchool) -> None:
    """The school's rules are those of its country."""
    Rules.objects.create(school=made.school, parents_hear_of_no_shows=True, **READY[made.school.system])
    take_over(made.school)


def place(made: DemoSchool, student, mentor: Mentor, on: datetime.date, index: int) -> None:
    """One student at one place: most are out there, some still agree, wait for papers, rest, or have ended."""
    start, stop = HOURS[index % len(HOURS)]
    slots = [Slot(day, datetime.time(start), datetime.time(stop), 30) for day in DAYS[index % len(DAYS)]]
    coordinator = made.staff["coordinator"]
    on = on if index % 11 != 3 else made.today + datetime.timedelta(weeks=1)
    placement = arrange(
        student=student, organisation=mentor.organisation, mentor=mentor, title=TITLES[index % len(TITLES)],
        slots=slots, starts_on=on, review_on=on + datetime.timedelta(weeks=8), by=coordinator, now=_at(made, on, -9),
    )  # fmt: skip
    if index % 11 == 3:
        _agreeing(made, placement, index)
        return
    prepare(placement=placement, by=coordinator, on=made.today, now=_at(made, on, -8))
    for days, form in enumerate(placement.forms.all()):
        fill(form=form, by=form.person, now=_at(made, on, days - 7), answers=DONE[form.kind])
    try:
        begin(placement=placement, by=coordinator, on=made.today, now=_at(made, on, -2))
    except PlacementError:
        return  # It waits for papers: the demo has such places on purpose.
    if index % 13 == 5:
        rest(placement=placement, by=made.lead, on=made.today, now=timezone.now(), words="The crane is being repaired.")
    if index % 10 == 8:
        reason, words, again, job = ENDED[index // 10 % len(ENDED)]
        end(
            placement=placement, by=coordinator, on=max(on, made.today - datetime.timedelta(days=9)),
            now=_at(made, made.today, -9), reason=reason, end_words=words, host_again=again, may_refer=again == "yes",
            job_offered=job,
        )  # fmt: skip


def _agreeing(made, placement, index):
    """The agreement has come to the place, to a parent, or back with a wish."""
    prepare(placement=placement, by=made.staff["coordinator"], on=made.today, now=_at(made, made.today, -6))
    first = placement.forms.first()
    if index % 2:
        fill(form=first, by=first.person, now=_at(made, made.today, -3), answers=DONE[first.kind])
    elif index % 4:
        refuse(form=first, by=first.person, now=_at(made, made.today, -2), words="Thursdays we are at the market.")


def live(made: DemoSchool) -> None:
    """What the students did on site, and who has been told so much that nobody need read it again."""
    now, rules = timezone.now(), Rules.of(made.school)
    code = AttendanceCode.objects.filter(school=made.school, counts="excused").first()
    found = expected_between(Placement.objects.filter(school=made.school), made.today - PAST, made.today)
    monday = made.today - datetime.timedelta(days=made.today.weekday())
    days, touches = [], []
    for number, one in enumerate(found):
        late, absent = number % 9 == 4, number % 14 == 6
        missing = number % (17 if one.date == made.today else 61) == 9
        begun = one.status(now, rules) != Status.EXPECTED or now > one.starts_at
        if (missing and one.date == made.today) or not (begun or absent):
            continue
        mentor = one.placement.mentors_on(one.date)[0].mentor.user
        day = SiteDay(school=made.school, student=one.placement.student, placement=one.placement, date=one.date)
        days.append(day)
        if absent:
            day.absence, day.absence_words = code, WORDS[number % len(WORDS)]
            day.absence_source, day.absence_by, day.absence_at = "student", one.placement.student.user, one.starts_at
        if one.date < monday:
            day.minutes = 0 if absent or missing else one.minutes
            day.confirmed_by, day.confirmed_at = mentor, one.ends_at + datetime.timedelta(days=1)
        if not absent and not missing:
            touches += _touches(day, one, late, number, now)
    _learned(made, [one for one in found if one.date < made.today])
    SiteDay.objects.bulk_create(days)
    Touch.objects.bulk_create(touches)
    told = Notice.objects.filter(school_id=made.school.pk, kind__startswith="internships.", read_at__isnull=True)
    told.filter(
        kind__in=(
            "internships.placement_begun",
            "internships.placement_ended",
            "internships.agreement_done",
            "internships.feedback",
            "internships.project_decided",
        )
    ).update(read_at=now, waits_since=None)


def _learned(made, found):
    """Journals of some days, a word of the adviser with most mentors, the mentor's feedback on a few."""
    JournalEntry.objects.bulk_create(
        JournalEntry(
            school=made.school, placement=one.placement, date=one.date, text=JOURNAL[number % len(JOURNAL)],
            by=one.placement.student.user, at=one.ends_at + datetime.timedelta(hours=3),
        )
        for number, one in enumerate(found) if number % 2
    )  # fmt: skip
    placements = list({one.placement.pk: one.placement for one in found}.values())
    _projects(made, placements)
    team = TeamMember.objects.on(made.today).filter(school=made.school, role=Role.ADVISER).select_related("user")
    advisers = {row.student_id: row.user for row in team}
    for number, placement in enumerate(placements):
        mentor = placement.mentors_on(made.today)
        if number % 6 != 2 and mentor:
            log_visit(
                placement=placement, kind="call" if number % 3 else "visit", by=advisers[placement.student_id],
                at=_at(made, made.today, -2 - number * 7 % 37), now=timezone.now(),
                note=VISITED[number % len(VISITED)], mentor=mentor[0].mentor,
            )  # fmt: skip
        if number % 4 == 1 and mentor:
            give_feedback(
                placement=placement, stage="middle", by=mentor[0].mentor.user, now=_at(made, made.today, -4),
                skills={"punctual": 4, "initiative": 3, "together": 5, "careful": 4}, goals={},
                strengths=SAID[number % len(SAID)], next_step="Take one piece of work from beginning to end alone.",
            )  # fmt: skip


def _projects(made, placements):
    """First tasks and projects in every state: being written, handed in, given back, approved, done."""
    for number, placement in enumerate(placements):
        student = placement.student.user
        mentor = placement.mentors_on(made.today)
        for task in list(placement.first_tasks.all())[: number % 3]:
            do_task(
                task=task,
                words=FOUND_OUT[(number + task.order) % len(FOUND_OUT)],
                by=student,
                now=_at(made, made.today, -12),
            )
        if number % 4 == 3 or not mentor:
            continue
        title, words = PROJECTS[number % len(PROJECTS)]
        begun = _at(made, max(placement.starts_on, made.today - datetime.timedelta(days=16)), 0)
        goals = made.school.goals.all()[number % 3 : number % 3 + 3]
        project = begin_project(placement=placement, title=title, by=student, at=begun, goals=goals)
        parts = list(project.parts.select_related("text__student__school"))
        for part, said in zip(parts, words, strict=False):
            by = mentor[0].mentor.user if part.order == 1 else student
            write(text=part.text, markdown=said, base_id=0, by=by, now=begun)
        for days, name in (
            (-4, "A sketch that can be talked about"),
            (9, "Something to try out"),
            (30, "The finished thing"),
        ):
            due = made.today + datetime.timedelta(days=days)
            if due >= placement.starts_on:
                add_checkpoint(project=project, title=name, due_on=due, by=student)
        _drafts(made, project, number, student)


def _drafts(made, project, number, student):
    if number % 5 == 0:
        return
    hand_in(project=project, by=student, now=_at(made, made.today, -6))
    if number % 5 == 1:
        return
    approved = number % 5 != 2
    words = "" if approved else "Who will use it when you have left? Ask them, and put their answer in."
    decide(project=project, number=1, approved=approved, by=made.lead, now=_at(made, made.today, -5), words=words)
    if approved and (first := project.checkpoints.first()):
        mark_checkpoint(
            checkpoint=first,
            done=True,
            by=student,
            now=_at(made, made.today, -4),
            words="Two sketches, we chose the second.",
        )
    if number % 15 == 4:
        end_project(
            project=project,
            ending="done",
            by=student,
            now=_at(made, made.today, -1),
            words="It is in use every day now.",
        )


def _touches(day, one, late, number, now):
    student = one.placement.student.user
    came = one.starts_at + datetime.timedelta(minutes=27 if late else number % 12 - 6)
    went = one.ends_at + datetime.timedelta(minutes=number % 14)
    return [
        Touch(day=day, way=way, claimed_at=at, received_at=at, key=uuid.uuid4(), by=student)
        for way, at in ((Touch.Way.IN, came), (Touch.Way.OUT, went))
        if at <= now
    ]


def _at(made, day, days):
    moment = datetime.datetime.combine(day + datetime.timedelta(days=days), datetime.time(14, 5), made.school.zone)
    return min(moment, timezone.now())
