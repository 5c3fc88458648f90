"""Organisations and mentors of a demo school, what they offer, and whom they mentor: one for each interest."""

import datetime
from decimal import Decimal

from django.utils import timezone

from demo.placements import live, place, ready
from demo.profiles import profiles
from demo.schools import DOMAIN, DemoSchool, People
from internships.actions.meeting import (
    arrange_interview,
    arrange_shadow_day,
    host_says,
    interview_was,
    parent_says,
    student_says,
)
from internships.actions.opportunities import add_opportunity, withdraw_opportunity
from internships.actions.pursuits import ask, decide
from internships.models import Opportunity
from internships.weekdays import mask
from mentors.actions.clearances import verify
from mentors.actions.mentors import add_mentor
from mentors.actions.mentorship import end_mentorship, put_on_team
from mentors.actions.organisations import add_organisation, log_contact, merge
from mentors.models import Clearance, Mentor
from schools.models import School
from schools.roles import Role

NAMED = {"radio": ("Mo", "Adeyemi", f"mentor@{DOMAIN}")}
# Every fourth student is still looking for a place.
LOOKING = 4
# Streets of the two towns, north and west in ten-thousandths of a degree from their middle.
MIDDLE = {School.System.UNITED_STATES: ("41.82400", "-71.41280"), School.System.ENGLAND: ("53.74430", "-0.33270")}
AROUND = [(31, -42), (-84, 120), (55, 18), (12, -9), (96, 61), (-23, -75), (-61, 34), (3, 5), (-37, -18), (70, -98)]
WEEK = datetime.timedelta(weeks=1)
SITE = "Uncle Ray's garage", "Ray is my mother's brother. He has two lifts and always one car too many."
WHY = [
    "I have never been allowed to hold anything that matters. There they let you.",
    "My grandmother was a patient and they were kind. I want to know how they do it.",
    "I would like to make something that people use the next day.",
    "He says I may if the school says so. I want to know how an engine is put together, not only apart.",
    "I talk all day anyway. I would like to learn to do it so that others listen.",
    "I cook at home for six. I would like to see how it is done for two hundred.",
]
HEARD = (
    "She began by sweeping the floor and listening. The hardest thing is to tell people that something cannot be saved."
)
SHADOWED = "I was nervous until lunch. Then I was allowed to help, and nobody looked over my shoulder."
# Tuesday and Thursday mostly.
DAYS = [(1, 3), (1, 3), (0, 2), (1, 4), (1, 3), (2, 4)]
# What was said, and how many days ago.
SAID = [
    ("visit", 3, "Saw the workshop. Safety glasses are there, gloves in small sizes are not; they will buy some."),
    ("call", 12, "Would take a second student in spring, on Tuesdays and Thursdays."),
    ("email", 20, "Sent the dates of the exhibitions. They would like to come and sit on a panel."),
    ("no_answer", 33, ""),
    ("meeting", 47, "Went through what goes well and what does not. Punctuality is better since the bus changed."),
]


def find_mentors(made: DemoSchool, people: People, *, named: bool) -> None:
    """`named`: whether this is the school in which the demo's mentor signs in."""
    mentors = {key: _mentor(made, people, profile, named) for key, profile in profiles().items()}
    ready(made)
    _papers(made, list(mentors.values()))
    _contacts(made, list(mentors.values()))
    _offers(made, mentors)
    _twice(made, mentors["kitchen"])
    looking = []
    for index, student in enumerate(made.students):
        mentor = mentors[made.profile_of[student.pk]["key"]]
        if index % LOOKING == LOOKING - 1 or student.started_on > made.today - datetime.timedelta(weeks=8):
            looking.append(student)
            continue
        on = max(student.started_on + datetime.timedelta(weeks=3), made.current_term.starts_on)
        place(made, student, mentor, on, index)
        if index % 5 == 0 and student.started_on < made.terms[2].starts_on:
            _earlier(made, student, mentors)
    _search(made, looking)
    live(made)


def _search(made: DemoSchool, looking):
    """Students without a place, one in each state of the search, and somebody who has waited for twelve days."""
    offers = list(Opportunity.objects.filter(school=made.school, withdrawn_at__isnull=True).order_by("pk"))
    for index, student in enumerate(looking[:6]):
        asked_on = made.today - datetime.timedelta(days=(12, 1, 6, 9, 30, 15)[index])
        of = {"opportunity": offers[index]} if index != 3 else {"site": SITE[0], "site_about": SITE[1]}
        pursuit = ask(student=student, why=WHY[index], by=student.user, on=asked_on, now=_at(made, asked_on), **of)
        if index >= 2:
            _say(made, pursuit, Role.ADVISER, asked_on + datetime.timedelta(days=1), index != 5)
        if index in (3, 4):
            _say(made, pursuit, Role.COORDINATOR, asked_on + datetime.timedelta(days=2), True)
    for index, student in enumerate(looking[6:10]):
        _met(made, student, offers[6 + index], index)


