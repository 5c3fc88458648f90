from plans.models.carrying import Carried
from plans.models.comments import Comment, Thread
from plans.models.meeting import Invitation, Meeting
from plans.models.plan import Plan, Section, Step
from plans.models.template import SIGNERS, Need, Template, TemplateSection
from plans.models.version import PlanVersion, Signature
from plans.models.work import ItemGoal, OwnGoal, WorkItem

__all__ = [
    "SIGNERS",
    "Carried",
    "Comment",
    "Invitation",
    "ItemGoal",
    "Meeting",
    "Need",
    "OwnGoal",
    "Plan",
    "PlanVersion",
    "Section",
    "Signature",
    "Step",
    "Template",
    "TemplateSection",
    "Thread",
    "WorkItem",
]
