"""A placement's agreement: a chain of short forms, each done by one named person. Finishing one tells the next."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.links import make_link, revoke_all, use
from accounts.models import Link, User
from audit.actions import record
from common.refusals import SaidAtField
from internships import emails, news
from internships.agreeing import AGREEMENT, is_outside, people_for
from internships.models import AgreementForm, Placement, Rules
from students.actions.reach import change_reach


class AgreementError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def prepare(
    *, placement: Placement, by, on: datetime.date, now: datetime.datetime, people: dict[str, User] | None = None
) -> list[AgreementForm]:
    """Make the forms that the school asks for and ask for the first; `people` may name others than the usual.

    Again, it adds what lacks and changes nothing else.
    """
    placement = _lock(placement)
    if placement.is_over:
        raise AgreementError(_("This placement has ended already."))
    for kind, usual in people_for(placement, Rules.of(placement.school), on).items():
        AgreementForm.objects.get_or_create(
            placement=placement, kind=kind,
            defaults={
                "school_id": placement.school_id, "order": AgreementForm.ORDER.index(kind),
                "person": (people or {}).get(kind, usual),
            },
        )  # fmt: skip
    _record("prepared", placement, by)
    _ask_next(placement, by, now)
    return list(placement.forms.all())


@transaction.atomic
def fill(
    *, form: AgreementForm, by, now: datetime.datetime, answers: dict, on_paper=False, link: Link | None = None
) -> AgreementForm:
    """Somebody has done their form; the next is told. Twice is once; the link is used up with it."""
    _lock(form.placement)
    form = _lock_form(form)
    if link is not None:
        use(link, now)
    if form.done_at:
        return form
    if form.asked_at is None:
        raise AgreementError(_("It is not this form's turn yet."))
    form.answers, form.done_at, form.done_by, form.on_paper = answers, now, by, on_paper
    form.refused_at, form.refuse_words = None, ""
    form.save()
    if link is None:
        revoke_all(user=form.person, by=by, now=now, purpose=AGREEMENT, subject=str(form.pk))
    _record("form_done", form.placement, by, kind=form.kind, on_paper=on_paper)
    _ask_next(form.placement, by, now)
    return form


@transaction.atomic
def refuse(*, form: AgreementForm, by, now: datetime.datetime, words: str, link: Link | None = None) -> AgreementForm:
    """A no, or a wish for other days: it stands, and the coordinators hear of it. Raises AgreementError."""
    form = _lock_form(form)
    if not words.strip():
        raise AgreementError(_("Say what would have to be different."), "words")
    if link is not None:
        use(link, now)
    if form.done_at or form.asked_at is None:
        raise AgreementError(_("This form is done already, or not asked for yet."))
    form.refused_at, form.refuse_words = now, words
    form.save(update_fields=["refused_at", "refuse_words"])
    _record("form_refused", form.placement, by, kind=form.kind)
    news.agreement_refused(form, by)
    return form


@transaction.atomic
def ask_again(
    *, form: AgreementForm, by, on: datetime.date, now: datetime.datetime, email: str | None = None,
    person: User | None = None,
) -> AgreementForm:  # fmt: skip
    """Ask once more: after a no, to a corrected address, or somebody else. The earlier link ends.

    Raises AgreementError, students' ReachError and accounts' PersonError for an address that cannot be.
    """
    form = _lock_form(form)
    if form.done_at:
        raise AgreementError(_("This form is done already, or not asked for yet."))
    if person is not None and person.pk != form.person_id:
        revoke_all(user=form.person, by=by, now=now, purpose=AGREEMENT, subject=str(form.pk))
        form.person = person
    if email is not None and email.strip().lower() != form.person.email.lower():
        form.person = change_reach(user=form.person, school=form.placement.school, by=by, on=on, now=now, email=email)
    form.refused_at, form.refuse_words = None, ""
    form.save(update_fields=["person", "refused_at", "refuse_words"])
    _record("asked_again", form.placement, by, kind=form.kind)
    if form.asked_at is not None:
        _ask(form, by, now)
    return form


def _ask_next(placement, by, now):
    waiting = list(placement.forms.filter(done_at__isnull=True).select_related("person"))
    if not waiting:
        news.agreed(placement, by)
    elif waiting[0].asked_at is None:
        _ask(waiting[0], by, now)


def _ask(form, by, now):
    form.asked_at = form.asked_at or now
    form.save(update_fields=["asked_at"])
    if not is_outside(form):
        news.agreement_asked(form, by)
    elif form.person.can_be_written_to:
        link, secret = make_link(
            user=form.person, purpose=AGREEMENT, way=Link.Way.EMAIL, by=by, now=now, school_id=form.school_id,
            subject=str(form.pk),
        )  # fmt: skip
        emails.agreement(link, secret, form)


def _lock(placement) -> Placement:
    rows = Placement.objects.select_for_update(of=("self",)).select_related("student__user", "school")
    return rows.get(pk=placement.pk)


def _lock_form(form) -> AgreementForm:
    rows = AgreementForm.objects.select_for_update(of=("self",)).select_related(
        "person", "placement__student__user", "placement__school", "placement__organisation__merged_into"
    )
    return rows.get(pk=form.pk)


def _record(what, placement, by, **details):
    record(
        f"internships.agreement.{what}", by=by, subject=placement, school_id=placement.school_id,
        student_id=placement.student_id, **details,
    )  # fmt: skip
