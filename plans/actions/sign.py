"""Signatures on the version that is ready, as visible to the role in which somebody signs."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coedit.models import Text
from common.names import fold
from plans import news
from plans.actions.activate import activate_if_complete
from plans.actions.hold import PlanError, hold, note
from plans.content import counting, seal, visible
from plans.models import Plan, PlanVersion, Signature
from plans.people import signing_roles, team_rows
from plans.standing import standing_of_plan

Way = Signature.Way


class DayError(PlanError):
    """Nobody can have signed on that day."""


class ReplacedError(PlanError):
    """The version is no longer the one to sign."""


@transaction.atomic
def sign(*, plan: Plan, number: int, role: str, by, on: datetime.date, at: datetime.datetime) -> Signature:
    """`by` signs version `number`, here and now. Signing twice is signing once.

    Raises ReplacedError when another version has taken its place, PlanError when there is nothing to sign for them.
    """
    return _sign(plan, number, by, role, by, on, at, way=Way.HERE, signed_on=on)


@transaction.atomic
def sign_before_witness(
    *, plan: Plan, number: int, user, role: str, way: str, typed_name: str, signed_on: datetime.date, by,
    on: datetime.date, at: datetime.datetime,
) -> Signature:  # fmt: skip
    """`user` signed on paper, or signs on the phone that `by` hands over; `by` is the witness."""
    if user == by:
        raise PlanError(_("Nobody can be the witness of their own signature. Sign it yourself."))
    if signed_on > on:
        raise DayError(_("That day has not begun."))
    if way == Way.PHONE and not _is_name_of(user, typed_name):
        raise PlanError(
            _("“%(typed)s” is not the name that we have. Please type %(name)s.")
            % {"typed": typed_name, "name": user.full_name}
        )
    return _sign(
        plan, number, user, role, by, on, at, way=way, signed_on=signed_on, typed_name=typed_name.strip(),
        witnessed_by=by,
    )  # fmt: skip


def _is_name_of(user, typed):
    """Whether at least one of the person's names was typed, in any case and with or without accents."""
    names = set(fold(f"{user.given_name} {user.family_name} {user.preferred_name}").split())
    return bool(names & set(fold(typed).split()))


def _sign(plan, number, user, role, by, on, at, **how) -> Signature:
    hold(plan, Plan.State.IN_REVIEW, Plan.State.ACTIVE)
    _require_current(plan, number)
    _require_day(plan, how["signed_on"])
    rows = team_rows(plan.student)
    if role not in signing_roles(rows, user, on):
        raise PlanError(_("%(name)s cannot sign this plan in that place today.") % {"name": user.name})
    if existing := Signature.objects.filter(version=plan.version, user=user, role=role).first():
        return existing
    covered = covered_by(plan.version, role)
    signature = Signature.objects.create(
        version=plan.version, plan=plan, school_id=plan.school_id, user=user, role=role, at=at,
        sections=[section["key"] for section in covered["sections"]], hash=seal(covered), **how,
    )  # fmt: skip
    note("plans.signed", plan, by, subject=signature, user=user.pk, role=role, number=number, way=how["way"])
    news.signed(plan, user, role, by, on)
    activate_if_complete(plan, standing_of_plan(plan, rows, on), by=by, on=on, at=at)
    return signature


def _require_current(plan, number):
    if not plan.can_be_signed:
        raise PlanError(_("There is no version to sign now."))
    if plan.version.number != number:
        raise ReplacedError(
            _("Version %(new)s has taken the place of version %(old)s. Below is what changed: read it, then sign.")
            % {"new": plan.version.number, "old": number}
        )


def _require_day(plan, signed_on):
    """A draft may have been printed and signed before the version was made of it; nothing before there was a plan."""
    first = min(plan.begun_at.astimezone(plan.student.school.zone).date(), plan.term.starts_on)
    if signed_on < first:
        raise DayError(_("Nobody can have signed this plan before %(day)s.") % {"day": date_format(first)})


def covered_by(version: PlanVersion, role: str) -> dict:
    """What a signature in this role covers: the version as the role may see it today."""
    content = version.content
    roles = counting({role})
    texts = Text.objects.filter(pk__in=[section["text"] for section in content["sections"]])
    open_texts = {str(text.pk) for text in texts if roles & set(text.readers)}
    open_keys = {section["key"] for section in content["sections"] if section["text"] in open_texts}
    return visible(content, {role}, open_keys)
