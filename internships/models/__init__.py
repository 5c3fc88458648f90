from internships.models.opportunity import Opportunity

__all__ = ["Opportunity"]
