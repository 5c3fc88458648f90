"""Opportunities for tests: at the cast's boatyard unless it is said otherwise."""

import datetime
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from bpl.tests.cast import LAST_YEAR, NOW, TODAY
from files.actions import store_photo
from files.tests.factories import a_jpeg
from internships.actions.opportunities import add_opportunity
from internships.actions.placements import Slot, arrange, begin
from internships.actions.pursuits import ask, decide
from internships.models import AgreementForm, JournalPhoto, Opportunity, Placement, Pursuit
from internships.weekdays import mask
from mentors.models import Clearance
from schools.roles import Role

TUESDAY, THURSDAY, FRIDAY = 1, 3, 4


def an_opportunity(
    cast, title="Help to build a skiff", *, organisation=None, on=(TUESDAY, THURSDAY), **values
) -> Opportunity:
    facts = {"starts_on": LAST_YEAR, "weekdays": mask(on), "places": 1} | values
    return add_opportunity(organisation=organisation or cast.boatyard, by=cast.coordinator, title=title, **facts)


def a_pursuit(cast, student="sam", **of) -> Pursuit:
    """Asked for today by the student."""
    of = of or {"opportunity": an_opportunity(cast)}
    found = cast.student(student)
    return ask(student=found, why="I like things that float.", by=found.user, on=TODAY, now=NOW, **of)


def says(pursuit, who, role, yes=True, words="", on=TODAY) -> Pursuit:
    return decide(pursuit=pursuit, role=role, says_yes=yes, by=who, on=on, now=NOW, words=words)


def a_cleared_pursuit(cast, student="sam", **of) -> Pursuit:
    pursuit = says(a_pursuit(cast, student, **of), cast.ada, Role.ADVISER)
    return says(pursuit, cast.coordinator, Role.COORDINATOR)


def slots(*on, from_time=datetime.time(9), to_time=datetime.time(15), break_minutes=30) -> list[Slot]:
    return [Slot(day, from_time, to_time, break_minutes) for day in on]


def a_check(cast, user, until=None):
    """A background check that the coordinator has seen."""
    return Clearance.objects.create(
        school=cast.school, kind="background", user=user, verified_on=LAST_YEAR, expires_on=until,
        verified_by=cast.coordinator,
    )  # fmt: skip


def a_paper(cast, organisation, kind, expires_on=None):
    return Clearance.objects.create(
        school=cast.school, kind=kind, organisation=organisation, verified_on=LAST_YEAR, expires_on=expires_on,
        verified_by=cast.coordinator,
    )  # fmt: skip


def a_placement(cast, student="sam", *, mentor="mo", on=(TUESDAY, THURSDAY), **values) -> Placement:
    """At the cast's boatyard, Tuesday and Thursday from nine to three, from today; nobody has let it begin."""
    found = next(row for (name, _student), row in cast.mentorships.items() if name == mentor).mentor
    facts = {"title": "Helps to build a skiff", "slots": slots(*on), "starts_on": TODAY} | values
    return arrange(
        student=cast.student(student), organisation=cast.boatyard, mentor=found, by=cast.coordinator, now=NOW, **facts
    )


def agreed(placement, by):
    """Every form of the agreement, on paper."""
    for order, kind in enumerate(AgreementForm.ORDER):
        AgreementForm.objects.create(
            school=placement.school, placement=placement, kind=kind, order=order, person=by, asked_at=NOW, done_at=NOW,
            done_by=by, on_paper=True,
        )  # fmt: skip


def a_photo(entry) -> JournalPhoto:
    """A small photo that stands in a journal."""
    upload = SimpleUploadedFile("hull.jpg", a_jpeg(40, 30))
    stored = store_photo(upload=upload, school_id=entry.school_id, by=entry.by, now=NOW)
    return JournalPhoto.objects.create(
        placement=entry.placement, entry=entry, form_key=uuid.uuid4(), file=stored, sha256=stored.sha256, by=entry.by,
        at=NOW,
    )  # fmt: skip


def a_begun_placement(cast, student="sam", *, mentor="mo", check_until=None, **values) -> Placement:
    user = cast.people[mentor]
    if not Clearance.objects.filter(user=user, kind="background").exists():
        a_check(cast, user, until=check_until)
    placement = a_placement(cast, student, mentor=mentor, **values)
    agreed(placement, cast.coordinator)
    return begin(placement=placement, by=cast.coordinator, on=TODAY, now=NOW)
