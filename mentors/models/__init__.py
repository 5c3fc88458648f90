from mentors.models.clearance import Clearance
from mentors.models.mentor import Mentor, Mentorship
from mentors.models.organisation import Organisation, OrganisationContact

__all__ = ["Clearance", "Mentor", "Mentorship", "Organisation", "OrganisationContact"]
