"""Working out a school's tables and lists, and publishing them. Whoever shows them says as of when they are.

What is published changes once a month, and when a lead says so: two publications a day apart would tell of the one
student who came between (docs/decisions/0021).
"""

import datetime

from django.db import transaction
from django.utils import translation

from audit.actions import record
from common.soon import soon
from outcomes import attention, cohorts, cuts, figures, tables
from outcomes.models import Attention, FigureTable, Held, Refresh
from outcomes.suppression import THRESHOLD, Published, Table, hidden_in, hold_together, publish
from schools.models import Network, School

TASK = "outcomes.refresh_school"


def ask(*, school: School, now: datetime.datetime) -> None:
    """Have the school's tables worked out soon; asked for twice is once."""
    Refresh.objects.update_or_create(school=school, defaults={"asked_at": now})
    soon(TASK, school.pk)


@transaction.atomic
def refresh_school(*, school: School, now: datetime.datetime, publishes: bool = False) -> Refresh:
    """Work out every figure of the school's terms and classes, and who needs attention. Twice at once is one after the
    other; a figure without anybody in it has no table. `publishes`: also in the middle of a month."""
    refresh = _lock(school=school)
    today = now.astimezone(school.zone).date()
    held = Held.of(school)
    with translation.override(school.language):
        looked_at = cohorts.of_school(school, today)
    found = _tables_of(school, held, looked_at)
    month = today.replace(day=1)
    publishes = publishes or refresh.published_on != month
    _write({"school": school}, found, held.threshold, now, today, publishes, oldest=cohorts.too_old(looked_at))
    _write_attention(school, now)
    return _done(refresh, now, today, month)


def _tables_of(school, held, looked_at) -> dict:
    """{(figure, cohort): (name of the cohort, Table)}"""
    found = {}
    for cohort in looked_at:
        facts = figures.FACTS[cohort.stage](cohort)
        groups = cuts.groups_of(school, cohort.stage, facts.ids, cohort.day, held.kinds)
        for figure in figures.of_school(school):
            if figure.stage == cohort.stage:
                said = figure.say(facts)
                if said or _is_of_few(found.get((figure.within, cohort.key)), held.threshold):
                    found[figure.key, cohort.key] = cohort.name, tables.count(said, groups)
    return found


def _is_of_few(above: tuple[str, Table] | None, threshold: int) -> bool:
    """Whether a figure of nobody has a table all the same: beside one that is hidden, that it has none would tell that
    there nobody counts."""
    return above is not None and above[1].whole.n < threshold


def _write(of, found, threshold, now, today, publishes, *, oldest=None, apart=None) -> None:
    """`oldest` and `apart` as cohorts.too_old and `_hidden_by_few` say them."""
    known = {(row.figure, row.cohort): row for row in FigureTable.objects.filter(**of)}
    rows = []
    for (figure, cohort), (name, table) in found.items():
        row = known.pop((figure, cohort), None) or FigureTable(**of, figure=figure, cohort=cohort)
        row.cohort_name, row.as_of = name, now
        row.counts = tables.to_json(table)
        row.inner = tables.head(row.counts)
        rows.append(row)
    published = {(row.figure, row.cohort): row.published for row in rows}
    for row in rows:
        # Whatever was of too few to be shown at all is published once it is of enough, and does not wait for the month.
        shows_nothing = row.published is None or row.published["whole"] is None
        if publishes or shows_nothing:
            above = published.get((figures.FIGURES[row.figure].within, row.cohort))
            hidden = _hidden_in_family(row, found, threshold, published, apart or {})
            new = tables.to_json(_publish(found[row.figure, row.cohort][1], threshold, above, hidden))
            if publishes or row.published is None or new["whole"] is not None:
                row.published, row.head, row.published_on = new, tables.head(new), today
                published[row.figure, row.cohort] = new
    # What is too old to be worked out again stays as it was; a figure, and a cohort, that has lost its last student is
    # none any more.
    gone = [row.pk for row in known.values() if not _stays(row, oldest or {})]
    FigureTable.objects.filter(pk__in=gone).delete()
    FigureTable.objects.bulk_create([row for row in rows if row.pk is None])
    FigureTable.objects.bulk_update(
        [row for row in rows if row.pk is not None],
        ["cohort_name", "as_of", "counts", "inner", "published", "head", "published_on"],
        batch_size=200,
    )


def _hidden_in_family(row, found, threshold, published, apart) -> dict[str, set[str]]:
    """By cut, the groups that this figure or one of its family hides; of one without, those that are `apart`."""
    family = figures.FIGURES[row.figure].family
    if not family:
        return apart.get((row.figure, row.cohort), {})
    hidden: dict[str, set[str]] = {}
    for figure in figures.FIGURES.values():
        key = figure.key, row.cohort
        if figure.family == family and key in found:
            above = published.get((figure.within, row.cohort))
            for cut, groups in _publish(found[key][1], threshold, above, apart.get(key, {})).cuts.items():
                hidden.setdefault(cut, set()).update(hidden_in(groups))
    return hidden


