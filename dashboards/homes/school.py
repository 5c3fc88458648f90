from dashboards.homes.part import Part
from schools.roles import WHOLE_SCHOOL_ROLES


def parts(request, hats) -> list[Part]:
    """For coordinators, leads and safeguarding leads: is the school all right, where not."""
    found = {}
    for row in hats.staff:
        if row.role in WHOLE_SCHOOL_ROLES:
            found.setdefault(row.school_id, []).append(row)
    return [Part("dashboards/homes/_school.html", {"school": rows[0].school, "roles": rows}) for rows in found.values()]
