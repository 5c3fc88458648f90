"""What a panel says: kept while it is tapped and typed, handed in, corrected by new rows, agreed on."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from common.refusals import SaidAtField
from common.shipped import in_my_language
from exhibitions import news
from exhibitions.models import Agreed, Consent, Exhibition, Rating, Remark, Seat
from schools.models import Criterion, Level

NOT_ENOUGH = "none"
LONGEST = 10_000


class JudgingError(SaidAtField):
    """Said to the person who asked, in their words."""


@dataclass(frozen=True)
class Saying:
    """One thing that somebody says: of a criterion ("c12") or a kind of remark ("suggestion").

    `level` is a level's id or NOT_ENOUGH; None or "" leaves it as it is, and so does None for `words`. `age` is how
    many milliseconds ago the device saw it: its clock may be wrong, what passed on it is not. `base` is the mark
    of what stood on the page when it was opened: who has seen it may write over it.
    `number` rises with each thing that the page says.
    """

    topic: str
    level: str | None = None
    words: str | None = None
    age: int = 0
    base: str = ""
    number: int = 0


@transaction.atomic
def keep(*, seat: Seat, sayings: list[Saying], device: str, now: datetime.datetime) -> list[str]:
    """Keep what was said so far; answers the topics that are kept. What a device says again is no second row, what is
    older than what stands gives way to it and is kept beside. Raises JudgingError once it is handed in."""
    seat = _lock_seat(seat)
    if seat.handed_in_at:
        raise HandedIn(_("You have handed in already. Correct it on this page, so that both are kept."))
    _require_open(seat.exhibition)
    return _write(seat, sayings, device, now, in_place=True)


@transaction.atomic
def hand_in(*, seat: Seat, now: datetime.datetime) -> Seat:
    """What was kept is what counts from here on; twice is once. Raises Lacking where a criterion has no answer."""
    seat = _lock_seat(seat)
    if seat.handed_in_at:
        return seat
    _require_open(seat.exhibition)
    _require_begun(seat, now)
    answered = {row.criterion_id for row in seat.ratings.standing() if row.is_answer}
    lacks = [one for one in criteria_of(seat.exhibition) if one.pk not in answered]
    if lacks:
        names = ", ".join(in_my_language(one.name) for one in lacks)
        raise Lacking(_("Still without an answer: %(names)s.") % {"names": names}, [one.pk for one in lacks])
    seat.handed_in_at = now
    seat.save(update_fields=["handed_in_at"])
    _record("handed_in", seat.exhibition, seat.user)
    return seat


class HandedIn(JudgingError):
    """It is handed in, perhaps a moment ago by another request: what is said now is a correction."""


class Lacking(JudgingError):
    """Some criteria (their ids) have no answer yet."""

    def __init__(self, message, criteria):
        super().__init__(message)
        self.criteria = criteria


@transaction.atomic
def correct(*, seat: Seat, sayings: list[Saying], device: str, now: datetime.datetime) -> list[str]:
    """Say it otherwise after handing in: each difference is a new row. Raises JudgingError where it is frozen."""
    seat = _lock_seat(seat)
    if not seat.handed_in_at:
        raise JudgingError(_("Hand in first."))
    _require_open(seat.exhibition)
    changed = _write(seat, sayings, device, now, in_place=False)
    if changed:
        _record("corrected", seat.exhibition, seat.user, topics=changed)
    return changed


def criteria_of(exhibition) -> list[Criterion]:
    return list(exhibition.window.rubric.criteria.select_related("goal"))


def _write(seat, sayings, device, now, *, in_place) -> list[str]:
    rubric = seat.exhibition.window.rubric_id
    criteria = {f"c{pk}": pk for pk in Criterion.objects.filter(rubric=rubric).values_list("pk", flat=True)}
    levels = {str(pk): pk for pk in Level.objects.filter(rubric=rubric).values_list("pk", flat=True)}
    ratings = {f"c{row.criterion_id}": row for row in seat.ratings.standing()}
    remarks = {row.kind: row for row in seat.remarks.standing()}
    kept = []
    for saying in sayings:
        if saying.topic in criteria:
            facts = {"criterion_id": criteria[saying.topic]}
            current, make = ratings.get(saying.topic), Rating
            said = _level(saying.level, levels)
        elif saying.topic in Remark.Kind.values:
            facts, current, make, said = {"kind": saying.topic}, remarks.get(saying.topic), Remark, {}
        else:
            raise JudgingError(_("The rubric has changed. Load the page again; your words are still here."))
        if saying.words is not None:
            said["words"] = saying.words.replace("\r\n", "\n").replace("\x00", "")[:LONGEST]
        said = {**(_what(current) if current else {}), **said}
        age = datetime.timedelta(milliseconds=min(max(saying.age, 0), 30 * 24 * 3600 * 1000))
        stamp = {"device": device, "number": saying.number, "said_at": now - age}
        if not in_place:
            was_there = _base_of(seat, make, saying.base)
            is_new = was_there is None or _what(was_there) != said
            if is_new and _say(make, seat, facts, said, current, stamp, now):
                kept.append(saying.topic)
            continue
        kept.append(saying.topic)
        if current is not None and device != "" and device == current.device:
            if saying.number >= current.number:
                _go_on(current, said, stamp)
        elif current is not None and saying.base == current.mark:
            _go_on(current, said, stamp)
        else:
            # Said earlier than what stands, and arrived later: it is kept, and does not hold.
            is_late = current is not None and stamp["said_at"] < current.said_at
            _say(make, seat, facts, said, current, stamp, now, replaced_at=now if is_late else None)
    return kept


def _base_of(seat, make, mark) -> Rating | Remark | None:
    """What stood on the page: a correction that says the same was made elsewhere on the page."""
    pk = mark.partition(".")[0]
    return make.objects.filter(seat=seat, pk=pk).first() if pk.isdecimal() else None


def _level(level, levels) -> dict:
    if not level:
        return {}
    if level == NOT_ENOUGH:
        return {"level_id": None, "not_enough": True}
    if level not in levels:
        raise JudgingError(_("The rubric has changed. Load the page again; your words are still here."))
    return {"level_id": levels[level], "not_enough": False}


def _what(row) -> dict:
    return {name: getattr(row, name) for name in ("level_id", "not_enough", "words") if hasattr(row, name)}


def _go_on(row, said, stamp):
    """The row's own device, or one that shows what stands in it, writes on in it."""
    if _what(row) == said:
        return
    for name, value in {**said, **stamp}.items():
        setattr(row, name, value)
    row.save()