def _stays(row, oldest) -> bool:
    figure = figures.FIGURES.get(row.figure)
    return figure is not None and row.cohort < oldest.get(figure.stage, "")


def _publish(table: Table, threshold: int, above: dict | None, apart: dict[str, set[str]]) -> Published:
    within = tables.published_of(above) if above else None
    table = tables.beside_hidden(table, within)
    together = tables.few_not_recorded(table, threshold, within)
    return publish(tables.all_others(table, together), threshold, within, apart)


def _write_attention(school, now) -> None:
    Attention.objects.filter(school=school).delete()
    Attention.objects.bulk_create(attention.of_school(school, now), batch_size=1000)


@transaction.atomic
def refresh_network(*, network: Network, now: datetime.datetime) -> Refresh:
    """Put together what the network's schools have counted, as of when each of them did. Terms are put together by the
    third of the year in which they begin."""
    refresh = _lock(network=network)
    month = now.date().replace(day=1)
    threshold = max(THRESHOLD, *Held.objects.filter(school__network=network).values_list("threshold", flat=True), 0)
    found, apart = {}, {}
    # One figure at a time: those of hundreds of schools are more than a process should hold at once.
    for figure in figures.FIGURES:
        for cohort, rows in _of_schools(network, figure).items():
            shown = {school: tables.published_of(row.published) for school, row in rows.items() if row.published}
            # What a single school puts together, the sum of all puts together too: else it would tell the two apart.
            together = {cut for one in shown.values() for cut, groups in one.cuts.items() if cuts.OTHERS in groups}
            some = {school: tables.all_others(tables.table_of(row.counts), together) for school, row in rows.items()}
            found[figure, cohort] = _name_of(rows, cohort), tables.add(some.items(), list(cuts.NEEDED))
            apart[figure, cohort] = _hidden_by_few(shown, some, threshold)
    _write({"network": network}, found, threshold, now, now.date(), refresh.published_on != month, apart=apart)
    return _done(refresh, now, now.date(), month)


def _of_schools(network: Network, figure: str) -> dict[str, dict[str, FigureTable]]:
    """A figure's tables of the network's schools, by cohort and school."""
    found: dict[str, dict[str, FigureTable]] = {}
    rows = FigureTable.objects.filter(school__network=network, figure=figure).defer("inner", "head")
    for row in rows.order_by("cohort", "school"):
        if row.counts["whole"][1]:
            found.setdefault(_of_network(row), {})[str(row.school_id)] = row
    return found


def _of_network(row: FigureTable) -> str:
    """A term is put together with those of its season; of a school that has two in one, the later stands for it."""
    is_term = figures.FIGURES[row.figure].stage == figures.Stage.HERE
    return cohorts.season(row.cohort) if is_term else row.cohort


def _name_of(rows: dict[str, FigureTable], key: str) -> str:
    row = next(iter(rows.values()))
    return row.cohort_name if row.cohort == key else key


def _hidden_by_few(published: dict[str, Published], counted: dict[str, Table], threshold: int) -> dict[str, set[str]]:
    """By cut, the groups whose sum over the network would tell what single schools hide: whoever knows what the other
    schools publish takes it off the sum. They are those that too few people hide."""
    found: dict[str, set[str]] = {}
    for cut in cuts.NEEDED:
        hidden: dict[str, list] = {}
        for school, table in counted.items():
            shown = published[school].cuts.get(cut, {}) if school in published else {}
            for group, count in table.cuts.get(cut, {}).items():
                if count.n and not _is_shown(cut, group, shown):
                    hidden.setdefault(group, []).append(count)
        found[cut] = {group for group, some in hidden.items() if not hold_together(some, threshold)}
    return found


def _is_shown(cut: str, group: str, shown: dict) -> bool:
    if group == cuts.OTHERS and group not in shown:
        parts = (cuts.REFERENCE[cut], cuts.NOT_HELD)
        return bool(shown) and all(shown[part] is not None for part in parts if part in shown)
    return shown.get(group) is not None


def _lock(**of) -> Refresh:
    Refresh.objects.get_or_create(**of)
    return Refresh.objects.select_for_update().get(**of)


def _done(refresh, now, day, month) -> Refresh:
    refresh.done_at, refresh.day, refresh.published_on = now, day, month
    # Whoever asked meanwhile, asked before this one had read.
    if refresh.asked_at is not None and refresh.asked_at <= now:
        refresh.asked_at = None
    refresh.save()
    return refresh


def publish_now(*, school: School, by, now: datetime.datetime) -> Refresh:
    """A lead wants what is published to be that of today."""
    refresh = refresh_school(school=school, now=now, publishes=True)
    record("outcomes.published", by=by, subject=refresh, school_id=school.pk)
    return refresh
