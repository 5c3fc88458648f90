"""Students and families of a demo school: the told stories first, then as many drawn ones as fill the advisories."""

import datetime

from accounts.models import User
from advisories.actions import roster
from demo.profiles import profiles
from demo.schools import DemoSchool, People
from demo.stories import Adult, Story
from students.actions import enrol, family
from students.models import Guardianship, Home, Student

WEEK = datetime.timedelta(weeks=1)


def fill(made: DemoSchool, people: People, stories: list[Story], sizes: list[int], grades: dict[str, int]) -> None:
    """Seat the stories, then draw students until each advisory has its size. `grades` maps a grade to its usual age."""
    known: dict[str, User] = {}
    for story in stories:
        _tell(made, people, story, known)
    for index, size in enumerate(sizes):
        taken = made.advisories[index].seats.on(made.today).count()
        for number in range(size - taken):
            _tell(made, people, _drawn(made, index, number, grades), known)


def _drawn(made: DemoSchool, advisory: int, number: int, grades: dict[str, int]) -> Story:
    drawn, random = made.names.family(), made.names.random
    grade = list(grades)[(number + advisory) % len(grades)]
    adults = []
    if drawn.mother:
        adults.append(Adult(drawn.mother, drawn.family_name, "mother", language=drawn.language, emergency=True))
    if drawn.father:
        apart = drawn.mother is not None and random.random() < 0.3
        adults.append(
            Adult(drawn.father, drawn.family_name, "father", home=1 if apart else 0, emergency=not drawn.mother)
        )
    names = ("", "Dad's") if any(adult.home == 1 for adult in adults) else ("",)
    homes = tuple((name, made.names.address(made.school.system)) for name in names)
    return Story(
        made.names.child(drawn.family_name), drawn.family_name, grade, grades[grade] + random.randint(0, 1),
        list(profiles())[(number * 3 + advisory) % len(profiles())], advisory=advisory, homes=homes,
        adults=tuple(adults),
    )  # fmt: skip


def _tell(made: DemoSchool, people: People, story: Story, known: dict[str, User]) -> Student:
    random = made.names.random
    user = people.make(
        story.given, story.family_name, preferred_name=story.preferred, sign_in=story.sign_in,
        email=bool(story.sign_in) or random.random() < 0.6,
    )  # fmt: skip
    started_on = _start(made, story)
    student = enrol.enrol(
        school=made.school, user=user, grade=story.grade, by=made.lead, on=started_on,
        born_on=_birthday(made, story.age), number=f"{1000 + len(made.students):04d}",
    )  # fmt: skip
    _seat(made, student, story, started_on)
    _link(made, people, student, story, known, started_on)
    profile = profiles()[story.profile]
    student.interests.create(words=profile["interest"], tags=profile["tags"], by=user)
    made.students.append(student)
    made.profile_of[student.pk] = profile
    return student


def _start(made: DemoSchool, story: Story) -> datetime.date:
    if story.started_weeks_ago is not None:
        return made.today - story.started_weeks_ago * WEEK
    if story.sign_in or story.moved_from is not None:
        return made.terms[0].starts_on
    # Most came in earlier terms, a fifth with the current one.
    return made.names.random.choice(made.terms[:3] + made.terms[:2]).starts_on


def _birthday(made: DemoSchool, age: int) -> datetime.date:
    days_ago = made.names.random.randint(1, 364)
    birthday = made.today - datetime.timedelta(days=days_ago)
    return birthday.replace(year=birthday.year - age, day=min(birthday.day, 28))


def _seat(made, student, story, started_on):
    if story.moved_from is not None:
        roster.seat(student=student, advisory=made.advisories[story.moved_from], by=made.lead, on=started_on)
        moved_on = made.terms[2].starts_on - 3 * WEEK
        roster.seat(student=student, advisory=made.advisories[story.advisory], by=made.lead, on=moved_on)
    else:
        roster.seat(student=student, advisory=made.advisories[story.advisory], by=made.lead, on=started_on)


def _link(made, people, student, story, known, started_on):
    homes = [Home.objects.create(school=made.school, name=name, address=address) for name, address in story.homes]
    for adult in story.adults:
        user = known.get(adult.sign_in) if adult.sign_in else None
        if user is None:
            user = people.make(
                adult.given, adult.family_name, sign_in=adult.sign_in, email=adult.email, language=adult.language,
                phone=people.phone(made.school),
            )  # fmt: skip
            if adult.sign_in:
                known[adult.sign_in] = user
        at_home = adult.home >= 0
        family.add_guardian(
            student=student, user=user, relation=adult.relation, rights=Guardianship.Rights(adult.rights),
            by=made.lead, on=started_on, home=homes[adult.home] if at_home else None, lives_with=at_home,
            is_emergency_contact=adult.emergency,
        )  # fmt: skip
