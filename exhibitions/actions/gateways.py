"""Gateways: what a school asks for; an exhibition that is one, what is met, what is decided."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from common.refusals import SaidAtField
from exhibitions import news
from exhibitions.actions.judging import is_frozen
from exhibitions.models import Check, Decision, Exhibition, Gateway, Requirement
from schools.models import School


class GatewayError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def write_gateway(*, school: School, name: str, asks: str, by, gateway: Gateway | None = None) -> Gateway:
    """Add a gateway, or change one for exhibitions that become one from now on. Raises GatewayError."""
    School.objects.select_for_update().get(pk=school.pk)
    asks = "\n".join(lines_of(asks))
    if not asks:
        raise GatewayError(_("Say at least one thing that is asked for."), "asks")
    same = Gateway.objects.filter(school=school, name=name, retired_at__isnull=True).first()
    if same and (gateway is None or same.pk != gateway.pk):
        if gateway is None and same.asks == asks:
            return same
        raise GatewayError(_("There is a gateway of this name already."), "name")
    gateway = gateway or Gateway(school=school)
    gateway.name, gateway.asks = name, asks
    gateway.save()
    record("exhibitions.gateway.written", by=by, subject=gateway, school_id=school.pk, name=name)
    return gateway


def lines_of(asks: str) -> list[str]:
    """Each requirement once, without empty lines."""
    lines = (" ".join(line.split())[:300] for line in asks.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


@transaction.atomic
def retire(*, gateway: Gateway, by, now: datetime.datetime) -> None:
    """No exhibition becomes one any more; those that are stay."""
    if Gateway.objects.filter(pk=gateway.pk, retired_at__isnull=True).update(retired_at=now):
        record("exhibitions.gateway.retired", by=by, subject=gateway, school_id=gateway.school_id, name=gateway.name)


@transaction.atomic
def make_one(*, exhibition: Exhibition, gateway: Gateway | None, by) -> Exhibition:
    """The exhibition is this gateway, with its requirements as they are worded now; or an ordinary one again.

    Raises GatewayError once something was said of the requirements.
    """
    exhibition = Exhibition.objects.lock(exhibition)
    if exhibition.gateway_id == (gateway and gateway.pk):
        return exhibition
    _require_open(exhibition)
    if Check.objects.filter(requirement__exhibition=exhibition).exists() or exhibition.decisions.exists():
        raise GatewayError(_("Somebody has judged this gateway already; it stays one."))
    exhibition.requirements.all().delete()
    exhibition.gateway = gateway
    exhibition.save(update_fields=["gateway"])
    if gateway:
        Requirement.objects.bulk_create(
            Requirement(exhibition=exhibition, words=words, order=order)
            for order, words in enumerate(lines_of(gateway.asks))
        )
    _record("made", exhibition, by, gateway=gateway and gateway.pk)
    return exhibition


@transaction.atomic
def check(*, exhibition: Exhibition, answers: dict[int, tuple[bool, str]], by, now: datetime.datetime) -> int:
    """Which requirements are met, by id, with a word each; how many answers are new. Said again is no new row."""
    exhibition = Exhibition.objects.lock(exhibition)
    _require_open(exhibition)
    rows = {row.requirement_id: row for row in Check.objects.standing().filter(requirement__exhibition=exhibition)}
    known = set(exhibition.requirements.values_list("pk", flat=True))
    changed = 0
    for key, (is_met, words) in answers.items():
        row = rows.get(key)
        if key not in known or (row and (row.is_met, row.words) == (is_met, words)):
            continue
        if not is_met and exhibition.decisions.filter(replaced_at=None, outcome=Decision.Outcome.PASSED).exists():
            raise GatewayError(_("It is decided as passed. Decide “not yet” first."))
        if row:
            row.replaced_at = now
            row.save(update_fields=["replaced_at"])
        Check.objects.create(requirement_id=key, is_met=is_met, words=words[:300], by=by, received_at=now)
        changed += 1
    if changed:
        _record("checked", exhibition, by)
    return changed


@transaction.atomic
def decide(*, exhibition: Exhibition, outcome: str, words: str, by, now: datetime.datetime) -> Decision:
    """Passed, or not yet. Passing needs every requirement met. A later decision replaces this one; both are kept."""
    exhibition = Exhibition.objects.lock(exhibition)
    _require_open(exhibition)
    if exhibition.gateway_id is None:
        raise GatewayError(_("This exhibition is no gateway."))
    row = exhibition.decisions.filter(replaced_at__isnull=True).first()
    if row and (row.outcome, row.words) == (outcome, words):
        return row
    if outcome == Decision.Outcome.PASSED:
        met = Check.objects.standing().filter(requirement__exhibition=exhibition, is_met=True)
        lacks = exhibition.requirements.exclude(pk__in=met.values("requirement"))
        if lacks:
            raise GatewayError(_("Not met yet: %(words)s.") % {"words": "; ".join(map(str, lacks))}, "outcome")
    elif not words.strip():
        raise GatewayError(_("Say what is still missing."), "words")
    if row:
        row.replaced_at = now
        row.save(update_fields=["replaced_at"])
    decision = Decision.objects.create(exhibition=exhibition, outcome=outcome, words=words, by=by, received_at=now)
    _record("decided", exhibition, by, outcome=outcome)
    news.decided(exhibition, by)
    return decision


def _require_open(exhibition):
    if is_frozen(exhibition):
        raise GatewayError(_("The narrative is released, and what was decided stands."))


def _record(what, exhibition, by, **details):
    record(
        f"exhibitions.gateway.{what}", by=by, subject=exhibition, school_id=exhibition.school_id,
        student_id=exhibition.student_id, **details,
    )  # fmt: skip
