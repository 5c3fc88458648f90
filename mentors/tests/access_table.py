from bpl.tests.access import Row
from bpl.tests.cast import LAST_YEAR
from mentors.actions.clearances import verify

# Who may work with a school's mentors, and the rest of its staff.
OK, MAY_NOT = "ada ben cover coordinator lead", "specialist safeguarding"
SEE = "sam rosa grandma mo ada cover specialist coordinator lead safeguarding"


def school(cast):
    return {"school_id": cast.school.pk}


def organisation(cast):
    return school(cast) | {"organisation_id": cast.boatyard.pk}


def mentor(cast):
    return school(cast) | {"mentor_id": cast.mentorships["mo", "sam"].mentor_id}


def sam(cast):
    return {"student_id": cast.student("sam").pk}


def mentorship(cast):
    return sam(cast) | {"mentorship_id": cast.mentorships["mo", "sam"].pk}


def of_school(name, kwargs, methods=("get", "post")):
    return [Row(f"mentors:{name}", method=method, kwargs=kwargs, ok=OK, may_not=MAY_NOT) for method in methods]


def paper(cast):
    facts = {"verified_on": LAST_YEAR, "on": LAST_YEAR, "by": cast.lead}
    seen = verify(school=cast.school, kind="safety", organisation=cast.boatyard, **facts)
    return school(cast) | {"clearance_id": seen.pk}


def of_papers(name, kwargs, methods=("get", "post")):
    """Whoever answers for the school's clearances; the rest of those who work with mentors reads them elsewhere."""
    return [
        Row(f"mentors:{name}", method=method, kwargs=kwargs, ok="coordinator lead", may_not=f"{MAY_NOT} ada ben cover")
        for method in methods
    ]


def of_sam(name, kwargs, methods=("get", "post")):
    ok = "ada coordinator lead"
    may_not = " ".join(name for name in SEE.split() if name not in ok.split())
    return [Row(f"mentors:{name}", method=method, kwargs=kwargs, ok=ok, may_not=may_not) for method in methods]


ROWS = [
    *of_school("index", school, ["get"]),
    *of_school("shared", school, ["get"]),
    *of_school("organisation_add", school),
    *of_school("organisation", organisation, ["get"]),
    *of_school("organisation_change", organisation),
    *of_school("contact", organisation, ["post"]),
    *of_school("merge", organisation),
    *of_school("apart", organisation, ["post"]),
    *of_school("clearances", school, ["get"]),
    *of_papers("place_papers", organisation),
    *of_papers("person_papers", mentor),
    *of_papers("take_back", paper, ["post"]),
    *of_school("mentor_add", organisation),
    *of_school("mentor", mentor),
    *of_school("leave", mentor, ["post"]),
    *of_sam("student", sam),
    *of_sam("end", mentorship, ["post"]),
]
