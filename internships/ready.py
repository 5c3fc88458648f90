"""Which forms and papers are usual where: ready settings that a school takes over and changes.

United States: internships are unpaid and the district's insurance covers the student, so that a background check is
what is asked of a place (PRACTICE 3.3, MSAC5). England: employers' liability insurance, health and safety, a risk
assessment, safeguarding and data protection are the place's to show (PRACTICE 1.2, UF1).
"""

from schools.models import School

_FORMS = {f"form_{kind}": True for kind in ("employer", "parent", "student", "adviser", "coordinator")}

READY = {
    School.System.UNITED_STATES: _FORMS | {
        "needs_background": True, "needs_liability": False, "needs_safety": False, "needs_risk": False,
        "asks_safeguarding": False,
    },
    School.System.ENGLAND: _FORMS | {
        "needs_background": True, "needs_liability": True, "needs_safety": True, "needs_risk": True,
        "asks_safeguarding": True,
    },
}  # fmt: skip
