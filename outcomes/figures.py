"""All figures, in the order in which a dashboard shows them; those before which others stand (`within`) come first."""

from outcomes import after, here
from outcomes.figure import Figure, Stage

FIGURES: dict[str, Figure] = {figure.key: figure for figure in (*here.FIGURES, *after.FIGURES)}
FACTS = {Stage.HERE: here.Facts, Stage.AFTER: after.Facts}


def of_school(school) -> list[Figure]:
    return [figure for figure in FIGURES.values() if school.system in figure.systems]
