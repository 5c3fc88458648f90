from schools.models.codes import AttendanceCode, LearningGoal
from schools.models.rubric import Criterion, Descriptor, Level, Rubric
from schools.models.school import Network, School
from schools.models.staff import StaffRole
from schools.models.terms import Closure, Term

__all__ = [
    "AttendanceCode", "Closure", "Criterion", "Descriptor", "LearningGoal", "Level", "Network", "Rubric", "School",
    "StaffRole", "Term",
]  # fmt: skip
