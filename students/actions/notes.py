"""Notes on a student for staff, in three levels."""

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record, record_read
from common.once import once
from students.models import Concern, Level, Note, Student


class NoteError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def write_note(*, student: Student, level: str, text: str, by, key=None, concern: Concern | None = None) -> Note:
    """Write a note. The same words with the same `key` are one note (a double tap, a resent form)."""
    Student.objects.lock(student)
    key = once(key, student.pk, by.pk, str(level), text, concern and concern.pk)
    if key is not None and (same := Note.objects.filter(key=key).first()):
        return same
    note = Note.objects.create(
        student=student, school_id=student.school_id, level=level, text=text, by=by, key=key, concern=concern
    )
    _log(record, "students.note.written", note.level, student, by, subject=note)
    return note


@transaction.atomic
def correct_note(*, note: Note, level: str, text: str, by) -> Note:
    """A new note in place of `note`, which stays readable to those who may read the new one.

    Raises NoteError when somebody corrected it in between, or the new one would be open to more people.
    """
    note = Note.objects.select_for_update().select_related("student__school").get(pk=note.pk)
    if Level(level).rank < Level(note.level).rank:
        raise NoteError(_("A correction can be for fewer people, not for more. Write a new note instead."))
    newer = Note.objects.filter(supersedes=note).select_related("by").first()
    if newer is not None:
        raise NoteError(
            _("%(name)s corrected this note while you did. Go back to the notes and correct the newer one.")
            % {"name": newer.by.name}
        )
    corrected = Note.objects.create(
        student=note.student, school_id=note.school_id, level=level, text=text, by=by, supersedes=note,
        concern=note.concern,
    )  # fmt: skip
    _log(record, "students.note.corrected", level, note.student, by, subject=corrected)
    return corrected


def log_reading(*, student: Student, level: str, notes, by) -> None:
    """Write down that `by` read these notes. Staff notes are everyday reading, and so is a page without notes."""
    if level != Level.STAFF and notes:
        _log(record_read, "students.notes.read", level, student, by, notes=[note.pk for note in notes])


def _log(write, action, level, student, by, **details):
    # The school's own log is the lead's to read, and safeguarding notes are not: such lines name no school.
    school_id = None if level == Level.SAFEGUARDING else student.school_id
    write(action, by=by, school_id=school_id, student_id=student.pk, level=level, **details)
