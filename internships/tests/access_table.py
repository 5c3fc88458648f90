from bpl.tests.access import Row
from internships.tests.factories import an_opportunity

# Who may work with a school's mentors, and the rest of its staff.
OK, MAY_NOT = "ada ben cover coordinator lead", "specialist safeguarding"


def school(cast):
    return {"school_id": cast.school.pk}


def organisation(cast):
    return school(cast) | {"organisation_id": cast.boatyard.pk}


def opportunity(cast):
    return school(cast) | {"opportunity_id": an_opportunity(cast).pk}


def sam(cast):
    return {"student_id": cast.student("sam").pk}


def for_sam(cast):
    return sam(cast) | {"opportunity_id": an_opportunity(cast).pk}


def of_school(name, kwargs, methods=("get", "post")):
    return [Row(f"internships:{name}", method=method, kwargs=kwargs, ok=OK, may_not=MAY_NOT) for method in methods]


def browsed(name, kwargs):
    ok, may_not = "sam rosa grandma ada cover coordinator lead", "mo specialist safeguarding"
    return Row(f"internships:{name}", method="get", kwargs=kwargs, ok=ok, may_not=may_not)


ROWS = [
    *of_school("opportunities", school, ["get"]),
    *of_school("opportunity", opportunity, ["get"]),
    *of_school("opportunity_add", organisation),
    *of_school("opportunity_change", opportunity),
    *of_school("opportunity_withdraw", opportunity, ["post"]),
    *of_school("opportunity_again", opportunity, ["post"]),
    browsed("browse", sam),
    browsed("browse_one", for_sam),
]
