from students.models.attendance import AttendanceMark
from students.models.family import FamilyContact, Guardianship, Home
from students.models.interests import Interest
from students.models.notes import Concern, Note
from students.models.student import Enrolment, Student
from students.models.team import TeamMember

__all__ = [
    "AttendanceMark",
    "Concern",
    "Enrolment",
    "FamilyContact",
    "Guardianship",
    "Home",
    "Interest",
    "Note",
    "Student",
    "TeamMember",
]
