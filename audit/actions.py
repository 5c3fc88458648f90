from collections.abc import Iterable

from audit.models import Event


def record(action: str, *, by, subject=None, school_id=None, student_id=None, **details) -> Event:
    """Write down that `by` (a User, or None for the system) did `action` ("students.guardian.added")."""
    return _write(Event.Kind.WRITE, action, by, subject, school_id, student_id, details)


def record_read(action: str, *, by, subject=None, school_id=None, student_id=None, **details) -> Event:
    """Write down that `by` read something restricted."""
    return _write(Event.Kind.READ, action, by, subject, school_id, student_id, details)


def record_about_each(
    action: str, *, by, school_id: int, student_ids: Iterable[int], kind: str = Event.Kind.WRITE
) -> None:
    """The same about many students at once, an event of its own for each: so it stands in the trail of each of them."""
    Event.objects.bulk_create(
        [
            Event(kind=kind, action=action, actor=by, school_id=school_id, student_id=student_id)
            for student_id in student_ids
        ],
        batch_size=1000,
    )


def _write(kind, action, by, subject, school_id, student_id, details):
    return Event.objects.create(
        kind=kind,
        action=action,
        actor=by,
        subject=subject_key(subject),
        school_id=school_id,
        student_id=student_id,
        details=details,
    )


def subject_key(subject) -> str:
    """How an object is named in the log: "plans.plan:12"."""
    return f"{subject._meta.label_lower}:{subject.pk}" if subject is not None else ""
