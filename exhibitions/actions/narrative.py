"""The narrative of a term: begun from its facts, written by student and adviser, proof-read, released, corrected."""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actions.links import make_link, revoke_all
from accounts.models import Link
from audit.actions import record
from coedit import actions as coedit
from coedit.actions import Draft, create_many
from coedit.document import load
from coedit.log import lock as lock_texts
from coedit.models import Client, Text
from common.refusals import SaidAtField
from exhibitions import emails, news
from exhibitions.facts import facts_of, first_blocks, is_after
from exhibitions.models import Exhibition, Narrative, Opening, Proof, Rating, Remark, Seat
from exhibitions.seats import is_to_rate
from schools.roles import Permission, Role
from students.access import holders
from students.models import TeamMember

# The purpose of the link by which family without an account reads a released narrative.
NARRATIVE = "narrative"
WRITERS = [Role.STUDENT, Role.ADVISER]
# Those who proof-read; the family reads once it is released.
READERS = [*WRITERS, Role.SPECIALIST, Role.COORDINATOR, Role.LEAD]
RELEASED_TO = [*READERS, Role.PARENT, Role.SAFEGUARDING]
LINK_LASTS = datetime.timedelta(days=60)
DAY = datetime.timedelta(days=1)
PATIENCE = 3 * DAY


class NarrativeError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def begin(*, exhibition: Exhibition, by, now: datetime.datetime) -> Narrative:
    """A text that starts with the term's facts; the one that is being written or released, where there is one. Raises
    NarrativeError before the exhibition, and for who has not handed in their own rating."""
    exhibition = Exhibition.objects.lock(exhibition)
    if same := exhibition.narratives.first():
        return same
    if not is_after(exhibition, now):
        raise NarrativeError(_("It is begun after the exhibition."))
    if is_to_rate(exhibition, by, exhibition.student.school.today()):
        raise NarrativeError(_("Hand in your own rating first: the narrative begins with what the panel said."))
    if _student_has_still_to_rate(exhibition, now):
        raise NarrativeError(
            _("%(name)s has not handed in the own rating yet. It comes first; after three days it goes without it.")
            % {"name": exhibition.student.user.called}
        )
    school = exhibition.student.school
    blocks = first_blocks(exhibition, facts_of(exhibition), school.language)
    return _new(exhibition, blocks, by, now, number=1)


def _student_has_still_to_rate(exhibition, now) -> bool:
    """Both write in the narrative, which begins with what the panel said: so the student's own rating comes before."""
    is_open = exhibition.seats.kept().filter(kind=Seat.As.STUDENT, handed_in_at__isnull=True).exists()
    waits_until = exhibition.told_ends_at + PATIENCE if exhibition.told_starts_at else None
    return is_open and waits_until is not None and now < waits_until


def _new(exhibition, blocks, by, now, **facts) -> Narrative:
    title = f"{exhibition.window.term}"
    draft = Draft(exhibition.student, title, READERS, WRITERS, blocks=blocks)
    text = create_many(drafts=[draft], by=by, at=now)[0]
    narrative = Narrative.objects.create(exhibition=exhibition, text=text, begun_by=by, begun_at=now, **facts)
    _record("begun", narrative, by, number=narrative.number)
    return narrative


@transaction.atomic
def ask_for_proof(*, narrative: Narrative, by, on: datetime.date, now: datetime.datetime) -> Proof:
    """It is ready for a second reader: everybody who may proof-read hears of it. Twice is once."""
    narrative = _lock_narrative(narrative)
    _require_open(narrative)
    if narrative.text.is_empty:
        raise NarrativeError(_("There is nothing to read yet."))
    last = narrative.proofs.last()
    if last and last.kind == Proof.Kind.ASKED and last.mark == narrative.text.last_update_id:
        return last
    proof = _prove(narrative, Proof.Kind.ASKED, by, now)
    readers = holders(narrative.exhibition.student, [Permission.NARRATIVE_PROOF], on)[Permission.NARRATIVE_PROOF]
    news.proof(narrative, [user for user in readers if not wrote(narrative, user)], "asked", by)
    return proof


