from internships.models.opportunity import Opportunity
from internships.models.pursuit import Decision, Pursuit
from internships.models.rules import Rules

__all__ = ["Decision", "Opportunity", "Pursuit", "Rules"]