def _say(make, seat, facts, said, current, stamp, now, replaced_at=None) -> bool:
    """Another row, which holds from now on, or does not where it is `replaced_at` once; False where it says nothing
    new."""
    if _what(current) == said if current else not any(said.values()):
        return False
    if current is not None and replaced_at is None:
        current.replaced_at = now
        current.save(update_fields=["replaced_at"])
    make.objects.create(seat=seat, received_at=now, replaced_at=replaced_at, **stamp, **facts, **said)
    return True


@transaction.atomic
def agree(
    *, exhibition: Exhibition, judgements: dict[int, str], words: dict[int, str], seats: list[int], by,
    now: datetime.datetime,
) -> int:  # fmt: skip
    """Write down the panel's judgements: by criterion a level's id or NOT_ENOUGH; and who of the room agreed (`seats`;
    those who have not handed in are left out). How many judgements and agreements are new. Raises JudgingError.
    """
    exhibition = Exhibition.objects.lock(exhibition)
    _require_open(exhibition)
    criteria = {one.pk for one in criteria_of(exhibition)}
    levels = {str(pk): pk for pk in exhibition.window.rubric.levels.values_list("pk", flat=True)}
    present = exhibition.seats.kept().filter(pk__in=seats, handed_in_at__isnull=False).exclude(kind=Seat.As.STUDENT)
    standing = {row.criterion_id: row for row in exhibition.agreed.standing()}
    written = []
    for criterion, answer in judgements.items():
        if criterion not in criteria or (answer != NOT_ENOUGH and answer not in levels):
            raise JudgingError(_("The rubric has changed. Load the page again; your words are still here."))
        level, said, row = levels.get(answer), words.get(criterion, "").strip(), standing.get(criterion)
        if row is None or (row.level_id, row.words) != (level, said):
            if row is not None:
                row.replaced_at = now
                row.save(update_fields=["replaced_at"])
            written.append(
                Agreed.objects.create(
                    exhibition=exhibition, criterion_id=criterion, level_id=level, words=said, by=by, received_at=now
                )
            )
            standing[criterion] = written[-1]
    rows = [standing[criterion] for criterion in judgements]
    new = sum(_consents(rows, seat, by, now) for seat in present)
    if written or new:
        _record(
            "agreed", exhibition, by, criteria=[row.criterion_id for row in written],
            users=[seat.user_id for seat in present],
        )  # fmt: skip
    if written:
        news.agreed(exhibition, by)
    return len(written) + new


