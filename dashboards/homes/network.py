from dashboards.homes.part import Part
from schools.roles import Role


def parts(request, hats) -> list[Part]:
    """The network's schools; nothing in them of one student."""
    rows = hats.staff_in(Role.NETWORK_LEAD)
    return [Part("dashboards/homes/_network.html", {"network": row.network, "schools": _schools(row)}) for row in rows]


def _schools(row):
    return row.network.schools.all()
