import datetime

from bpl.tests.cast import NOW, TODAY
from internships.actions.agreement import fill, prepare, refuse
from internships.actions.placements import begin, rest
from internships.models import Placement, Rules
from internships.placing import Standing, placings
from internships.tests.factories import FRIDAY, a_begun_placement, a_check, a_placement
from schools.roles import Role

DAY = datetime.timedelta(days=1)


def stands(placement, day=TODAY):
    rows = Placement.objects.with_place().prefetch_related("forms").filter(pk=placement.pk)
    (one,) = placings(rows, Rules.of(placement.school), day)
    return one


def test_every_state_has_an_owner_an_age_and_a_next_step(cast):
    placement = a_placement(cast)
    seen = [stands(placement, TODAY + DAY)]
    prepare(placement=placement, by=cast.coordinator, on=TODAY, now=NOW)
    seen.append(stands(placement, TODAY + 2 * DAY))
    form = placement.forms.first()
    refuse(form=form, by=cast.mo, now=NOW, words="Not in December.")
    seen.append(stands(placement))
    for form in placement.forms.all():
        fill(form=form, by=form.person, now=NOW, answers={})
    seen.append(stands(placement))
    a_check(cast, cast.mo)
    seen.append(stands(placement))
    begin(placement=placement, by=cast.coordinator, on=TODAY, now=NOW)
    seen.append(stands(placement, TODAY + 3 * DAY))
    rest(placement=placement, by=cast.lead, on=TODAY + 4 * DAY, now=NOW)
    seen.append(stands(placement, TODAY + 5 * DAY))
    assert [(one.state, one.owner, one.days) for one in seen] == [
        (Standing.AGREEING, Role.COORDINATOR, 1), (Standing.AGREEING, Role.MENTOR, 2),
        (Standing.AGREEING, Role.COORDINATOR, 0), (Standing.PAPERS, Role.COORDINATOR, 0),
        (Standing.TO_BEGIN, Role.COORDINATOR, 0), (Standing.PLACED, Role.ADVISER, 3),
        (Standing.RESTS, Role.COORDINATOR, 1),
    ]  # fmt: skip
    assert all(one.next_step and one.words and one.owner_words for one in seen)


def test_many_cost_as_many_queries_as_few(cast, django_assert_num_queries):
    a_begun_placement(cast)
    a_begun_placement(cast, on=(FRIDAY,))
    a_placement(cast, "lena")
    rules, rows = Rules.of(cast.school), Placement.objects.with_place().prefetch_related("forms")
    # The placements, their mentors, schedule, suspensions and forms, and the papers of all.
    with django_assert_num_queries(6):
        placings(rows.filter(student=cast.student("lena")), rules, TODAY)
    with django_assert_num_queries(6):
        assert len(placings(rows.all(), rules, TODAY)) == 3
