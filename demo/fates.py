"""What becomes of people who leave a demo school: how far each of a class comes, by rates that favour those whose homes
have money, and what is said of it by whom and when.

A class is dealt out and not drawn one by one, so that a small one has the shares of a large one.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from outcomes.models import Destination, Leaver
from schools.models import School

Kind, Level, Source = Destination.Kind, Destination.Level, Destination.Source
How, Confidence = Leaver.How, Destination.Confidence


@dataclass(frozen=True)
class Rates:
    """Shares of those who graduated, but `graduated` of all, and `works` of those who are not enrolled anywhere."""

    graduated: float
    accepted: float
    refused: float
    enrolled: float
    stays: float
    works: float
    neither: float


# Peers, and those whose homes have little money.
PEERS = Rates(0.95, 0.965, 0.02, 0.74, 0.60, 0.66, 0.12)
POOR = Rates(0.89, 0.885, 0.075, 0.58, 0.42, 0.58, 0.18)
# The oldest classes of those with little money enrolled less often by this much.
GAINED = 0.09
THROUGH, NOT_THROUGH = 0.73, 0.21
COLLEGES = {
    School.System.UNITED_STATES: {
        Level.TWO_YEAR: ["Community College of Rhode Island", "Bristol Community College", "Roxbury Community College"],
        Level.FOUR_YEAR: ["Rhode Island College", "University of Rhode Island", "Bridgewater State University",
                          "Johnson & Wales University"],
    },
    School.System.ENGLAND: {
        Level.FURTHER: ["Hull College", "Wilberforce Sixth Form College", "East Riding College"],
        Level.APPRENTICESHIP: ["Humber Marine Training", "Wincolmlee Joiners"],
        Level.TRAINING: ["Hull Training", "Cat Zero"],
    },
}  # fmt: skip
LEVELS = {School.System.UNITED_STATES: (48, 52), School.System.ENGLAND: (70, 16, 14)}
JOBS = ["apprentice mechanic", "dental assistant", "warehouse", "kitchen", "home care", "front desk", "deckhand"]
EMPLOYERS = ["a garage in the next street", "a supermarket", "the hospital's kitchen", "a builder", "a parcel service"]
CREDENTIALS = {
    Level.TWO_YEAR: (3, "Associate of Arts"), Level.FOUR_YEAR: (4, "Bachelor of Science"),
    Level.FURTHER: (2, "Level 2 diploma"), Level.APPRENTICESHIP: (2, "Level 2 apprenticeship"),
    Level.TRAINING: (1, "Level 1 certificate"),
}  # fmt: skip
# Who says in November where somebody is enrolled, and the day on which school ends: the first day without.
LISTS = {School.System.UNITED_STATES: Source.CLEARINGHOUSE, School.System.ENGLAND: Source.AUTHORITY}
ENDS = {School.System.UNITED_STATES: (6, 20), School.System.ENGLAND: (7, 22)}


@dataclass
class Fate:
    """How far somebody comes. None is what nobody knows; `through` is whether the job came by an internship."""

    how: str
    is_poor: bool
    accepted: bool | None = None
    enrolled: bool | None = None
    stays: bool | None = None
    works: bool = False
    neither: bool = False
    through: bool | None = None
    level: str = ""
    is_silent: bool = False
    facts: list[dict] = field(default_factory=list)


def of_class(random, system: str, poor: Sequence[bool], gained: float) -> list[Fate]:
    """One fate for each of a class; `gained` is 0 for the oldest classes and 1 for the latest."""
    fates: list[Fate | None] = [None] * len(poor)
    for is_poor in (True, False):
        places = [place for place, one in enumerate(poor) if one is is_poor]
        for place, fate in zip(places, _side(random, system, is_poor, len(places), gained), strict=True):
            fates[place] = fate
    found = [fate for fate in fates if fate is not None]
    workers = [fate for fate in found if fate.works and not fate.enrolled]
    for fate, share in zip(workers, _dealt(random, len(workers)), strict=True):
        fate.through = True if share < THROUGH else False if share < THROUGH + NOT_THROUGH else None
    return found


def _dealt(random, count) -> list[float]:
    """Shares of 1 that lie evenly, in no order."""
    found = [(number + 0.5) / count for number in range(count)]
    random.shuffle(found)
    return found


def _side(random, system, is_poor, count, gained) -> list[Fate]:
    rates = POOR if is_poor else PEERS
    finished = round(count * rates.graduated)
    others = [How.MOVED, How.STOPPED, How.MOVED, How.STOPPED, How.NOT_KNOWN]
    fates = [Fate(others[number % len(others)], is_poor, is_silent=True) for number in range(count - finished)]
    enrolled = rates.enrolled - (GAINED * (1 - gained) if is_poor else 0)
    for share in _dealt(random, finished):
        fate = Fate(How.GRADUATED, is_poor)
        fate.accepted = True if share < rates.accepted else False if share < rates.accepted + rates.refused else None
        fate.enrolled = True if share < enrolled else None
        fate.stays = share < rates.stays if fate.enrolled else None
        fate.level = random.choices(list(COLLEGES[system]), LEVELS[system])[0]
        fates.append(fate)
    _elsewhere(random, [fate for fate in fates if fate.how == How.GRADUATED and not fate.enrolled], rates)
    random.shuffle(fates)
    return fates


def _elsewhere(random, fates, rates):
    for fate, share in zip(fates, _dealt(random, len(fates)), strict=True):
        fate.works = share < rates.works
        fate.neither = rates.works <= share < rates.works + rates.neither
        fate.is_silent = not (fate.works or fate.neither)
        # Of half of those who work somebody has said that they are enrolled nowhere.
        fate.enrolled = False if fate.neither or (fate.works and random.random() < 0.7) else None


def tell(fate: Fate, random, system: str, year: int) -> list[dict]:
    """What is said over the years of somebody who left in `year`, as fields of destinations. The days on which it is
    said are those of real years, also where they are still to come: whoever writes it down leaves those out."""
    return [*_offers(fate, random, system, year), *_enrolments(fate, random, system, year), *_work(fate, random, year)]


def _offers(fate, random, system, year):
    if fate.accepted is None:
        return
    source = random.choice([Source.ADVISER, Source.ADVISER, Source.SELF, Source.INSTITUTION])
    day = datetime.date(year, random.choice([3, 4, 5]), random.randint(1, 28))
    if not fate.accepted:
        yield _fact(Kind.NOT_ACCEPTED, datetime.date(year, 5, 20), Source.ADVISER)
        return
    levels = [fate.level, *random.sample(list(COLLEGES[system]), 1)[: random.random() < 0.25]]
    for level in dict.fromkeys(levels):
        yield _fact(Kind.ACCEPTED, day, source, level=level, where=random.choice(COLLEGES[system][level]))


def _enrolments(fate, random, system, year):
    """From a list in November mostly; the rest by themselves or by their adviser."""
    if fate.enrolled is False:
        yield _fact(Kind.NOT_ENROLLED, datetime.date(year, 9, 15), Source.SELF, said=datetime.date(year, 10, 20))
    if not fate.enrolled:
        return
    place = {"level": fate.level, "where": random.choice(COLLEGES[system][fate.level])}
    day = datetime.date(year, 8, 25) + datetime.timedelta(days=random.randint(0, 12))
    if random.random() < 0.8:
        yield _listed(system, day, place)
    else:
        source = random.choice([Source.SELF, Source.ADVISER])
        sure = Confidence.CERTAIN if source == Source.SELF else Confidence.LIKELY
        yield _fact(Kind.ENROLLED, day, source, said=datetime.date(year, 10, 12), confidence=sure, **place)
    if fate.stays:
        yield _listed(system, day.replace(year=year + 1), place)
        years, what = CREDENTIALS[fate.level]
        if random.random() < 0.7:
            end = datetime.date(year + years, 5, 20)
            yield _fact(Kind.CREDENTIAL, end, LISTS[system], said=end.replace(month=11), what=what, **place)
    elif random.random() < 0.5:
        begun = datetime.date(year + 1, 7, 6)
        yield _job(random, begun, Source.ADVISER, begun + datetime.timedelta(days=120), False)
        yield _fact(Kind.NOT_ENROLLED, datetime.date(year + 1, 9, 15), Source.SELF, months=12)


def _listed(system, day, place) -> dict:
    said = datetime.date(day.year, 11, 14)
    end = {"ends_on": datetime.date(day.year, 12, 16)} if system == School.System.UNITED_STATES else {}
    return _fact(Kind.ENROLLED, day, LISTS[system], said=said, **end, **place)


def _work(fate, random, year):
    if fate.works:
        begun = datetime.date(year, 7, 1) + datetime.timedelta(days=random.randint(0, 60))
        source = random.choice([Source.SELF, Source.ADVISER, Source.ADVISER])
        yield _job(random, begun, source, datetime.date(year, 10, random.randint(1, 28)), fate.through)
    if fate.neither:
        source = random.choice([Source.FAMILY, Source.ADVISER])
        day = datetime.date(year, 9, 15)
        said = datetime.date(year, 10, random.randint(1, 28))
        yield _fact(Kind.NEITHER, day, source, said=said, confidence=Confidence.HEARD)


def _job(random, begun, source, said, through) -> dict:
    return _fact(
        Kind.WORK, begun, source, said=said, where=random.choice(EMPLOYERS), what=random.choice(JOBS),
        hours_a_week=random.choice([20, 30, 37, 40]), through_internship=through,
        months=6 if source == Source.SELF else None,
    )  # fmt: skip


def _fact(kind, day, source, *, said=None, months=None, **fields) -> dict:
    """`months` names the survey that it may have come by."""
    return {"kind": kind, "starts_on": day, "said_on": said or day, "source": source, "months": months, **fields}
