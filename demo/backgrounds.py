"""Who the demo's students are at home, as far as their schools hold it: two in three from homes with little money, more
than a third without their father, some of whom nobody has recorded it."""

import datetime
from collections.abc import Iterable, Sequence

from accounts.models import User
from demo.bulk import write
from outcomes.models import Background, Held
from schools.models import School
from students.models import Guardianship, Student

Kind = Background.Kind
HELD = {
    School.System.UNITED_STATES: [Kind.MEALS, Kind.ABSENT, Kind.LANGUAGE, Kind.NEEDS],
    School.System.ENGLAND: [Kind.MEALS, Kind.CARE, Kind.ABSENT, Kind.LANGUAGE, Kind.NEEDS],
}
POOR = 0.66
# Values with their weights, for homes with little money and for others.
DRAWN = {
    School.System.UNITED_STATES: {
        Kind.MEALS: ({"free": 85, "reduced": 15}, {"no": 100}),
    },
    School.System.ENGLAND: {
        Kind.MEALS: ({"free": 70, "past": 30}, {"no": 100}),
        Kind.CARE: ({"looked_after": 9, "left": 3, "no": 88}, {"no": 100}),
    },
}
ANYWHERE = {
    Kind.ABSENT: ({"father": 40, "mother": 5, "both": 4, "no": 51}, {"father": 24, "mother": 4, "both": 1, "no": 71}),
    Kind.LANGUAGE: ({"other": 30, "school": 70}, {"other": 18, "school": 82}),
    Kind.NEEDS: ({"plan": 15, "support": 11, "no": 74}, {"plan": 10, "support": 8, "no": 82}),
}
SOURCES = {
    School.System.UNITED_STATES: {Kind.MEALS: "The district's list"},
    School.System.ENGLAND: {Kind.MEALS: "The local authority's list", Kind.CARE: "The local authority"},
}
ELSEWHERE = "What the family said at enrolment"
# Of every so many students nobody has recorded this; meals and care are on lists.
NOT_RECORDED = {Kind.ABSENT: 9, Kind.LANGUAGE: 29, Kind.NEEDS: 17}


def hold(school: School) -> None:
    """What the school chooses to hold."""
    Held.objects.create(school=school, kinds=HELD[school.system])


def draw_poor(random, count: int) -> list[bool]:
    """Which of `count` homes have little money: always the same share of them, in no order."""
    found = [number < round(count * POOR) for number in range(count)]
    random.shuffle(found)
    return found


def rows(students: Sequence[Student], poor: Sequence[bool], random, by: User, *, without=0) -> Iterable[Background]:
    """What is held of each of them since they came. Of every `without`th nobody has recorded whether there are free
    meals, or care; 0 leaves out nobody."""
    for number, (student, is_poor) in enumerate(zip(students, poor, strict=True)):
        drawn = DRAWN[student.school.system] | ANYWHERE
        for kind, sides in drawn.items():
            every = NOT_RECORDED.get(kind, without)
            values = sides[0 if is_poor else 1]
            value = random.choices(list(values), list(values.values()))[0]
            if not every or number % every != every - 1:
                yield _row(student, kind, value, by)


def _row(student, kind, value, by) -> Background:
    return Background(
        student=student, school_id=student.school_id, kind=kind, value=value, since=student.started_on,
        source=SOURCES[student.school.system].get(kind, ELSEWHERE), by=by,
    )  # fmt: skip


def of_families(students: Sequence[Student], random, by: User, today: datetime.date, *, without=0) -> None:
    """The same for students whose families are told: who is absent, and what is spoken, is as it is there."""
    told = _told(students, today)
    found = rows(students, draw_poor(random, len(students)), random, by, without=without)
    made = []
    for row in found:
        row.value = told[row.student_id].get(row.kind, row.value)
        made.append(row)
    write(Background, made)


def _told(students, today) -> dict[int, dict[str, str]]:
    guardianships = Guardianship.objects.on(today).filter(student__in=students).select_related("user")
    homes: dict[int, list[Guardianship]] = {student.pk: [] for student in students}
    for one in guardianships:
        homes[one.student_id].append(one)
    return {pk: _of_home(adults) for pk, adults in homes.items()}


def _of_home(adults) -> dict[str, str]:
    there = {one.relation for one in adults if one.lives_with}
    has_mother, has_father = "mother" in there, "father" in there
    absent = {(True, True): "no", (True, False): "father", (False, True): "mother", (False, False): "both"}
    told = {Kind.ABSENT: absent[has_mother, has_father]}
    if any(one.user.language for one in adults):
        told[Kind.LANGUAGE] = "other"
    return told
