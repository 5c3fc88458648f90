"""Exhibitions that were held, in bulk: told, judged by an agreed level for each criterion, without the ratings and
narratives behind it. Those from homes with little money are a little behind, and catch up."""

import datetime
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.models import User
from coedit.actions import Draft, begin, write_begun
from demo.bulk import write
from exhibitions.actions.exhibitions import NEEDS, READERS, WRITERS
from exhibitions.models import Agreed, Exhibition, Room, Seat, Window
from exhibitions.slots import usual_times
from schools.actions.rubric import current_rubric
from schools.models import School, Term
from schools.roles import Role
from students.models import Student

DAY = datetime.timedelta(days=1)
TITLES = ["What I found out about my own block", "A tool that others use", "Asking better questions", "What it costs"]
HOURS = range(8, 16)
MINUTES = 45
# The chance of each rank of four, the first first; and that somebody is one further at the next exhibition.
RANKS = {True: (30, 42, 22, 6), False: (18, 42, 29, 11)}
FURTHER = {True: 0.42, False: 0.38}


@dataclass
class Exhibitions:
    """Those of one school. `adults` are who was there beside the student, by student, the adviser first; `poor` has
    those from homes with little money."""

    school: School
    by: User
    random: object
    adults: Mapping[int, Sequence[tuple[str, User]]]
    poor: set[int]

    def __post_init__(self):
        self.ranks: dict[tuple[int, int], int] = {}

    def open_window(self, term: Term, last_on: datetime.date) -> Window:
        rubric = current_rubric(school=self.school, by=self.by, now=self._at(term.starts_on, 9))
        return Window.objects.create(
            school=self.school, term=term, name=f"Exhibitions, {term.name}", starts_on=last_on - 4 * DAY,
            last_on=last_on, slot_minutes=MINUTES, times=usual_times(MINUTES), needs=NEEDS, rubric=rubric,
            opened_by=self.by, opened_at=self._at(term.starts_on, 9),
        )  # fmt: skip

    def hold(self, window: Window, students: Sequence[Student]) -> None:
        """One each, in the window's days; later windows find them further than earlier ones."""
        begun = [self._outline(window, student) for student in students]
        write_begun(begun, self._at(window.starts_on - 30 * DAY, 9))
        rows = write(Exhibition, self._rows(window, students, [one.text for one in begun]))
        self._seats(rows)
        self._agreed(window, rows)

    def _outline(self, window, student):
        draft = Draft(student, "Outline of the exhibition", READERS, WRITERS)
        return begin(draft, None, student.user, self._at(window.starts_on - 30 * DAY, 9))

    def _rows(self, window, students, texts):
        days = [window.starts_on + number * DAY for number in range((window.last_on - window.starts_on).days + 1)]
        slots = [self._at(day, hour) for day in days if day.weekday() < 5 for hour in HOURS]
        count = -(-len(students) // len(slots))
        halls = write(Room, (Room(window=window, name=f"Hall {n + 1}", order=100 + n) for n in range(count)))
        for student, text, (room, at) in zip(students, texts, itertools.product(halls, slots), strict=False):
            yield Exhibition(
                school=self.school, window=window, student=student, title=TITLES[student.pk % len(TITLES)],
                outline=text, starts_at=at, room=room, told_starts_at=at, told_room=room, told_minutes=MINUTES,
                told_times=1, begun_by=student.user, begun_at=at - 30 * DAY,
            )  # fmt: skip

    def _seats(self, rows):
        write(
            Seat,
            (
                Seat(
                    exhibition=row, user=user, kind=kind, added_by=self.by, added_at=row.begun_at,
                    is_required=kind in (Role.STUDENT, Role.ADVISER), handed_in_at=row.starts_at + DAY / 24,
                )
                for row in rows
                for kind, user in ((Role.STUDENT, row.student.user), *self.adults[row.student_id])
            ),
        )  # fmt: skip

    def _agreed(self, window, rows):
        criteria, levels = list(window.rubric.criteria.all()), list(window.rubric.levels.all())
        write(
            Agreed,
            (
                Agreed(
                    exhibition=row, criterion=criterion, level=levels[self._rank(row, criterion)],
                    by=self.adults[row.student_id][0][1], received_at=row.starts_at + DAY / 24,
                )
                for row in rows for criterion in criteria
            ),
        )  # fmt: skip

    def _rank(self, row, criterion) -> int:
        is_poor, key = row.student_id in self.poor, (row.student_id, criterion.pk)
        rank = self.ranks.get(key)
        if rank is None:
            rank = self.random.choices(range(4), RANKS[is_poor])[0]
        elif self.random.random() < FURTHER[is_poor]:
            rank = min(rank + 1, 3)
        self.ranks[key] = rank
        return rank

    def _at(self, day, hour) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(hour), self.school.zone)