def _consents(rows, seat, by, now) -> int:
    has = set(Consent.objects.filter(agreed__in=rows, seat=seat).values_list("agreed_id", flat=True))
    fresh = [Consent(agreed=row, seat=seat, by=by, at=now) for row in rows if row.pk not in has]
    Consent.objects.bulk_create(fresh)
    return len(fresh)


@transaction.atomic
def consent(*, seat: Seat, agreed: set[int], by, now: datetime.datetime) -> int:
    """Somebody on the panel agrees with the judgements that they have seen (`agreed`, ids); how many are new to them.

    Raises JudgingError where one of them was changed meanwhile, and for who has not handed in.
    """
    seat = _lock_seat(seat)
    if seat.is_student:
        raise JudgingError(_("The panel agrees; the student's own rating stands beside."))
    if not seat.handed_in_at:
        raise JudgingError(_("Hand in first."))
    _require_open(seat.exhibition)
    rows = list(seat.exhibition.agreed.standing())
    if {row.pk for row in rows} != agreed:
        raise JudgingError(_("It was changed meanwhile. Look at it once more."))
    new = _consents(rows, seat, by, now)
    if new:
        _record("consented", seat.exhibition, by, user=seat.user_id)
    return new


def is_frozen(exhibition) -> bool:
    """Whether the narrative is out and no correction is begun: then nothing is said of it any more."""
    released = list(exhibition.narratives.values_list("released_at", flat=True))
    return bool(released) and all(released)


def handed_in_from(seat) -> datetime.datetime:
    """From when somebody can hand in: the student at once."""
    exhibition = seat.exhibition
    if seat.is_student:
        return exhibition.begun_at
    if exhibition.told_starts_at:
        return exhibition.told_starts_at
    return datetime.datetime.combine(exhibition.window.starts_on, datetime.time(), exhibition.student.school.zone)


def _require_begun(seat, now):
    """The panel judges what it has seen: from the time that was told, or where none is, from the window's first day.
    The student rates before that."""
    if now < handed_in_from(seat):
        raise JudgingError(_("The exhibition has not begun yet. What you have said is kept; hand it in then."))


def _require_open(exhibition):
    if is_frozen(exhibition):
        raise JudgingError(_("The narrative is released, and its ratings stand. The adviser can begin a correction."))


def _lock_seat(seat) -> Seat:
    exhibition = Exhibition.objects.lock(seat.exhibition)
    found = Seat.objects.select_for_update(of=("self",)).select_related("user").get(pk=seat.pk)
    if found.left_at:
        raise JudgingError(_("You are not on this panel any more."))
    found.exhibition = exhibition
    return found


def _record(what, exhibition, by, **details):
    record(
        f"exhibitions.judging.{what}", by=by, subject=exhibition, school_id=exhibition.school_id,
        student_id=exhibition.student_id, **details,
    )  # fmt: skip
