from schools.models.codes import AttendanceCode, LearningGoal
from schools.models.school import Network, School
from schools.models.staff import StaffRole
from schools.models.terms import Closure, Term

__all__ = ["AttendanceCode", "Closure", "LearningGoal", "Network", "School", "StaffRole", "Term"]
