"""Evidence: put there, told about, made ready, taken out."""

import datetime
import io
import uuid

from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from audit.actions import record
from common.once import once
from common.refusals import SaidAtField
from exhibitions.models import Evidence, Narrative, Shown
from exhibitions.room import left_for
from files import uploads
from files.actions import forget
from files.limits import PIECE
from files.models import Upload
from internships.models import Placement
from schools.roles import Role
from students.models import Student


class EvidenceError(SaidAtField):
    """Said to the person who asked, in their words."""


class ChangedMeanwhile(EvidenceError):
    """It was changed while this was written; `now` is how it stands."""

    def __init__(self, words, now: Evidence):
        super().__init__(words)
        self.now = now


@transaction.atomic
def begin_file(
    *, student: Student, name: str, length: int, by, role: str, now: datetime.datetime,
    placement: Placement | None = None,
) -> Evidence:  # fmt: skip
    """A file is on its way. It is a draft, named as the device calls it, until its maker says what it shows.

    Raises EvidenceError where there is no room for it.
    """
    Student.objects.lock(student)
    if length > (left := left_for(student, by)):
        raise EvidenceError(
            _("“%(name)s” has %(size)s, and %(left)s are left. Take something out first, or give a link.")
            % {"name": name, "size": filesizeformat(length), "left": filesizeformat(left)}
        )
    try:
        upload = uploads.begin(school_id=student.school_id, name=name, length=length, by=by, now=now)
    except uploads.UploadError as error:
        raise EvidenceError(str(error)) from error
    evidence = Evidence.objects.create(
        school_id=student.school_id, student=student, kind=Evidence.Kind.FILE, title=_title(upload.name),
        upload=upload, added_by=by, added_as=role, added_at=now, placement=placement,
    )  # fmt: skip
    _record("added", evidence, by, kind=evidence.kind)
    return evidence


def _title(name: str) -> str:
    return name.rpartition(".")[0] or name


def take_file(
    *, student: Student, file, by, role: str, now: datetime.datetime, placement: Placement | None = None
) -> Evidence:
    """A file that a plain form sent whole, without the script that sends it in pieces."""
    evidence = begin_file(
        student=student, name=file.name, length=file.size, by=by, role=role, now=now, placement=placement
    )
    offset = 0
    while offset < file.size:
        file.seek(offset)
        size = min(PIECE, file.size - offset)
        uploads.go_on(upload=evidence.upload, offset=offset, piece=_Slice(file, size), size=size, now=now)
        offset += size
    return evidence


class _Slice(io.RawIOBase):
    """The next `size` bytes of a file, as a file."""

    def __init__(self, file, size: int):
        self.file, self.left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        data = self.file.read(min(len(buffer), self.left))
        buffer[: len(data)] = data
        self.left -= len(data)
        return len(data)


@transaction.atomic
def add(
    *, student: Student, kind: str, title: str, by, role: str, now: datetime.datetime, words="", url="",
    ready=True, key: uuid.UUID | None = None, **tags,
) -> Evidence:  # fmt: skip
    """A link or words. The same form twice is one."""
    Student.objects.lock(student)
    key = once(key, kind, title, words, url)
    if key and (same := Evidence.objects.filter(key=key).first()):
        return same
    evidence = Evidence.objects.create(
        school_id=student.school_id, student=student, kind=kind, title=title, words=words, url=url, added_by=by,
        added_as=role, added_at=now, ready_at=now if ready else None, key=key,
    )  # fmt: skip
    _tag(evidence, **tags)
    _record("added", evidence, by, kind=kind)
    return evidence


@transaction.atomic
def tell(
    *, evidence: Evidence, title: str, words: str, ready: bool, version: int, by, now: datetime.datetime, url="",
    **tags,
) -> Evidence:  # fmt: skip
    """What it shows, what it belongs to, and whether others may see it.

    `version` is that of the evidence which the writer saw. Raises ChangedMeanwhile if it was changed since; the same
    form twice is one change.
    """
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    was, before = evidence.ready_at, _facts(evidence)
    evidence.title, evidence.words, evidence.url = title, words, url or evidence.url
    evidence.ready_at = (was or now) if ready else None
    if evidence.version != version:
        if _facts(evidence, **tags) == before:
            return evidence
        # Only who put it there may change it, so that it was nobody else.
        sentence = _("You changed this in another place meanwhile. How it stands now is below: join the two and save.")
        raise ChangedMeanwhile(sentence, Evidence.objects.with_files().get(pk=evidence.pk))
    evidence.version += 1
    evidence.save(update_fields=["title", "words", "url", "ready_at", "version"])
    _tag(evidence, **tags)
    _record("ready" if ready and was is None else "changed", evidence, by)
    return evidence


def _facts(evidence, **tags) -> tuple:
    """All that `tell` changes, as it stands; what `tags` name, as they say."""
    told = (evidence.title, evidence.words, evidence.url, evidence.is_draft)
    if not tags:
        goals, items = evidence.goals.all(), evidence.items.all()
        tags = {"happened_on": evidence.happened_on, "placement": evidence.placement, "goals": goals, "items": items}
    many = [{one.pk for one in tags.get(name, ())} for name in ("goals", "items")]
    return *told, tags.get("happened_on"), tags.get("placement"), *many


def _tag(evidence, *, happened_on=None, goals=(), items=(), placement=None):
    evidence.happened_on, evidence.placement = happened_on, placement
    evidence.save(update_fields=["happened_on", "placement"])
    evidence.goals.set(goals)
    evidence.items.set(items)


@transaction.atomic
def remove(*, evidence: Evidence, by, now: datetime.datetime) -> None:
    """Take it out: its file goes for ever, the row says who and when. Twice is once."""
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if evidence.removed_at:
        return
    evidence.removed_at, evidence.removed_by = now, by
    evidence.save(update_fields=["removed_at", "removed_by"])
    _record("removed", evidence, by)
    # Where it was shown at an exhibition whose narrative is out, that it was stays known.
    out = Narrative.objects.filter(released_at__isnull=False).values("exhibition")
    Shown.objects.filter(evidence=evidence).exclude(exhibition__in=out).delete()
    # Read again under its lock: the task that looks at it may just be done.
    upload = (
        Upload.objects.select_for_update(of=("self",)).select_related("stored").filter(pk=evidence.upload_id).first()
    )
    if upload is not None:
        _forget(upload)


def _forget(upload: Upload):
    stored = upload.stored
    if stored is not None:
        Upload.objects.filter(pk=upload.pk).update(stored=None)
        forget(stored=stored)
    else:
        uploads.give_up(upload=upload)


def role_of(standing) -> str:
    """As whom somebody adds: the nearest to the student first."""
    order = (Role.STUDENT, Role.PARENT, Role.MENTOR, Role.ADVISER, Role.COVER)
    return next((role for role in order if role in standing.roles), next(iter(standing.roles)))


def _record(what, evidence, by, **details):
    record(
        f"exhibitions.evidence.{what}", by=by, subject=evidence, school_id=evidence.school_id,
        student_id=evidence.student_id, **details,
    )  # fmt: skip
