from advisories.board import board, circle_on
from advisories.models import Charge
from common.prepared import Prepared
from dashboards.homes.part import Part

_charges_of = Prepared(lambda user: Charge.objects.filter(user=user).select_related("advisory__school"))


def parts(request, hats) -> list[Part]:
    """My advisory today: is the circle held, who needs me now, and the group at a glance."""
    if not hats.staff and not hats.adviser:
        return []
    charges = _charges_of(user=request.user.pk)
    mine = [charge for charge in charges if charge.holds(charge.advisory.school.today())]
    return [_part(charge, request.user) for charge in mine]


def _part(charge, user) -> Part:
    advisory, day = charge.advisory, charge.advisory.school.today()
    rows = board(advisory, day, with_turns=True)
    circle = circle_on(advisory, day)
    shows = {
        "charge": charge, "advisory": advisory, "rows": rows, "circle": circle, "day": day, "todos": todos(rows, user),
    }  # fmt: skip
    return Part("dashboards/homes/_adviser.html", shows)


def todos(rows, user) -> list[dict]:
    """What needs the adviser now, the most urgent first."""
    found = [
        ("turn", [row for row in rows if row.plan.turn_of(user)]),
        ("overdue", [row for row in rows if row.plan.is_overdue and not row.plan.turn_of(user)]),
        ("one_to_one", [row for row in rows if row.one_to_one_is_due]),
        ("family", [row for row in rows if row.family_is_quiet]),
    ]
    for row in rows:
        row.turn = row.plan.turn_of(user)
    return [{"kind": kind, "rows": rows} for kind, rows in found if rows]
