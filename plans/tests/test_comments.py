"""Threads on sections and work: who reads them, who is mentioned, resolved and open again."""

import pytest

from bpl.tests.cast import NOW, TODAY
from notices.models import Notice
from plans.actions.close import close_plan
from plans.actions.comments import answer, open_thread, resolve
from plans.actions.hold import PlanError
from plans.mentions import mentioned, shown
from plans.models import Comment, Thread
from plans.tests.factories import LATER, a_plan, an_item, team_of
from schools.actions.staff import end_role


def on(cast, key="who_i_am"):
    return a_plan(cast).sections.select_related("plan", "text").get(key=key)


def comment(part, words, by):
    return open_thread(on=part, words=words, by=by, at=NOW, team=team_of(part.plan, by))


def page(client, plan, user):
    client.force_login(user)
    return client.get(f"/plans/{plan.pk}/").content.decode()


def test_a_comment_on_a_section_shows_to_those_who_may_read_it(cast, client):
    said = comment(on(cast, "family"), "Who cooks on Sundays?", cast.ada)
    assert "Who cooks on Sundays?" in page(client, said.plan, cast.rosa)
    assert "Who cooks on Sundays?" not in page(client, said.plan, cast.mo)
    assert client.get(f"/plans/{said.plan_id}/threads/{said.thread_id}/").status_code == 404
    assert client.post(f"/plans/{said.plan_id}/sections/{said.thread.section_id}/comment/").status_code == 404


def test_a_comment_typed_while_the_plan_was_closed_is_still_there(cast, client):
    part = on(cast)
    close_plan(plan=part.plan, by=cast.ada, on=TODAY, at=NOW)
    client.force_login(cast.sam)
    answer = client.post(f"/plans/{part.plan_id}/sections/{part.pk}/comment/", {"words": "One more thing"})
    assert "This plan is closed" in answer.content.decode() and "One more thing" in answer.content.decode()


def test_a_lead_who_asks_hears_the_answer(cast):
    item = an_item(a_plan(cast))
    said = comment(item, "Is the boat insured?", cast.lead)
    answer(thread=said.thread, words="It is.", by=cast.sam, at=LATER, team=team_of(item.plan, cast.sam))
    assert Notice.objects.filter(user=cast.lead, kind="plans.commented").exists()


def test_a_coordinator_whose_role_ended_hears_nothing_more(cast):
    item = an_item(a_plan(cast))
    said = comment(item, "Is the boat insured?", cast.coordinator)
    end_role(row=cast.coordinator.staff_roles.get(), by=cast.lead, on=TODAY)
    answer(thread=said.thread, words="It is.", by=cast.sam, at=LATER, team=team_of(item.plan, cast.sam))
    assert not Notice.objects.filter(user=cast.coordinator).exists()


def test_a_comment_on_work_shows_to_the_whole_team(cast, client):
    item = an_item(a_plan(cast))
    said = comment(item, "I have a spare float.", cast.mo)
    assert "I have a spare float." in page(client, said.plan, cast.rosa)


def test_the_student_and_the_adviser_are_told_and_the_writer_is_not(cast):
    comment(on(cast), "Tell more of this.", cast.rosa)
    told = Notice.objects.filter(kind="plans.commented").values_list("user__username", flat=True)
    assert set(told) == {"sam", "ada", "cover"}


def test_whoever_is_mentioned_is_told_once_and_apart(cast):
    said = comment(on(cast), "@Mo Alvarez, can @sam borrow the saw?", cast.rosa)
    assert list(said.mentions.values_list("username", flat=True).order_by("username")) == ["mo", "sam"]
    assert set(Notice.objects.filter(kind="plans.mentioned").values_list("user__username", flat=True)) == {"mo", "sam"}
    assert not Notice.objects.filter(kind="plans.commented", user=cast.sam).exists()


def test_who_may_not_read_the_section_is_not_told_and_the_writer_knows(cast, client):
    section = on(cast, "family")
    client.force_login(cast.ada)
    address = f"/plans/{section.plan_id}/sections/{section.pk}/comment/"
    response = client.post(address, {"words": "What does @Mo think?"}, follow=True)
    assert "Mo Alvarez may not read this section and was not told" in response.content.decode()
    assert not Notice.objects.filter(user=cast.mo).exists()


def test_a_guardian_cannot_mention_one_they_may_not_know_of(cast):
    said = comment(on(cast), "Ask @Ngozi", cast.rosa)
    assert not said.mentions.exists()


