import datetime

from django.utils import timezone

from advisories.board import board, circle_on
from advisories.models import Charge
from common.prepared import Prepared
from dashboards.homes.part import Part
from exhibitions.overview import panel_rows

# Exhibitions of the coming weeks stand here, and those of the last fortnight that still want a rating.
LOOKS_AHEAD, LOOKS_BACK = datetime.timedelta(days=21), datetime.timedelta(days=15)

_charges_of = Prepared(
    lambda user, since, until: (
        Charge.objects.filter(user=user).select_related("advisory__school")
        .annotate(panel_rows=panel_rows(since, until))
    )
)  # fmt: skip


def parts(request, hats) -> list[Part]:
    """My advisory today: is the circle held, who needs me now, and the group at a glance."""
    if not hats.staff and not hats.adviser:
        return []
    now = timezone.now()
    charges = _charges_of(user=request.user.pk, since=now - LOOKS_BACK, until=now + LOOKS_AHEAD)
    mine = [charge for charge in charges if charge.holds(charge.advisory.school.today())]
    return [_part(charge, request.user) for charge in mine]


def _part(charge, user) -> Part:
    advisory, day = charge.advisory, charge.advisory.school.today()
    rows = board(advisory, day, with_turns=True)
    circle = circle_on(advisory, day)
    shows = {
        "charge": charge, "advisory": advisory, "rows": rows, "circle": circle, "day": day,
        "todos": todos(rows, user), "panels": _panels(charge), "now": timezone.now(),
    }  # fmt: skip
    return Part("dashboards/homes/_adviser.html", shows)


def _panels(charge) -> list[dict]:
    """The panels that the adviser sits on and has not rated yet, in order of time."""
    found = charge.panel_rows or []
    for row in found:
        row["at"] = datetime.datetime.fromisoformat(row["at"])
        row["at"] = row["at"] if row["at"].tzinfo else row["at"].replace(tzinfo=datetime.UTC)
        row["name"] = f"{row['preferred'] or row['given']} {row['family']}".strip()
    return sorted(found, key=lambda row: row["at"])


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
