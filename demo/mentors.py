"""Organisations and mentors of a demo school, and whom they mentor: one for each interest."""

import datetime

from demo.profiles import profiles
from demo.schools import DOMAIN, DemoSchool, People
from mentors.actions.mentors import add_mentor
from mentors.actions.mentorship import end_mentorship, put_on_team
from mentors.actions.organisations import add_organisation
from mentors.models import Mentor

NAMED = {"radio": ("Mo", "Adeyemi", f"mentor@{DOMAIN}")}
# Every fourth student is still looking for a place.
LOOKING = 4


def find_mentors(made: DemoSchool, people: People, *, named: bool) -> None:
    """`named`: whether this is the school in which the demo's mentor signs in."""
    mentors = {key: _mentor(made, people, profile, named) for key, profile in profiles().items()}
    for index, student in enumerate(made.students):
        mentor = mentors[made.profile_of[student.pk]["key"]]
        if index % LOOKING == LOOKING - 1 or student.started_on > made.today - datetime.timedelta(weeks=8):
            continue
        on = max(student.started_on + datetime.timedelta(weeks=3), made.current_term.starts_on)
        put_on_team(student=student, mentor=mentor, by=made.lead, on=on)
        if index % 5 == 0 and student.started_on < made.terms[2].starts_on:
            _earlier(made, student, mentors)


def _mentor(made: DemoSchool, people: People, profile: dict, named: bool) -> Mentor:
    given, family_name, sign_in = NAMED.get(profile["key"], ("", "", "")) if named else ("", "", "")
    if not given:
        given, family_name = made.names.adult()
    organisation = add_organisation(
        school=made.school, name=profile["organisation"], by=made.lead, town=made.school.place.split(",")[0]
    )
    user = people.make(given, family_name, sign_in=sign_in, phone=people.phone(made.school))
    return add_mentor(
        organisation=organisation, user=user, by=made.lead, on=made.terms[0].starts_on, job_title=profile["mentor_job"]
    )


def _earlier(made: DemoSchool, student, mentors):
    """A mentor of last term, who no longer sees the student."""
    term = made.terms[2]
    other = mentors["garden" if made.profile_of[student.pk]["key"] != "garden" else "kitchen"]
    mentorship = put_on_team(student=student, mentor=other, by=made.lead, on=max(term.starts_on, student.started_on))
    end_mentorship(mentorship=mentorship, by=made.lead, on=term.ends_on)
