"""What of a student's time after school somebody may do; on top of the door to the student."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from outcomes.answers import OPEN_FOR
from outcomes.models import Destination, Leaver, Survey
from schools.roles import Permission
from students.models import Student


def records(request) -> bool:
    return Permission.DESTINATION_RECORD in request.can


def is_own(request, student: Student) -> bool:
    return student.user_id == request.user.pk


def standing_one(student: Student, destination_id: int) -> Destination:
    """A destination of this student that holds, to be corrected or taken back."""
    row = get_object_or_404(student.destinations.standing(), pk=destination_id)
    row.student = student
    return row


def leaver_of(student: Student) -> Leaver | None:
    return student.leavers.standing().select_related("advisory").first()


def waiting_survey(student: Student, day) -> Survey | None:
    """The latest question whose time it is and that nobody has answered."""
    leaver = leaver_of(student)
    if leaver is None or not leaver.is_asked:
        return None
    rows = leaver.surveys.filter(answered_at__isnull=True, due_on__lte=day, due_on__gt=day - OPEN_FOR)
    return rows.order_by("-due_on").first()


def survey_of(student: Student, survey_id: int, day) -> Survey:
    """A question that this student may answer now, or has answered: a second tap is told so."""
    rows = Survey.objects.filter(student=student, pk=survey_id, due_on__lte=day, leaver__in=Leaver.objects.asked())
    survey = get_object_or_404(rows.select_related("leaver", "student__school", "student__user"))
    if survey.answered_at is None and survey.due_on <= day - OPEN_FOR:
        raise Http404
    return survey
