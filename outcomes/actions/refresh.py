"""Working out a school's tables and lists, and publishing them. Whoever shows them says as of when they are.

What is published changes once a month, and when a lead says so: two publications a day apart would tell of the one
student who came between (docs/decisions/0021).
"""

import datetime

from django.db import transaction

from audit.actions import record
from common.soon import soon
from outcomes import attention, cohorts, cuts, figures, tables
from outcomes.models import Attention, FigureTable, Held, Refresh
from outcomes.suppression import THRESHOLD, Published, Table, publish
from schools.models import Network, School

TASK, NETWORK_TASK = "outcomes.refresh_school", "outcomes.refresh_network"


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
    found = _tables_of(school, held, today)
    month = today.replace(day=1)
    _write({"school": school}, found, held.threshold, now, month, publishes or refresh.published_on != month)
    _write_attention(school, now)
    return _done(refresh, now, today, month)


def _tables_of(school, held, today) -> dict:
    """{(figure, cohort): (name of the cohort, Table)}"""
    found = {}
    for cohort in cohorts.of_school(school, today):
        facts = figures.FACTS[cohort.stage](cohort)
        groups = cuts.groups_of(school, cohort.stage, facts.ids, cohort.day, held.kinds)
        for figure in figures.of_school(school):
            if figure.stage == cohort.stage and (said := figure.say(facts)):
                found[figure.key, cohort.key] = cohort.name, tables.count(said, groups)
    return found


def _write(of, found, threshold, now, month, publishes) -> None:
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
        if publishes or row.published is None:
            above = published.get((figures.FIGURES[row.figure].within, row.cohort))
            row.published = tables.to_json(_publish(found[row.figure, row.cohort][1], threshold, above))
            row.head, row.published_on = tables.head(row.published), month
            published[row.figure, row.cohort] = row.published
    # Terms and classes that are too old to be worked out again stay as they were; a figure whose cohort has lost the
    # last student is no figure any more.
    looked_at = {cohort for _figure, cohort in found}
    gone = [row.pk for row in known.values() if row.cohort in looked_at]
    FigureTable.objects.filter(pk__in=gone).delete()
    FigureTable.objects.bulk_create([row for row in rows if row.pk is None])
    FigureTable.objects.bulk_update(
        [row for row in rows if row.pk is not None],
        ["cohort_name", "as_of", "counts", "inner", "published", "head", "published_on"],
        batch_size=200,
    )


def _publish(table: Table, threshold: int, above: dict | None) -> Published:
    return publish(table, threshold, above and tables.published_of(above))


def _write_attention(school, now) -> None:
    Attention.objects.filter(school=school).delete()
    Attention.objects.bulk_create(attention.of_school(school, now), batch_size=1000)


@transaction.atomic
def refresh_network(*, network: Network, now: datetime.datetime) -> Refresh:
    """Put together what the network's schools have counted, as of when each of them did. Terms are put together by the
    third of the year in which they begin."""
    refresh = _lock(network=network)
    month = now.date().replace(day=1)
    found: dict[tuple, dict] = {}
    rows = FigureTable.objects.filter(school__network=network).order_by("cohort")
    for row in rows.values_list("figure", "cohort", "cohort_name", "school", "counts"):
        figure, cohort, name, school, counts = row
        if figure not in figures.FIGURES:
            continue
        if figures.FIGURES[figure].stage == figures.Stage.HERE:
            cohort = name = cohorts.season(cohort)
        found.setdefault((figure, cohort), {})[str(school)] = name, tables.table_of(counts)
    over = list(cuts.NEEDED)
    summed = {
        key: (list(parts.values())[-1][0], tables.add(((school, table) for school, (_n, table) in parts.items()), over))
        for key, parts in found.items()
    }
    ordered = {key: summed[key] for key in sorted(summed, key=lambda key: list(figures.FIGURES).index(key[0]))}
    _write({"network": network}, ordered, THRESHOLD, now, month, refresh.published_on != month)
    return _done(refresh, now, now.date(), month)


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
