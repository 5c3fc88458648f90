"""The daily circle: who is here, a word of the day, what was said."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advisories.models import Advisory, Circle
from audit.actions import record
from schools.models import AttendanceCode
from students.actions.attendance import mark


class CircleError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def hold_circle(
    *, advisory: Advisory, date: datetime.date, word: str, notes: str, marks: dict, by, today: datetime.date, version=0
) -> Circle:
    """Write down one day's circle. `marks` is student -> AttendanceCode (or None, not said).

    `version` is that of the circle which the writer saw (0: none yet). Raises CircleError when somebody else
    wrote other words in between, or the day has not begun.
    """
    if date > today:
        raise CircleError(_("That day has not begun."))
    # The advisory's row is the lock, since the day's circle may not exist yet.
    Advisory.objects.select_for_update().get(pk=advisory.pk)
    circle = Circle.objects.filter(advisory=advisory, date=date).first()
    if circle is None:
        circle = Circle.objects.create(advisory=advisory, date=date, word=word, notes=notes, by=by)
    elif (circle.word, circle.notes) != (word, notes):
        if circle.version != version:
            raise CircleError(
                _("%(name)s wrote in this circle while you did. Their words are below yours: join the two and save.")
                % {"name": circle.by.name}
            )
        circle.word, circle.notes, circle.by, circle.version = word, notes, by, circle.version + 1
        circle.save()
    for student, code in marks.items():
        if code is not None:
            mark(student=student, date=date, code=code, by=by)
    record("advisories.circle.held", by=by, subject=circle, school_id=advisory.school_id, date=date.isoformat())
    return circle


def codes_for_circle(school, day):
    """The codes a circle offers."""
    return [
        code for code in AttendanceCode.objects.filter(school=school) if not code.retired_on or code.retired_on > day
    ]
