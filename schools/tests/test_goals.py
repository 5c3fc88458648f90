import pytest

from schools.actions import goals
from schools.models import LearningGoal, School


def keys(school):
    return [goal.key for goal in school.goals.filter(retired_on__isnull=True)]


def test_a_school_begins_with_the_five_in_order(cast):
    assert keys(cast.school) == ["empirical", "quantitative", "communication", "social", "qualities"]


def test_knowing_how_to_learn_is_offered_as_the_sixth(cast, client):
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/goals/new/"
    form = client.get(f"{address}?sixth=1").context["form"]
    client.post(address, form.initial)
    assert keys(cast.school)[-1] == "learning"
    assert not client.get(f"/schools/{cast.school.pk}/goals/").context["offers_sixth"]


def test_the_same_name_twice_is_refused_and_nothing_is_lost(cast, client):
    client.force_login(cast.lead)
    response = client.post(
        f"/schools/{cast.school.pk}/goals/new/", {"name": "COMMUNICATION", "question": "Who hears me?"}
    )
    page = response.content.decode()
    assert "There is already a goal called COMMUNICATION." in page and "Who hears me?" in page


def test_the_fifth_goals_name_is_one_thing_in_two_places(cast):
    goal = cast.school.goals.get(key="qualities")
    goals.change_goal(goal=goal, name="Personal qualities", question=goal.question, prompts="", by=cast.lead)
    assert School.objects.get(pk=cast.school.pk).qualities_name == "Personal qualities"


def test_goals_change_places(cast, client):
    client.force_login(cast.lead)
    goal = cast.school.goals.get(key="social")
    client.post(f"/schools/{cast.school.pk}/goals/{goal.pk}/move/", {"to": "up"})
    assert keys(cast.school) == ["empirical", "quantitative", "social", "communication", "qualities"]


def test_the_first_goal_stays_first(cast):
    goals.move_goal(goal=cast.school.goals.get(key="empirical"), up=True, by=cast.lead)
    assert keys(cast.school)[0] == "empirical"


def test_a_retired_goal_comes_back(cast, client):
    client.force_login(cast.lead)
    goal = cast.school.goals.get(key="social")
    client.post(f"/schools/{cast.school.pk}/goals/{goal.pk}/retire/")
    assert "social" not in keys(cast.school)
    client.post(f"/schools/{cast.school.pk}/goals/{goal.pk}/bring-back/")
    assert "social" in keys(cast.school)


def test_the_last_goal_is_not_retired(cast):
    *others, last = cast.school.goals.all()
    LearningGoal.objects.filter(pk__in=[goal.pk for goal in others]).delete()
    with pytest.raises(goals.GoalError, match="the last goal"):
        goals.retire_goal(goal=last, by=cast.lead, on=cast.school.today())


def test_a_name_in_another_script_has_a_key(cast):
    made = [
        goals.add_goal(school=cast.school, name=name, question="?", by=cast.lead) for name in ("学ぶこと", "考える")
    ]
    assert [goal.key for goal in made] == ["goal", "goal-2"]