@transaction.atomic
def give_back(*, narrative: Narrative, words: str, by, on: datetime.date, now: datetime.datetime) -> Proof:
    """A second reader says what is still to be done. Raises NarrativeError."""
    narrative = _lock_narrative(narrative)
    _require_asked(narrative, by)
    if not words.strip():
        raise NarrativeError(_("Say what is still to be done."), "words")
    proof = _prove(narrative, Proof.Kind.RETURNED, by, now, words)
    news.proof(narrative, _writers(narrative, on), "returned", by)
    return proof


@transaction.atomic
def accept(*, narrative: Narrative, mark: int, by, on: datetime.date, now: datetime.datetime, words="") -> Proof:
    """A second adult has read it as it stood at `mark`, and it may go out. Raises NarrativeError."""
    narrative = _lock_narrative(narrative)
    _require_asked(narrative, by)
    if mark != narrative.text.last_update_id:
        raise NarrativeError(_("It was changed while you read. Read it once more."))
    proof = _prove(narrative, Proof.Kind.ACCEPTED, by, now, words)
    news.proof(narrative, _writers(narrative, on), "accepted", by)
    return proof


@transaction.atomic
def release(*, narrative: Narrative, by, on: datetime.date, now: datetime.datetime) -> Narrative:
    """To the family: the text is frozen, and the ratings are those of this moment. Twice is once.

    Who of the family cannot sign in and has an e-mail address gets a link. Raises NarrativeError.
    """
    narrative = _lock_narrative(narrative)
    if narrative.is_released:
        return narrative
    last = narrative.proofs.last()
    if last is None or last.kind != Proof.Kind.ACCEPTED:
        raise NarrativeError(_("A second adult has to read and accept it first."))
    if last.mark != narrative.text.last_update_id:
        raise NarrativeError(_("It was changed since it was accepted. Ask for a second reader again."))
    # From tomorrow on: who reads it now sees it as it is, and none of its drafts.
    coedit.open_to(text=narrative.text, readers=RELEASED_TO, writers=WRITERS, by=by, on=on + DAY)
    outline = narrative.exhibition.outline
    for text in (narrative.text, outline):
        coedit.freeze(text=text, by=by, now=now)
    narrative.released_at, narrative.released_by = _after_all(narrative.exhibition, now), by
    narrative.save(update_fields=["released_at", "released_by"])
    _record("released", narrative, by, number=narrative.number)
    news.released(narrative, by)
    for user in _family(narrative, on):
        if not user.can_sign_in:
            send_link(narrative=narrative, user=user, by=by, now=now)
    return narrative


@transaction.atomic
def send_link(*, narrative: Narrative, user, by, now: datetime.datetime) -> bool:
    """A link for somebody of the family without an account; whether they could be written to."""
    if not user.can_be_written_to or user.can_sign_in:
        return False
    for old in narrative.exhibition.narratives.exclude(pk=narrative.pk):
        revoke_all(user=user, by=by, now=now, purpose=NARRATIVE, subject=str(old.pk))
    link, secret = make_link(
        user=user, purpose=NARRATIVE, way=Link.Way.EMAIL, by=by, now=now, subject=str(narrative.pk),
        school_id=narrative.exhibition.school_id, lasts=LINK_LASTS,
    )  # fmt: skip
    emails.narrative(link, secret, narrative)
    return True


@transaction.atomic
def correct(*, narrative: Narrative, reason: str, by, now: datetime.datetime) -> Narrative:
    """Begin a new release from the words of one that is out; until it is released, that one stands, and ratings may be
    corrected. The one that is begun already. Raises NarrativeError."""
    narrative = _lock_narrative(narrative)
    newest = narrative.exhibition.narratives.first()
    if not newest.is_released:
        return newest
    if not reason.strip():
        raise NarrativeError(_("Say what is corrected."), "reason")
    blocks = load(newest.text_id).tree()
    return _new(narrative.exhibition, blocks, by, now, number=newest.number + 1, reason=reason.strip()[:300])