def test_a_mention_hides_a_guardian_from_another(cast, client):
    said = comment(on(cast), "Please look, @Rosa Okafor.", cast.ada)
    seen = page(client, said.plan, cast.grandma)
    assert "Rosa" not in seen and '<span class="mention">@Family</span>' in seen
    assert '<span class="mention">@Rosa Okafor</span>' in page(client, said.plan, cast.sam)


def test_a_hidden_guardian_has_no_initials_either(cast, client):
    said = comment(on(cast), "I can drive on Tuesdays.", cast.rosa)
    assert 'aria-hidden="true">RO</span>' in page(client, said.plan, cast.ada)
    seen = page(client, said.plan, cast.grandma)
    assert "I can drive on Tuesdays." in seen and 'aria-hidden="true">RO</span>' not in seen


def test_a_guessed_name_does_not_confirm_itself(cast, client):
    plan = on(cast).plan
    for guess in ("@Ngozi", "@Mallory"):
        comment(on(cast), f"Is {guess} here?", cast.rosa)
    seen = page(client, plan, cast.rosa)
    assert "Is @Ngozi here?" in seen and "Is @Mallory here?" in seen


def test_an_answer_opens_a_resolved_thread_again(cast):
    said = comment(on(cast), "Tell more of this.", cast.ada)
    thread = resolve(thread=said.thread, by=cast.sam, at=LATER)
    assert thread.is_resolved
    answer(thread=thread, words="And this?", by=cast.rosa, at=LATER, team=team_of(said.plan, cast.rosa))
    assert not Thread.objects.get().is_resolved


def test_resolving_and_opening_again_are_buttons(cast, client):
    said = comment(on(cast), "Tell more of this.", cast.ada)
    client.force_login(cast.sam)
    client.post(f"/plans/{said.plan_id}/threads/{said.thread_id}/resolve/")
    assert Thread.objects.get().resolved_by == cast.sam
    client.post(f"/plans/{said.plan_id}/threads/{said.thread_id}/reopen/")
    assert not Thread.objects.get().is_resolved


def test_a_double_tap_is_one_comment(cast, client):
    section = on(cast)
    client.force_login(cast.ada)
    for _tap in range(2):
        client.post(
            f"/plans/{section.plan_id}/sections/{section.pk}/comment/",
            {"words": "Good.", "key": "7c9e6679-7425-40de-944b-e07fc1f90ae7"},
        )
    assert (Comment.objects.count(), Thread.objects.count()) == (1, 1)


def test_an_empty_comment_is_refused_beside_the_field(cast, client):
    section = on(cast)
    client.force_login(cast.ada)
    page = client.post(f"/plans/{section.plan_id}/sections/{section.pk}/comment/", {"words": "  "}).content.decode()
    assert "Write something first." in page and not Thread.objects.exists()


def test_what_is_too_long_is_refused_by_the_action_too(cast):
    with pytest.raises(PlanError, match="Make two of it"):
        comment(on(cast), "a" * 5001, cast.ada)


class Person:
    def __init__(self, pk, given, family=""):
        self.pk, self.called, self.name = pk, given, f"{given} {family}".strip()
        self.full_name = self.name


def test_the_longest_name_that_fits_is_meant():
    mo, moira = Person(1, "Mo", "Alvarez"), Person(2, "Moira")
    assert mentioned("@Moira and @mo", [mo, moira]) == [moira, mo]
    assert mentioned("write to mo@example.org or @Mona", [mo, moira]) == []


def test_a_first_name_that_two_share_means_nobody():
    one, other = Person(1, "Sam", "Okafor"), Person(2, "Sam", "Brandt")
    assert mentioned("@Sam", [one, other]) == []
    assert mentioned("@Sam Brandt", [one, other]) == [other]


def test_words_around_a_mention_are_escaped():
    html = shown("<b>@Mo</b>\nhello", [Person(1, "Mo")], lambda person: person.name)
    assert html == '&lt;b&gt;<span class="mention">@Mo</span>&lt;/b&gt;<br>hello'


def test_other_words_from_the_same_page_are_another_comment(cast, client):
    section = on(cast)
    client.force_login(cast.sam)
    for words in ("Tell more.", "Tell more.", "And where?"):
        said = {"words": words, "key": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}
        client.post(f"/plans/{section.plan_id}/sections/{section.pk}/comment/", said)
    assert list(Comment.objects.order_by("pk").values_list("words", flat=True)) == ["Tell more.", "And where?"]
