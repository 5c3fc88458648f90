from internships.models.agreement import AgreementForm
from internships.models.days import Answer, HoursChange, Question, SiteDay, SiteWeek, Touch
from internships.models.learning import Feedback, JournalEntry, JournalPhoto, Visit
from internships.models.matching import Matching, MatchLine
from internships.models.meeting import Interview, SetUpMeeting, ShadowDay
from internships.models.opportunity import Opportunity
from internships.models.placement import PaperWarning, Placement, PlacementMentor, SiteWeekday, Suspension
from internships.models.project import Checkpoint, FirstTask, Project, ProjectDraft, ProjectPart, Prompt
from internships.models.pursuit import Decision, Pursuit, Travel
from internships.models.rules import Rules

__all__ = [
    "AgreementForm", "Answer", "Checkpoint", "Decision", "Feedback", "FirstTask", "HoursChange", "Interview",
    "JournalEntry", "JournalPhoto", "MatchLine", "Matching", "Opportunity", "PaperWarning", "Placement",
    "PlacementMentor", "Project", "ProjectDraft", "ProjectPart", "Prompt", "Pursuit", "Question", "Rules",
    "SetUpMeeting", "ShadowDay", "SiteDay", "SiteWeek", "SiteWeekday", "Suspension", "Touch", "Travel", "Visit",
]  # fmt: skip
