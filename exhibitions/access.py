"""Which evidence somebody may see and change: a loader on top of the door to its student."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from exhibitions.models import Evidence
from schools.roles import Permission
from students.models import Student


def evidence_seen(request, student: Student):
    """The student's evidence as far as this person may see it: no draft but their own, and for who only mentors, what
    they added and what is of their own placement. The door to the student has been passed."""
    found = Evidence.objects.kept().filter(student=student).with_files()
    found = found.filter(Q(ready_at__isnull=False) | Q(added_by=request.user))
    if Permission.EVIDENCE_SEE not in request.standing.beside_mentoring:
        own = [cause.partition(":")[2] for cause in request.standing.causes if cause.startswith("placement:")]
        found = found.filter(Q(added_by=request.user) | Q(placement__in=own))
    return found


def one_seen(request, student: Student, evidence_id: int) -> Evidence:
    return get_object_or_404(evidence_seen(request, student), pk=evidence_id)


def may_change(evidence: Evidence, request) -> bool:
    """Whoever put it there, and the student whose it is."""
    is_student = request.user.pk == evidence.student.user_id
    return Permission.EVIDENCE_ADD in request.can and (is_student or evidence.added_by_id == request.user.pk)
