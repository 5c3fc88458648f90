from mentors.models.mentor import Mentor, Mentorship
from mentors.models.organisation import Organisation

__all__ = ["Mentor", "Mentorship", "Organisation"]