@transaction.atomic
def drop_correction(*, narrative: Narrative, by, now: datetime.datetime) -> None:
    """Give up a correction that was begun: what is released stands. Raises NarrativeError for what is no correction."""
    narrative = _lock_narrative(narrative)
    if narrative.is_released or narrative.number == 1:
        raise NarrativeError(_("That is no correction that is being written."))
    text = narrative.text
    narrative.proofs.all().delete()
    _record("correction_dropped", narrative, by, number=narrative.number)
    narrative.delete()
    coedit.erase(text=text, by=by, now=now)


def _after_all(exhibition, now) -> datetime.datetime:
    """The moment of a release: not before anything that was said, whoever's clock read first."""
    seats = exhibition.seats.all()
    latest = [
        Rating.objects.filter(seat__in=seats).aggregate(at=Max("received_at"))["at"],
        Remark.objects.filter(seat__in=seats).aggregate(at=Max("received_at"))["at"],
        exhibition.agreed.aggregate(at=Max("received_at"))["at"],
    ]
    return max([now, *(at for at in latest if at)])


@transaction.atomic
def opened(*, narrative: Narrative, user, way: str, by, now: datetime.datetime) -> Opening:
    """Somebody of the family has opened it, or was given it on paper; only the first time is kept."""
    row, is_new = Opening.objects.get_or_create(
        narrative=narrative, user=user, defaults={"way": way, "by": by, "at": now}
    )
    if is_new:
        _record("opened", narrative, by, user=user.pk, way=way)
    return row


def wrote(narrative: Narrative, user) -> bool:
    """Whether any of the words came from them, in this release or an earlier one: then they are no second reader."""
    texts = narrative.exhibition.narratives.values("text")
    begun = narrative.exhibition.narratives.filter(begun_by=user)
    return begun.exists() or Client.objects.filter(text__in=texts, user=user).exists()


def forget_words(*, text: Text, new: Text | None, by, now: datetime.datetime) -> None:
    """Words of a narrative had to be erased: it goes on with what may stay (coedit/erasing.py)."""
    if new is not None:
        Narrative.objects.filter(text=text).update(text=new)


def _family(narrative, on):
    rows = TeamMember.objects.on(on).filter(student=narrative.exhibition.student, role=Role.PARENT)
    return [row.user for row in rows.select_related("user") if row.user.closed_at is None]


def _writers(narrative, on):
    roles = (Role.STUDENT, Role.ADVISER, Role.COVER)
    rows = TeamMember.objects.on(on).filter(student=narrative.exhibition.student, role__in=roles)
    return [row.user for row in rows.select_related("user")]


def _prove(narrative, kind, by, now, words="") -> Proof:
    proof = Proof.objects.create(
        narrative=narrative, kind=kind, by=by, at=now, words=words.strip(), mark=narrative.text.last_update_id
    )
    _record(f"proof_{kind}", narrative, by)
    return proof


def _require_open(narrative):
    if narrative.is_released:
        raise NarrativeError(_("It is released already."))


def _require_asked(narrative, by):
    _require_open(narrative)
    last = narrative.proofs.last()
    if last is None or last.kind != Proof.Kind.ASKED:
        raise NarrativeError(_("Nobody has asked for a second reader yet."))
    if wrote(narrative, by):
        raise NarrativeError(_("You have written in it yourself. A second adult reads it."))


def _lock_narrative(narrative) -> Narrative:
    exhibition = Exhibition.objects.lock(narrative.exhibition)
    found = Narrative.objects.select_for_update(of=("self",)).get(pk=narrative.pk)
    # With the text locked, so that no word comes in between its being looked at and its being frozen.
    found.text = lock_texts([found.text_id])[found.text_id]
    found.exhibition = exhibition
    return found


def _record(what, narrative, by, **details):
    exhibition = narrative.exhibition
    record(
        f"exhibitions.narrative.{what}", by=by, subject=narrative, school_id=exhibition.school_id,
        student_id=exhibition.student_id, **details,
    )  # fmt: skip
