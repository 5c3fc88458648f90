"""The exhibitions of a student, and which evidence somebody may see and change: loaders on top of the door to them."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from exhibitions.models import Evidence, Exhibition
from schools.roles import Permission, Role
from students.access import permissions_on, shown_name
from students.models import Student


def exhibition_of(student: Student, exhibition_id: int) -> Exhibition:
    """With what its pages show of it. The door to the student has been passed."""
    rows = Exhibition.objects.select_related("window__term", "window__rubric", "outline", "gateway", "told_room")
    found = get_object_or_404(rows, pk=exhibition_id, student=student)
    found.student = student
    return found


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


def may_go_on(upload, request) -> bool | None:
    """Whether somebody may still send to what an upload belongs to (files/doors.py); None for what is no evidence."""
    evidence = Evidence.objects.kept().filter(upload=upload).select_related("student__school").first()
    if evidence is None:
        return None
    student = evidence.student
    return Permission.EVIDENCE_ADD in permissions_on(student, request.user, student.school.today())


def may_change(evidence: Evidence, request) -> bool:
    """What somebody said stays theirs: whoever put it there."""
    return Permission.EVIDENCE_ADD in request.can and evidence.added_by_id == request.user.pk


def may_remove(evidence: Evidence, request) -> bool:
    """Whoever put it there, and the student whose it is."""
    is_student = request.user.pk == evidence.student.user_id
    return may_change(evidence, request) or (is_student and Permission.EVIDENCE_ADD in request.can)


def name_of_maker(evidence: Evidence, request) -> str:
    """As this reader may know it: guardians may be hidden from each other."""
    is_guardian = evidence.added_as == Role.PARENT
    return shown_name(evidence.added_by, is_guardian, evidence.student, request.user, request.standing)
