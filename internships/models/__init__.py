from internships.models.agreement import AgreementForm
from internships.models.days import Answer, HoursChange, Question, SiteDay, SiteWeek, Touch
from internships.models.opportunity import Opportunity
from internships.models.placement import Placement, PlacementMentor, SiteWeekday, Suspension
from internships.models.pursuit import Decision, Pursuit
from internships.models.rules import Rules

__all__ = [
    "AgreementForm", "Answer", "Decision", "HoursChange", "Opportunity", "Placement", "PlacementMentor", "Pursuit",
    "Question", "Rules", "SiteDay", "SiteWeek", "SiteWeekday", "Suspension", "Touch",
]  # fmt: skip