def _met(made: DemoSchool, student, offer, steps):
    """Somebody who has called: an interview to come, one held, a shadow day to come, one that was good."""
    asked_on = made.today - datetime.timedelta(days=20)
    pursuit = ask(
        student=student, why=WHY[steps], by=student.user, on=asked_on, now=_at(made, asked_on), opportunity=offer
    )
    _say(made, pursuit, Role.ADVISER, asked_on + datetime.timedelta(days=1), True)
    _say(made, pursuit, Role.COORDINATOR, asked_on + datetime.timedelta(days=2), True)
    called, by = made.today - datetime.timedelta(days=14), student.user
    arrange_interview(
        pursuit=pursuit, at=_at(made, made.today + datetime.timedelta(days=2) if steps == 0 else called), by=by,
        now=_at(made, called) - datetime.timedelta(hours=3),
        questions="How did you come to this work? What is hard about it?",
    )  # fmt: skip
    if steps == 0:
        return
    interview_was(pursuit=pursuit, happened=True, by=by, now=_at(made, called), notes=HEARD, thanked_on=called)
    if steps == 1:
        return
    times = {"from_time": datetime.time(9), "to_time": datetime.time(14)}
    day = made.today + datetime.timedelta(days=6) if steps == 2 else made.today - datetime.timedelta(days=7)
    now = _at(made, made.today - datetime.timedelta(days=10))
    arrange_shadow_day(pursuit=pursuit, date=day, by=by, now=now, bring="Closed shoes, lunch", **times)
    if steps == 3:
        parent_says(pursuit=pursuit, permits=True, by=made.lead, now=now)
        host_says(pursuit=pursuit, yes=True, by=offer.mentor.user, now=now)
        after = _at(made, made.today - datetime.timedelta(days=6))
        student_says(pursuit=pursuit, yes=True, reflection=SHADOWED, by=by, now=after)
        host_says(pursuit=pursuit, yes=True, by=offer.mentor.user, now=after, words="Asks good questions.")


def _say(made, pursuit, role, on, yes):
    who = made.staff["coordinator"] if role == Role.COORDINATOR else made.lead
    words = "Good match. Ask about Tuesdays." if yes else "Two buses each way. Let us look for something nearer."
    decide(pursuit=pursuit, role=role, says_yes=yes, by=who, on=on, now=_at(made, on), words=words)


def _at(made, day):
    return datetime.datetime.combine(day, datetime.time(14, 5), made.school.zone)


def _mentor(made: DemoSchool, people: People, profile: dict, named: bool) -> Mentor:
    given, family_name, sign_in = NAMED.get(profile["key"], ("", "", "")) if named else ("", "", "")
    if not given:
        given, family_name = made.names.adult()
    north, west = AROUND[list(profiles()).index(profile["key"])]
    latitude, longitude = map(Decimal, MIDDLE[made.school.system])
    organisation = add_organisation(
        school=made.school, name=profile["organisation"], by=made.lead, town=made.school.place.split(",")[0],
        about=profile["about"], tags=profile["tags"], address=made.names.address(made.school.system),
        phone=people.phone(made.school), latitude=latitude + Decimal(north) / 10_000,
        longitude=longitude + Decimal(west) / 10_000,
    )  # fmt: skip
    user = people.make(given, family_name, sign_in=sign_in, phone=people.phone(made.school))
    return add_mentor(
        organisation=organisation, user=user, by=made.lead, on=made.terms[0].starts_on, job_title=profile["mentor_job"]
    )


def _papers(made, mentors):
    """Most are in order; some run out in three weeks, one has, and of two places nobody has seen anything yet."""
    coordinator = made.staff["coordinator"]
    for index, mentor in enumerate(mentors[:-2]):
        end = made.today + WEEK * (3 if index == 1 else -1 if index == 4 else 30)
        for kind in Clearance.OF_ORGANISATIONS:
            verify(
                school=made.school, kind=kind, by=coordinator, verified_on=made.today - WEEK * 14, on=made.today,
                organisation=mentor.organisation, reference=f"{kind[:3].upper()} {4100 + index}",
                expires_on=end if kind == Clearance.Kind.LIABILITY else made.today + WEEK * 38,
            )  # fmt: skip
        verify(
            school=made.school, kind=Clearance.Kind.BACKGROUND, by=coordinator, verified_on=made.today - WEEK * 20,
            on=made.today, user=mentor.user, expires_on=made.today + WEEK * (5 if index == 2 else 90),
        )  # fmt: skip


def _contacts(made, mentors):
    for index, (kind, days_ago, note) in enumerate(SAID):
        at = datetime.datetime.combine(made.today, datetime.time(10, 20), made.school.zone)
        log_contact(
            organisation=mentors[index].organisation, kind=kind, by=made.staff["coordinator"], note=note,
            at=at - datetime.timedelta(days=days_ago), mentor=mentors[index],
        )  # fmt: skip


def _offers(made, mentors):
    """One or two at each place; the last of them is offered no more."""
    coordinator = made.staff["coordinator"]
    for index, (key, mentor) in enumerate(mentors.items()):
        for number, offer in enumerate(profiles()[key]["offers"]):
            opportunity = add_opportunity(
                organisation=mentor.organisation, by=coordinator, mentor=mentor, title=offer["title"],
                needs=offer.get("needs", ""), weekdays=mask(DAYS[(index + number) % len(DAYS)]),
                places=1 + (index + number) % 3, starts_on=made.terms[1].starts_on,
            )  # fmt: skip
    withdraw_opportunity(opportunity=opportunity, by=coordinator, now=timezone.now())


def _twice(made, mentor):
    """One place that two advisers had written down, each in their own way."""
    organisation = mentor.organisation
    other = add_organisation(
        school=made.school, name=f"The {organisation.name} CIC", by=made.lead, town=organisation.town
    )
    merge(organisation=other, into=organisation, by=made.lead)


def _earlier(made: DemoSchool, student, mentors):
    """A mentor of last term, who no longer sees the student."""
    term = made.terms[2]
    other = mentors["garden" if made.profile_of[student.pk]["key"] != "garden" else "kitchen"]
    mentorship = put_on_team(student=student, mentor=other, by=made.lead, on=max(term.starts_on, student.started_on))
    end_mentorship(mentorship=mentorship, by=made.lead, on=term.ends_on)
