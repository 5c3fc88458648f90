"""A learner profile as somebody may see it: what the student chose, as it is now. No copies are kept, so that what is
taken out, made a draft again or corrected is so here at once."""

import base64
from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery, Sum

from exhibitions.development import Development, Step, development
from exhibitions.models import About, Chosen, Evidence, Exhibition, Narrative, Shown
from internships.hours import in_words
from internships.models import Placement, SiteDay
from schools.models import Criterion
from students.models import Student

KINDS = ("evidence", "exhibition", "placement", "narrative")


@dataclass(frozen=True)
class Piece:
    """Something chosen. Of an exhibition, `shown` is what is chosen of its evidence, and `judged` what was agreed."""

    kind: str
    chosen: Chosen
    thing: Evidence | Exhibition | Placement | Narrative
    shown: list[Evidence] = field(default_factory=list)
    judged: list[tuple[Criterion, Step]] = field(default_factory=list)

    @property
    def hours(self) -> str:
        """Of a placement: what is confirmed, "5:30"; nothing where no hour is."""
        minutes = self.thing.confirmed if self.kind == "placement" else None
        return in_words(minutes) if minutes else ""


@dataclass(frozen=True)
class Profile:
    """`development` is None where it is not in it."""

    student: Student
    about: About
    pieces: list[Piece]
    development: Development | None

    @property
    def evidence(self) -> list[Evidence]:
        """Every piece of evidence that is named anywhere in it."""
        found = [piece.thing for piece in self.pieces if piece.kind == "evidence"]
        found += [one for piece in self.pieces for one in piece.shown]
        return found + (self.development.evidence if self.development else [])


def ready(student: Student):
    """The student's evidence that can be chosen and shown."""
    return Evidence.objects.kept().filter(student=student, ready_at__isnull=False).with_files()


def for_outside(student: Student):
    """The evidence that a link opens."""
    chosen = Chosen.objects.filter(student=student, evidence__isnull=False)
    return ready(student).filter(pk__in=chosen.values("evidence"))


def profile_of(student: Student, seen, *, narratives=True, all_goals=False, released=True) -> Profile:
    """`seen` is the evidence that the reader may see, of which what is ready is shown. `all_goals`: how the goals
    developed stands there even where the student leaves it out, for the team. `released`: goals as far as a narrative
    told the family of them. A constant number of queries."""
    about = About.objects.filter(student=student).first() or About(student=student)
    seen = seen.filter(ready_at__isnull=False)
    found = development(student, seen, released=released) if all_goals or about.shows_goals else None
    return Profile(student, about, _pieces(student, seen, narratives, found), found)


def standing(student: Student) -> list[Chosen]:
    """What is chosen and can be seen by the student, in the student's order."""
    return [piece.chosen for piece in _pieces(student, ready(student), narratives=True)]


def _pieces(student, seen, narratives, found=None) -> list[Piece]:
    chosen = list(Chosen.objects.filter(student=student).select_related("narrative"))
    evidence = {one.pk: one for one in seen.filter(pk__in=_ids(chosen, "evidence")).prefetch_related("goals")}
    exhibitions = Exhibition.objects.filter(student=student, pk__in=_ids(chosen, "exhibition"))
    things = {
        "evidence": evidence,
        "exhibition": {one.pk: one for one in exhibitions.select_related("window__term")},
        "placement": {one.pk: one for one in placements(student).filter(pk__in=_ids(chosen, "placement"))},
        "narrative": _newest(student, chosen) if narratives else {},
    }
    shown = _shown_at(_ids(chosen, "exhibition"), evidence)
    pieces = []
    for one in chosen:
        kind = kind_of(one)
        thing = things[kind].get(getattr(one, f"{kind}_id"))
        if thing is not None:
            judged = found.at(thing.pk) if found and kind == "exhibition" else []
            pieces.append(Piece(kind, one, thing, shown.get(one.exhibition_id, []), judged))
    return pieces


def kind_of(chosen: Chosen) -> str:
    return next(kind for kind in KINDS if getattr(chosen, f"{kind}_id") is not None)


def _ids(chosen, kind) -> list[int]:
    return [pk for one in chosen if (pk := getattr(one, f"{kind}_id")) is not None]


def _shown_at(exhibitions, evidence) -> dict[int, list[Evidence]]:
    rows = Shown.objects.filter(exhibition__in=exhibitions, evidence__in=list(evidence)).order_by("order", "pk")
    found: dict[int, list[Evidence]] = {}
    for exhibition, pk in rows.values_list("exhibition", "evidence"):
        found.setdefault(exhibition, []).append(evidence[pk])
    return found


def placements(student: Student):
    """Those that began, with the minutes that somebody confirmed."""
    days = SiteDay.objects.filter(placement=OuterRef("pk"), confirmed_at__isnull=False).order_by()
    minutes = Subquery(days.values("placement").annotate(sum=Sum("minutes")).values("sum"))
    rows = Placement.objects.begun().filter(student=student).annotate(confirmed=minutes)
    return rows.select_related("organisation__merged_into")


def released(student: Student) -> list[Narrative]:
    """The narratives that hold: of each exhibition the one that was released last."""
    rows = Narrative.objects.filter(exhibition__student=student, released_at__isnull=False)
    newest: dict[int, Narrative] = {}
    for row in rows.select_related("exhibition__window__term", "text").order_by("-number"):
        newest.setdefault(row.exhibition_id, row)
    return sorted(newest.values(), key=lambda one: (one.exhibition.window.starts_on, one.pk), reverse=True)


def _newest(student, chosen) -> dict[int, Narrative]:
    """By the narrative that was chosen, the one that holds now."""
    exhibitions = {one.narrative.exhibition_id: one.narrative_id for one in chosen if one.narrative_id}
    if not exhibitions:
        return {}
    holds = {one.exhibition_id: one for one in released(student)}
    return {pk: holds[exhibition] for exhibition, pk in exhibitions.items() if exhibition in holds}


def picture(evidence: Evidence) -> str:
    """Its small picture inside the address, for paper; nothing where there is none."""
    file = evidence.file
    if file is None or not file.has_small:
        return ""
    try:
        with file.store.open(file.small_path) as stored:
            return f"data:image/jpeg;base64,{base64.b64encode(stored.read()).decode()}"
    except FileNotFoundError:
        return ""
