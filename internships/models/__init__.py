from internships.models.agreement import AgreementForm
from internships.models.days import Answer, HoursChange, Question, SiteDay, SiteWeek, Touch
from internships.models.learning import Feedback, JournalEntry, Visit
from internships.models.matching import Matching, MatchLine
from internships.models.meeting import Interview, SetUpMeeting, ShadowDay
from internships.models.opportunity import Opportunity
from internships.models.placement import Placement, PlacementMentor, SiteWeekday, Suspension
from internships.models.pursuit import Decision, Pursuit
from internships.models.rules import Rules

__all__ = [
    "AgreementForm", "Answer", "Decision", "Feedback", "HoursChange", "Interview", "JournalEntry", "MatchLine",
    "Matching", "Opportunity", "Placement", "PlacementMentor", "Pursuit", "Question", "Rules", "SetUpMeeting",
    "ShadowDay", "SiteDay", "SiteWeek", "SiteWeekday", "Suspension", "Touch", "Visit",
]  # fmt: skip
