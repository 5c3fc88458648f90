"""A school made up for the bench: students with teams of eight, texts, and a session for everybody.

Run as a program with the settings of the server to be measured; prints what the load generator must know.
"""

import json
import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection, transaction

from accounts.models import User
from coedit.actions import Draft, create_many
from schools.actions.staff import give_role
from schools.models import School
from schools.roles import Role
from students.actions import enrol, team

TEAM = [Role.PARENT, Role.PARENT, Role.MENTOR, Role.ADVISER, Role.SPECIALIST, Role.SPECIALIST, Role.SPECIALIST]
WRITERS = [Role.STUDENT, Role.PARENT, Role.MENTOR, Role.ADVISER, Role.SPECIALIST]


def main(wanted: list[int]) -> dict:
    """`wanted[n]` texts for the nth student; answers each student's texts and team."""
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        school = School.objects.create(name="Bench", time_zone="America/New_York")
        lead = _people(["lead"])[0]
        give_role(user=lead, role=Role.LEAD, school=school, by=lead, on=school.today())
        teams = [_team(school, number, lead) for number in range(len(wanted))]
        drafts = [
            Draft(student, f"Text {number}", WRITERS, WRITERS)
            for (student, _people), texts in zip(teams, wanted, strict=True)
            for number in range(texts)
        ]
        texts = iter(create_many(drafts=drafts, by=lead))
        answer = [
            {"texts": [str(next(texts).pk) for _ in range(count)], "sessions": [_session(person) for person in people]}
            for count, (_student, people) in zip(wanted, teams, strict=True)
        ]
    connection.close()
    return {"cookie": settings.SESSION_COOKIE_NAME, "students": answer}


def _people(names):
    # Nobody signs in with a password here: hashing a thousand of them would take minutes.
    return User.objects.bulk_create(User(username=name, given_name=name, password="!") for name in names)


def _team(school, number, lead):
    people = _people([f"person-{number}-{seat}" for seat in range(len(TEAM) + 1)])
    student = enrol.enrol(school=school, user=people[0], grade="10", by=lead, on=school.today())
    for seat, (person, role) in enumerate(zip(people[1:], TEAM, strict=True)):
        team.join(student=student, user=person, role=role, cause=f"bench:{seat}", by=lead, on=school.today())
    return student, people


def _session(user) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
