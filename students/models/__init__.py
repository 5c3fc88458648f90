from students.models.attendance import AttendanceMark
from students.models.family import FamilyContact, FamilyDecision, Guardianship, Home
from students.models.interests import Interest
from students.models.notes import Concern, Level, Note
from students.models.student import Enrolment, Student
from students.models.team import TeamMember

__all__ = [
    "AttendanceMark",
    "Concern",
    "Enrolment",
    "FamilyContact",
    "FamilyDecision",
    "Guardianship",
    "Home",
    "Interest",
    "Level",
    "Note",
    "Student",
    "TeamMember",
]
