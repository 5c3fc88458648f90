"""A school's rubric: ours at first, then its own, in versions that never change."""

import pytest

from bpl.tests.cast import NOW
from exhibitions.tests.factories import a_window
from schools.actions.goals import add_goal
from schools.actions.rubric import RubricError, change_rubric, current_rubric
from schools.models import Criterion, Rubric
from schools.rubrics import shipped_for, words_of


def address(cast):
    return f"/schools/{cast.school.pk}/rubric/"


def form_of(client, cast) -> dict:
    form = client.get(address(cast)).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in data.items() if value is not None and value is not False}


def test_ours_has_four_levels_five_goals_and_three_beside(cast):
    words = shipped_for(cast.school)
    assert words.levels == ("Emerging", "Developing", "Proficient", "Accomplished")
    assert [one.key for one in words.criteria] == [
        "empirical", "quantitative", "communication", "social", "qualities", "understanding", "motivation",
        "behaviours",
    ]  # fmt: skip
    assert all(len(one.words) == 4 and all(one.words) for one in words.criteria)
    rubric = current_rubric(school=cast.school, by=cast.lead, now=NOW)
    assert words_of(rubric) == words
    assert current_rubric(school=cast.school, by=cast.lead, now=NOW) == rubric


def test_a_change_is_a_new_version_and_a_window_keeps_its_own(cast, client):
    window = a_window(cast)
    client.force_login(cast.lead)
    data = form_of(client, cast)
    client.post(address(cast), data)
    assert Rubric.objects.count() == 1
    data |= {"c_empirical_words0": "Our own words", "new_name": "Courage", "new_question": "What was risked?"}
    assert client.post(address(cast), data).status_code == 302
    rubric = Rubric.objects.get(is_current=True)
    assert rubric.version == 2
    assert words_of(rubric).criteria[0].words[0] == "Our own words"
    assert words_of(rubric).criteria[-1].key == "courage"
    window.refresh_from_db()
    assert window.rubric.version == 1
    assert not Criterion.objects.filter(rubric=window.rubric, key="courage").exists()


def test_levels_can_be_added_and_criteria_left_out(cast, client):
    client.force_login(cast.lead)
    data = form_of(client, cast) | {"levels": "Beginning\nEmerging\nDeveloping\nProficient\nAccomplished"}
    del data["c_quantitative_use"]
    client.post(address(cast), data)
    rubric = Rubric.objects.get()
    assert str(rubric.levels.first()) == "Beginning"
    # Each level keeps its words, wherever it stands.
    first = words_of(rubric).criteria[0]
    assert first.words == ("", *shipped_for(cast.school).criteria[0].words)
    assert not rubric.criteria.filter(key="quantitative").exists()
    # What was left out is offered again.
    form = client.get(address(cast)).context["form"]
    assert "quantitative" in [group["key"] for group in form.groups]


@pytest.mark.parametrize("levels", ["Only one", "\n".join(f"Level {n}" for n in range(9))])
def test_too_few_and_too_many_levels_are_refused_with_what_was_typed(cast, client, levels):
    client.force_login(cast.lead)
    answer = client.post(
        address(cast), form_of(client, cast) | {"levels": levels, "c_empirical_words0": "Our own words"}
    )
    assert "two to seven levels" in answer.content.decode() and "Our own words" in answer.content.decode()


def test_two_leads_at_once_do_not_overwrite_each_other(cast):
    words = shipped_for(cast.school)
    change_rubric(school=cast.school, words=words, base_version=0, by=cast.lead, now=NOW)
    with pytest.raises(RubricError, match="meanwhile"):
        change_rubric(school=cast.school, words=words, base_version=0, by=cast.lead, now=NOW)


def test_a_goal_that_is_added_later_is_offered(cast, client):
    current_rubric(school=cast.school, by=cast.lead, now=NOW)
    add_goal(school=cast.school, by=cast.lead, key="learning", name="Knowing how to learn", question="How?", prompts="")
    client.force_login(cast.lead)
    group = client.get(address(cast)).context["form"].groups[-2]
    assert (group["key"], group["use"].value()) == ("learning", False)


def test_who_was_slower_sees_it_and_can_save_all_the_same(cast, client):
    client.force_login(cast.lead)
    data = form_of(client, cast) | {"c_social_words0": "My words"}
    current_rubric(school=cast.school, by=cast.lead, now=NOW)
    answer = client.post(address(cast), data)
    assert "meanwhile" in answer.content.decode() and "My words" in answer.content.decode()
    again = {name: answer.context["form"][name].value() for name in data}
    assert client.post(address(cast), again).status_code == 302
    assert Rubric.objects.get(is_current=True).version == 2


def test_a_level_that_is_renamed_keeps_its_words(cast, client):
    client.force_login(cast.lead)
    client.post(address(cast), form_of(client, cast) | {"levels": "Beginning\nDeveloping\nProficient\nAccomplished"})
    assert words_of(Rubric.objects.get()).criteria[0].words == shipped_for(cast.school).criteria[0].words
