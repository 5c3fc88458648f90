"""What is known of somebody who has left: the last word, what stands against each other, whom to ask again."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from outcomes.models import Destination, Leaver

Kind = Destination.Kind
# What tells what became of somebody. An offer of a place does not: it is what might become of them.
TELLS = (Kind.ENROLLED, Kind.NOT_ENROLLED, Kind.CREDENTIAL, Kind.WORK, Kind.NEITHER)
SAYS_ENOUGH = (Leaver.How.MOVED, Leaver.How.DIED)
# Pairs that cannot both be so at one time.
AGAINST = (
    {Kind.ENROLLED, Kind.NOT_ENROLLED}, {Kind.ENROLLED, Kind.NEITHER}, {Kind.WORK, Kind.NEITHER},
)  # fmt: skip


@dataclass
class Told:
    """A destination that holds, with what it corrected (the latest first) and what others say against it."""

    row: Destination
    earlier: list[Destination] = field(default_factory=list)
    against: list[Destination] = field(default_factory=list)


def history(student) -> tuple[list[Told], list[Destination]]:
    """All that holds, the latest first, and what was taken back; one query."""
    rows = student.destinations.select_related("by", "withdrawn_by", "placement__organisation__merged_into", "line")
    rows = {row.pk: row for row in rows}
    superseded = {row.supersedes_id for row in rows.values()}
    last = [row for row in rows.values() if row.pk not in superseded]
    told = [Told(row, _earlier(row, rows)) for row in last if row.withdrawn_at is None]
    told.sort(key=lambda one: (one.row.said_on, one.row.pk), reverse=True)
    for one in told:
        one.against = [other.row for other in told if contradict(one.row, other.row)]
    return told, [row for row in last if row.withdrawn_at is not None]


def _earlier(row, rows) -> list[Destination]:
    found = []
    while row.supersedes_id:
        row = rows[row.supersedes_id]
        found.append(row)
    return found


def contradict(one: Destination, other: Destination) -> bool:
    """Whether both cannot be so. An offer that comes after somebody has said that there is none is only news."""
    kinds = {one.kind, other.kind}
    if kinds == {Kind.ACCEPTED, Kind.NOT_ACCEPTED}:
        no, yes = sorted((one, other), key=lambda row: row.kind == Kind.ACCEPTED)
        return no.said_on >= yes.starts_on
    return kinds in AGAINST and one.covers(other.starts_on, other.known_until)


def with_last_word(leavers):
    """Leaves `leaver.last_id`, the destination that was said last, and `leaver.is_known`: whether anybody has said
    since they left what became of them. Of who moved or died it is known by how they left."""
    return leavers.annotate(
        last_id=Subquery(_latest().values("pk")[:1]), is_known=Q(how__in=SAYS_ENOUGH) | Exists(_telling())
    )


def not_known(leavers):
    """Those whose `is_known` is no; of a whole school the database counts them several times as fast so."""
    return leavers.exclude(how__in=SAYS_ENOUGH).filter(~Exists(_telling()))


def last_said(*names) -> Subquery:
    """These fields of the destination that was said last, as JSON."""
    return Subquery(_latest().values(said=JSONObject(**{name: name for name in names}))[:1])


def _latest():
    return Destination.objects.standing().filter(student=OuterRef("student")).order_by("-said_on", "-pk")


def _telling():
    rows = Destination.objects.standing().filter(student=OuterRef("student")).order_by()
    return rows.filter(kind__in=TELLS, said_on__gte=OuterRef("left_on"))


def put_last_words(leavers: list[Leaver]) -> None:
    """Leaves `leaver.last`, the destination itself or None; one query."""
    found = Destination.objects.in_bulk([row.last_id for row in leavers if row.last_id])
    for row in leavers:
        row.last = found.get(row.last_id)
