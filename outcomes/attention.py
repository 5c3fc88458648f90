"""Who needs something now, and by which rule: each list is a rule with its sentence, and the students it put there."""

import datetime

from outcomes.models import Attention
from schools.models import School


def of_school(school: School, now: datetime.datetime) -> list[Attention]:
    return []
