"""Evidence for tests."""

import datetime
import re

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from bpl.tests.cast import NOW, TODAY
from coedit.actions import write
from coedit.document import load
from coedit.markdown import to_markdown
from coedit.models import Text
from exhibitions.actions.evidence import add, take_file
from exhibitions.actions.exhibitions import begin, open_window
from exhibitions.actions.judging import NOT_ENOUGH, Saying, hand_in, keep
from exhibitions.actions.narrative import accept, ask_for_proof, release
from exhibitions.actions.narrative import begin as begin_narrative
from exhibitions.actions.panel import add_guest
from exhibitions.actions.profile import choose, share
from exhibitions.models import Agreed, Chosen, Evidence, Exhibition, Narrative, Seat, Share, Window
from files.looking import look_at
from files.tests.factories import a_jpeg
from notices.models import Email
from schools.models import Criterion, Level


def a_window(cast, **facts) -> Window:
    """The last fortnight of the term."""
    last = cast.term.last_day
    said = {
        "name": "Winter exhibitions", "starts_on": last - datetime.timedelta(days=11), "last_on": last,
        "slot_minutes": 45, "rooms": ["Library", "Room 4"],
    }  # fmt: skip
    return open_window(school=cast.school, term=cast.term, by=cast.lead, now=NOW, **(said | facts))


def an_exhibition(cast, student="sam") -> Exhibition:
    """With the student's team on its panel."""
    found = cast.student(student)
    return begin(window=a_window(cast), student=found, by=found.user, on=TODAY, now=NOW)


def seat_of(exhibition, user) -> Seat:
    return Seat.objects.with_all().get(exhibition=exhibition, user=user, left_at=None)


def a_guest(exhibition, cast, email="gus@example.org") -> tuple[Seat, str]:
    """A guest without an account, with the address that the e-mail carries."""
    seat = add_guest(
        exhibition=exhibition, given_name="Gus", family_name="Pane", email=email, by=cast.ada, on=TODAY, now=NOW
    )
    return Seat.objects.with_all().get(pk=seat.pk), link_sent_to(seat.user)


def link_sent_to(user) -> str:
    """The newest link that was e-mailed to somebody; an e-mail that has gone keeps no words, the post office does."""
    waiting = Email.objects.filter(person=user).latest("pk").text
    text = waiting or next(one.body for one in reversed(mail.outbox) if one.to == [user.email])
    return re.search(r"/l/[\w-]+/", text)[0]


def criteria(exhibition) -> dict[str, Criterion]:
    return {one.key: one for one in exhibition.window.rubric.criteria.all()}


def levels(exhibition) -> list[Level]:
    """The first first."""
    return list(exhibition.window.rubric.levels.all())


def begun_now(exhibition) -> None:
    """Its time has come, where none was told: then the panel hands in."""
    told = {"told_starts_at": NOW, "told_room": exhibition.window.rooms.first(), "told_minutes": 45}
    Exhibition.objects.filter(pk=exhibition.pk, told_starts_at=None).update(**told)


def rated(exhibition, user, rank=3, *, handed_in=True, words="", at=NOW, **ranks) -> Seat:
    """Somebody on the panel with one level for every criterion, or another by its key; None is "not enough"."""
    seat, by_rank = seat_of(exhibition, user), dict(enumerate(levels(exhibition), 1))
    sayings = [
        Saying(f"c{one.pk}", NOT_ENOUGH if (r := ranks.get(key, rank)) is None else str(by_rank[r].pk), words)
        for key, one in criteria(exhibition).items()
    ]
    keep(seat=seat, sayings=sayings, device="a", now=at)
    if not seat.is_student:
        begun_now(exhibition)
    if handed_in:
        hand_in(seat=seat, now=at)
    return seat_of(exhibition, user)


def a_past_exhibition(cast, name="Spring exhibitions", student="sam", first=None) -> Exhibition:
    """In the term before, with its own window, from its `first` day."""
    first = first or cast.last_term.starts_on
    window = open_window(
        school=cast.school, term=cast.last_term, name=name, starts_on=first, last_on=first + datetime.timedelta(days=4),
        slot_minutes=45, rooms=["Library"], by=cast.lead, now=NOW,
    )  # fmt: skip
    found = cast.student(student)
    return begin(window=window, student=found, by=found.user, on=first, now=NOW)


def an_agreed(exhibition, key="empirical", rank=3, *, words="", at=NOW) -> Agreed:
    """The panel's judgement of one criterion, in place of an earlier one; None is "not enough evidence"."""
    exhibition.seats.filter(handed_in_at=None).update(handed_in_at=at)
    criterion = criteria(exhibition)[key]
    level = None if rank is None else levels(exhibition)[rank - 1]
    Agreed.objects.standing().filter(exhibition=exhibition, criterion=criterion).update(replaced_at=at)
    return Agreed.objects.create(
        exhibition=exhibition, criterion=criterion, level=level, words=words, by=exhibition.begun_by, received_at=at
    )


def a_link(cast, student="sam", by=None, role="student", **facts) -> Evidence:
    found = cast.student(student)
    said = {"kind": "link", "title": "My film", "url": "https://example.org/film"} | facts
    return add(student=found, by=by or found.user, role=role, now=NOW, **said)


def a_file(cast, student="sam", by=None, role="student", data=None, name="hull.jpg", ready=True, **facts) -> Evidence:
    """A photo that is here, cleaned."""
    found = cast.student(student)
    upload = SimpleUploadedFile(name, data or a_jpeg(60, 40))
    evidence = take_file(student=found, file=upload, by=by or found.user, role=role, now=NOW, **facts)
    look_at(upload_id=evidence.upload_id, now=NOW)
    Evidence.objects.filter(pk=evidence.pk).update(ready_at=NOW if ready else None)
    return Evidence.objects.with_files().get(pk=evidence.pk)


def a_choice(cast, thing=None, student="sam") -> Chosen:
    """Something in the learner profile: a photo, unless it is said otherwise."""
    found = cast.student(student)
    return choose(student=found, thing=thing or a_file(cast, student), by=found.user, now=NOW)


def a_share(cast, student="sam", *, label="Brown University", until=TODAY + datetime.timedelta(days=30)) -> Share:
    found = cast.student(student)
    return share(student=found, label=label, until=until, by=found.user, on=TODAY, now=NOW)


def a_narrative(cast, exhibition=None, *, words="Sam has built a boat.", released=False) -> Narrative:
    """Begun by Ada once she and the student have rated, with words of Sam's; released, it was accepted by the lead."""
    exhibition = exhibition or an_exhibition(cast)
    for user in (exhibition.student.user, cast.ada):
        if seat_of(exhibition, user).handed_in_at is None:
            rated(exhibition, user)
    narrative = begin_narrative(exhibition=exhibition, by=cast.ada, now=NOW)
    if words and not narrative.is_released:
        text = Text.objects.get(pk=narrative.text_id)
        said = words + "\n\n" + to_markdown(load(text.pk).tree())
        write(text=text, markdown=said, base_id=text.last_update_id, by=cast.sam, now=NOW)
    if released and not narrative.is_released:
        ask_for_proof(narrative=narrative, by=cast.ada, on=TODAY, now=NOW)
        mark = Text.objects.get(pk=narrative.text_id).last_update_id
        accept(narrative=narrative, mark=mark, by=cast.lead, on=TODAY, now=NOW)
        release(narrative=narrative, by=cast.ada, on=TODAY, now=NOW)
    return Narrative.objects.select_related("text", "exhibition__student__user").get(pk=narrative.pk)
