from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from audit.models import Event
from common.forms import refuse
from schools.roles import Permission
from students.access import holders, load_student
from students.actions.notes import NoteError, correct_note, log_reading, write_note
from students.forms.notes import NoteForm
from students.models import Level, Note

SHOWN = 50


def notes(request, student_id, level=Level.STAFF):
    """The notes of one level, who may read them, and who did."""
    level = _level(level)
    student = load_student(request, student_id, level.permission)
    readers = _readers(request, student)
    form = NoteForm(request.POST or None, readers=readers, initial={"level": level})
    if request.method == "POST" and form.is_valid():
        note = write_note(student=student, by=request.user, **form.cleaned_data)
        messages.success(request, _("The note is saved."))
        return redirect("students:notes_at", student.pk, note.level)
    found = _chains(student, level)
    if request.method == "GET":
        log_reading(student=student, level=level, notes=found, by=request.user)
    context = {
        "student": student, "level": level, "levels": list(readers), "readers": readers[level], "notes": found,
        "form": form, "reads": _reads(student, level),
    }  # fmt: skip
    return render(request, "students/notes.html", context)


def correct(request, student_id, note_id):
    """A correction: a new note in place of the old one, which stays readable."""
    student = load_student(request, student_id, Permission.STUDENT_SEE)
    note = get_object_or_404(student.notes.select_related("by"), pk=note_id)
    level = Level(note.level)
    if level.permission not in request.can:
        # Not 403: that would tell that there is such a note.
        raise Http404
    readers = {key: people for key, people in _readers(request, student).items() if key.rank >= level.rank}
    form = NoteForm(
        request.POST or None,
        readers=readers,
        initial={"level": level, "text": note.text},
        submit=_("Save the correction"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            new = correct_note(
                note=note, level=form.cleaned_data["level"], text=form.cleaned_data["text"], by=request.user
            )
        except NoteError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The correction is saved. What stood there before stays readable."))
            return redirect("students:notes_at", student.pk, new.level)
    elif request.method == "GET":
        log_reading(student=student, level=level, notes=[note], by=request.user)
    return render(
        request, "students/note_correct.html", {"student": student, "note": note, "form": form, "level": level}
    )


def _level(text) -> Level:
    if text not in Level.values:
        raise Http404
    return Level(text)


def _readers(request, student) -> dict[Level, list]:
    """For each level that I may read, who else may."""
    people = holders(student, [level.permission for level in Level], request.day)
    return {level: people[level.permission] for level in Level if level.permission in request.can}


def _chains(student, level):
    """The notes of this level that nobody corrected, each with what it corrected (`earlier`, latest first)."""
    corrected = Exists(Note.objects.filter(supersedes=OuterRef("pk")))
    rows = student.notes.filter(level__in=[low for low in Level if low.rank <= level.rank])
    rows = rows.annotate(is_corrected=corrected).select_related("by").order_by("-at", "-id")
    by_id = {row.pk: row for row in rows}
    current = [row for row in rows if row.level == level and not row.is_corrected][:SHOWN]
    for row in current:
        row.earlier, before = [], row
        while before := by_id.get(before.supersedes_id):
            row.earlier.append(before)
    return current


def _reads(student, level):
    """Who read notes of this level, for those who may read them too."""
    if level == Level.STAFF:
        return []
    events = Event.objects.reads().about_student(student.pk)
    return events.filter(action="students.notes.read", details__level=level).select_related("actor")[:SHOWN]
