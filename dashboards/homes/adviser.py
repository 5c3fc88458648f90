from advisories.board import board
from advisories.models import Charge, Circle
from dashboards.homes.part import Part


def parts(request, hats) -> list[Part]:
    """My advisory today: is the circle held, who needs me now, and the group at a glance."""
    charges = Charge.objects.filter(user=request.user).select_related("advisory__school")
    mine = [charge for charge in charges if charge.holds(charge.advisory.school.today())]
    return [_part(charge, hats) for charge in mine]


def _part(charge, hats) -> Part:
    advisory, day = charge.advisory, charge.advisory.school.today()
    students = [row.student for row in hats.adviser if row.cause == advisory.cause]
    rows = board(advisory, day, students=students)
    circle = Circle.objects.filter(advisory=advisory, date=day).first()
    shows = {"charge": charge, "advisory": advisory, "rows": rows, "circle": circle, "day": day, "todos": todos(rows)}
    return Part("dashboards/homes/_adviser.html", shows)


def todos(rows) -> list[dict]:
    """What needs the adviser now, the most urgent first."""
    talks = [row for row in rows if row.one_to_one_is_due]
    quiet = [row for row in rows if row.family_is_quiet]
    return [
        {"kind": kind, "rows": found}
        for kind, found in (("one_to_one", talks), ("family", quiet))
        if found
    ]
