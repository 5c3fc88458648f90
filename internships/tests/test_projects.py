import datetime
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bpl.tests.cast import NOW, TODAY
from coedit.actions import replace, write
from internships.actions.first_tasks import TaskError, add_task, do_task, drop_task
from internships.actions.placements import end
from internships.actions.projects import (
    ProjectError,
    add_checkpoint,
    begin_project,
    decide,
    drop_checkpoint,
    end_project,
    hand_in,
    mark_checkpoint,
)
from internships.models import Checkpoint, FirstTask, Project, Prompt
from internships.projecting import standing_of
from internships.prompts import prompts_of
from internships.tests.factories import FRIDAY, a_begun_placement
from notices.models import Notice
from plans.models import Plan
from plans.tests.factories import a_plan, a_ready_plan, an_item
from students.actions.team import join

DAY = datetime.timedelta(days=1)


def a_project(cast, placement=None, title="A bench for the yard", by=None):
    return begin_project(placement=placement or a_begun_placement(cast), title=title, by=by or cast.sam, at=NOW)


def page(project):
    placement = project.placement
    return f"/students/{placement.student_id}/internship/{placement.pk}/project/{project.pk}/"


def says(project, words, by, number=0):
    text = list(project.parts.select_related("text__student__school"))[number].text
    return write(text=text, markdown=words, base_id=text.last_update_id, by=by, now=NOW)


def state(project):
    return standing_of(project, TODAY).state


def test_a_proposal_has_the_five_a_s_and_an_introduction_and_one_runs_at_a_time(cast):
    project = a_project(cast)
    names = [str(part).partition(":")[0] for part in project.parts.all()]
    assert names == [
        "What and why", "Authenticity", "Academic rigour", "Active exploration", "Adult relationships", "Assessment",
    ]  # fmt: skip
    assert a_project(cast, project.placement) == project
    with pytest.raises(ProjectError, match="runs already"):
        a_project(cast, project.placement, "Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.create(
            school=cast.school, placement=project.placement, title="x", begun_by=cast.sam, begun_at=NOW
        )


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("sam", True, True), ("mo", True, True), ("ada", True, True), ("cover", True, True), ("rosa", True, False),
        ("coordinator", True, False), ("lead", True, False), ("specialist", False, False),
    ],
)  # fmt: skip
def test_who_reads_and_who_writes_a_part(cast, client, who, reads, writes):
    project = a_project(cast)
    text = project.parts.first().text
    client.force_login(cast.people[who])
    assert (client.get(f"/texts/{text.pk}/").status_code == 200) == reads
    shown = client.get(page(project))
    assert (shown.status_code == 200) == reads
    if reads:
        assert ('data-may-write="true"' in shown.content.decode()) == writes


def test_a_mentor_of_another_placement_sees_nothing_of_it(cast, client):
    project = a_project(cast)
    other = a_begun_placement(cast, mentor="moira", on=(FRIDAY,))
    client.force_login(cast.moira)
    text = project.parts.first().text
    assert client.get(page(project)).status_code == 404
    assert client.get(f"/texts/{text.pk}/").status_code == 404
    through_mine = page(project).replace(f"/internship/{project.placement_id}/", f"/internship/{other.pk}/")
    assert client.get(through_mine).status_code == 404


def test_a_former_mentor_neither_reads_nor_writes_it_from_the_next_day(cast, client):
    placement = a_begun_placement(cast, "lena", mentor="moira", starts_on=TODAY - 30 * DAY)
    project = a_project(cast, placement, by=cast.ada)
    text = project.parts.first().text
    client.force_login(cast.moira)
    assert client.get(f"/texts/{text.pk}/").status_code == 200
    end(placement=placement, by=cast.ada, on=TODAY, now=NOW, reason="completed")
    assert client.get(f"/texts/{text.pk}/").status_code == 404
    assert client.get(page(project)).status_code == 404


def test_written_together_handed_in_given_back_worked_over_approved(cast, client):
    project = a_project(cast)
    client.force_login(cast.sam)
    refused = client.post(f"{page(project)}hand-in/", follow=True).content.decode()
    assert "Nothing is written yet" in refused and state(project) == "writing"
    says(project, "A bench that stands in the rain.", cast.sam)
    says(project, "Visitors wait for us outside.", cast.mo, number=1)
    for _tap in range(2):
        client.post(f"{page(project)}hand-in/")
    assert project.drafts.count() == 1 and state(project) == "handed_in"
    told = Notice.objects.filter(kind="internships.project_handed_in").values_list("user__username", flat=True)
    assert set(told) == {"ada", "cover"}
    client.force_login(cast.ada)
    empty = client.post(f"{page(project)}drafts/1/say/", {"return": "1", "words": ""}).content.decode()
    assert "Say what is missing" in empty
    client.post(f"{page(project)}drafts/1/say/", {"return": "1", "words": "How long must it last?"})
    assert state(project) == "returned"
    told = Notice.objects.filter(kind="internships.project_decided").values_list("user__username", flat=True)
    assert set(told) == {"sam", "mo"}
    client.force_login(cast.sam)
    assert "How long must it last?" in client.get(page(project)).content.decode()
    with pytest.raises(ProjectError, match="Nothing has changed since draft 1"):
        hand_in(project=project, by=cast.sam, now=NOW)
    says(project, "A bench that stands in the rain for ten years.", cast.sam)
    client.post(f"{page(project)}hand-in/")
    client.force_login(cast.ada)
    client.post(f"{page(project)}drafts/2/say/", {"approve": "1", "words": "Go."})
    assert state(project) == "approved"
    says(project, "Made of oak.", cast.mo, number=3)
    assert state(project) == "changed"
    first = client.get(f"{page(project)}drafts/1/").content.decode()
    assert "stands in the rain." in first and "ten years" not in first and "How long must it last?" in first


def test_a_word_on_a_draft_that_another_has_replaced_is_refused_and_kept(cast, client):
    project = a_project(cast)
    says(project, "A bench.", cast.sam)
    hand_in(project=project, by=cast.sam, now=NOW)
    says(project, "A bench of oak.", cast.sam)
    hand_in(project=project, by=cast.sam, now=NOW)
    client.force_login(cast.ada)
    shown = client.post(f"{page(project)}drafts/1/say/", {"approve": "1", "words": "Lovely."}).content.decode()
    assert "Another draft has been handed in meanwhile" in shown and "Lovely." in shown
    assert project.drafts.filter(approved__isnull=False).count() == 0


def test_two_who_decide_at_once_are_told_of_each_other(cast):
    project = a_project(cast)
    says(project, "A bench.", cast.sam)
    hand_in(project=project, by=cast.sam, now=NOW)
    decide(project=project, number=1, approved=True, by=cast.ada, now=NOW)
    assert decide(project=project, number=1, approved=True, by=cast.ada, now=NOW).decided_by == cast.ada
    with pytest.raises(ProjectError, match="Ada"):
        decide(project=project, number=1, approved=False, by=cast.lead, now=NOW, words="No.")


def test_who_came_later_reads_no_words_that_were_deleted_before(cast, client):
    placement = a_begun_placement(cast)
    project = a_project(cast, placement)
    text = says(project, "My aunt is ill.", cast.sam)
    hand_in(project=project, by=cast.sam, now=NOW)
    says(project, "A bench.", cast.sam)
    hand_in(project=project, by=cast.sam, now=NOW)
    text.refresh_from_db()
    text.readers_since = {"parent": (TODAY + DAY).isoformat()}
    text.save()
    client.force_login(cast.rosa)
    shown = client.get(f"{page(project)}drafts/1/").content.decode()
    # Rosa reads Spanish.
    assert "My aunt" not in shown and "antes de su primer día" in shown


def test_erased_words_are_gone_from_its_drafts_and_the_rest_goes_on(cast, client):
    project = a_project(cast)
    text = says(project, "My aunt is ill.", cast.sam)
    hand_in(project=project, by=cast.sam, now=NOW)
    replace(text=text, markdown="A bench.", by=cast.lead, now=NOW)
    client.force_login(cast.sam)
    shown = client.get(f"{page(project)}drafts/1/").content.decode()
    assert "My aunt" not in shown and "These words were erased." in shown
    assert "A bench." in client.get(page(project)).content.decode()


def test_checkpoints_are_added_once_done_and_stay(cast, client):
    project, key = a_project(cast), str(uuid.uuid4())
    client.force_login(cast.mo)
    said = {"title": "A drawing", "due_on": (TODAY + 7 * DAY).isoformat(), "key": key}
    for _tap in range(2):
        client.post(f"{page(project)}checkpoints/", said)
    row = Checkpoint.objects.get()
    early = client.post(f"{page(project)}checkpoints/", said | {"due_on": "2020-01-01"}).content.decode()
    assert "before the first day on site" in early and "A drawing" in early
    client.post(f"{page(project)}checkpoints/{row.pk}/done/", {"done": "yes", "words": "On the back of a plan."})
    assert "On the back of a plan." in client.get(page(project)).content.decode()
    with pytest.raises(ProjectError, match="stays"):
        drop_checkpoint(checkpoint=row, by=cast.mo)
    mark_checkpoint(checkpoint=row, done=False, by=cast.mo, now=NOW)
    client.post(f"{page(project)}checkpoints/{row.pk}/", {"title": "A model", "due_on": TODAY.isoformat()})
    row.refresh_from_db()
    assert (row.title, row.due_on, row.done_at) == ("A model", TODAY, None)
    client.post(f"{page(project)}checkpoints/{row.pk}/", {"drop": "1"})
    assert not Checkpoint.objects.exists()


def test_a_checkpoint_that_has_passed_is_late(cast):
    project = a_project(cast, a_begun_placement(cast, starts_on=TODAY - 30 * DAY))
    add_checkpoint(project=project, title="A drawing", due_on=TODAY - DAY, by=cast.sam)
    assert [one.title for one in standing_of(project, TODAY).late] == ["A drawing"]


def test_it_is_tied_to_goals_and_to_work_of_the_plan_which_shows_it(cast, client):
    placement = a_begun_placement(cast)
    item = an_item(a_plan(cast))
    goal = cast.school.goals.first()
    client.force_login(cast.sam)
    address = f"/students/{placement.student_id}/internship/{placement.pk}/project/new/"
    said = {"title": "A bench", "goals": [goal.pk], "items": [item.pk]}
    client.post(address, said)
    project = Project.objects.get()
    assert list(project.goals.all()) == [goal] and list(project.items.all()) == [item]
    assert "A bench" in client.get(f"/plans/{item.plan_id}/").content.decode()
    client.force_login(cast.moira)
    assert "A bench" not in client.get(f"/plans/{item.plan_id}/").content.decode()


def test_beside_a_closed_plan_stands_only_what_was_its_work(cast, client):
    project, plan = a_project(cast), a_ready_plan(cast)
    item = plan.items.first()
    client.force_login(cast.sam)
    address = f"/plans/{plan.pk}/"
    assert project.title in client.get(address).content.decode()
    Plan.objects.update(state="closed")
    assert project.title not in client.get(address).content.decode()
    project.items.set([item])
    assert project.title in client.get(address).content.decode()


def test_one_that_has_ended_is_closed_and_another_may_begin(cast, client):
    project = a_project(cast)
    says(project, "A bench.", cast.sam)
    client.force_login(cast.ada)
    client.post(f"{page(project)}end/", {"ending": "done", "end_words": "It stands by the gate."})
    assert state(project) == "done"
    shown = client.get(page(project)).content.decode()
    assert "It stands by the gate." in shown and 'data-may-write="true"' not in shown
    with pytest.raises(ProjectError, match="has ended"):
        hand_in(project=project, by=cast.sam, now=NOW)
    end_project(project=project, ending="done", by=cast.ada, now=NOW, words="It stands by the gate.")
    with pytest.raises(ProjectError, match="has ended this project already"):
        end_project(project=project, ending="dropped", by=cast.ada, now=NOW)
    assert state(project) == "done"
    assert a_project(cast, project.placement, "A second bench") != project


def test_the_first_tasks_come_with_the_start_and_are_done_with_a_word(cast, client):
    placement = a_begun_placement(cast)
    tasks = list(placement.first_tasks.all())
    assert [str(task) for task in tasks] == ["Interview your mentor", "Draw the place"]
    address = f"/students/{placement.student_id}/internship/{placement.pk}/"
    client.force_login(cast.sam)
    client.post(f"{address}tasks/{tasks[0].pk}/", {"words": "She wanted to be a diver."})
    assert "She wanted to be a diver." in client.get(address).content.decode()
    with pytest.raises(TaskError, match="in a sentence"):
        do_task(task=tasks[1], words=" ", by=cast.sam, now=NOW)
    with pytest.raises(TaskError, match="stays"):
        drop_task(task=tasks[0], by=cast.ada)
    client.force_login(cast.ada)
    key = str(uuid.uuid4())
    for _tap in range(2):
        client.post(f"{address}tasks/new/", {"title": "Count the boats", "guidance": "", "key": key})
    client.post(f"{address}tasks/{tasks[1].pk}/", {"drop": "1"})
    assert [str(task) for task in placement.first_tasks.all()] == ["Interview your mentor", "Count the boats"]


def test_a_school_asks_in_its_own_words_and_what_is_under_way_stays(cast, client):
    placement = a_begun_placement(cast)
    address = f"/schools/{cast.school.pk}/internship-prompts/"
    client.force_login(cast.lead)
    client.post(f"{address}task/0/", {"title": "Ask your mentor three things", "guidance": "Any three."})
    client.post(address, {"retire_of": "task", "retire": "1"})
    client.post(address, {"of": "task", "title": "Find the fire exit", "guidance": ""})
    assert Prompt.objects.filter(of="part").count() == 0
    other = a_begun_placement(cast, "lena", mentor="moira", on=(FRIDAY,))
    assert [str(task) for task in other.first_tasks.all()] == ["Ask your mentor three things", "Find the fire exit"]
    assert [str(task) for task in placement.first_tasks.all()] == ["Interview your mentor", "Draw the place"]
    for order in (0, 2):
        client.post(address, {"retire_of": "task", "retire": str(order)})
    assert prompts_of(cast.school, Prompt.Of.TASK) == []
    assert len(prompts_of(cast.school, Prompt.Of.PART)) == 6


def test_the_page_costs_the_same_with_more_drafts_and_checkpoints(cast, client):
    project = a_project(cast)
    client.force_login(cast.ada)

    def cost():
        client.get(page(project))
        with CaptureQueriesContext(connection) as found:
            client.get(page(project))
        return len(found)

    says(project, "One.", cast.sam)
    hand_in(project=project, by=cast.sam, now=NOW)
    add_checkpoint(project=project, title="A", due_on=TODAY, by=cast.sam)
    before = cost()
    for number in range(5):
        says(project, f"Draft {number}.", cast.sam)
        hand_in(project=project, by=cast.sam, now=NOW)
        add_checkpoint(project=project, title=f"B{number}", due_on=TODAY, by=cast.sam)
    assert cost() == before


def test_tasks_of_the_old_days_are_of_their_placement_alone(cast, client):
    placement = a_begun_placement(cast)
    other = a_begun_placement(cast, mentor="moira", on=(FRIDAY,))
    task = add_task(placement=placement, title="Count the boats", by=cast.ada)
    client.force_login(cast.moira)
    address = f"/students/{placement.student_id}/internship/{other.pk}/tasks/{task.pk}/"
    assert client.get(address).status_code == 404
    assert FirstTask.objects.filter(pk=task.pk).exists()


@pytest.mark.parametrize("role", ["panellist", "parent"])
def test_a_second_role_opens_nothing_more_of_anothers_placement(cast, client, role):
    """Moira mentors one of Sam's placements and has another role beside; the other placement is Mo's."""
    theirs = a_project(cast)
    a_begun_placement(cast, mentor="moira", on=(FRIDAY,))
    join(student=cast.student("sam"), user=cast.moira, role=role, cause="test:1", by=cast.ada, on=TODAY)
    task = theirs.placement.first_tasks.first()
    client.force_login(cast.moira)
    address = f"/students/{theirs.placement.student_id}/internship/{theirs.placement_id}/"
    reads = {"panellist": 404, "parent": 200}[role]
    acts = {"panellist": 404, "parent": 403}[role]
    assert [client.get(address).status_code, client.get(page(theirs)).status_code] == [reads, reads]
    for rest, said in (
        (f"tasks/{task.pk}/", {"words": "Mine."}), ("week/", {}), (f"project/{theirs.pk}/hand-in/", {}),
        (f"project/{theirs.pk}/end/", {"ending": "done"}), ("feedback/", {"strengths": "x", "stage": "end"}),
    ):  # fmt: skip
        assert client.post(f"{address}{rest}", said).status_code == acts, rest
    plan = a_plan(cast)
    assert (theirs.title in client.get(f"/plans/{plan.pk}/").content.decode()) == (role == "parent")


def test_a_decision_that_came_second_is_shown_with_what_was_typed(cast, client):
    project = a_project(cast)
    says(project, "A bench.", cast.sam)
    hand_in(project=project, by=cast.sam, now=NOW)
    decide(project=project, number=1, approved=True, by=cast.ada, now=NOW)
    client.force_login(cast.lead)
    shown = client.post(f"{page(project)}drafts/1/say/", {"return": "1", "words": "Too heavy."}).content.decode()
    assert "has said something about this draft already" in shown and "Too heavy." in shown


def test_what_is_typed_into_a_project_that_ended_meanwhile_is_given_back(cast, client):
    project = a_project(cast)
    row = add_checkpoint(project=project, title="A drawing", due_on=TODAY, by=cast.sam)
    end_project(project=project, ending="done", by=cast.ada, now=NOW)
    client.force_login(cast.sam)
    said = {"title": "A model", "due_on": TODAY.isoformat()}
    assert "A model" in client.post(f"{page(project)}checkpoints/", said).content.decode()
    marked = client.post(f"{page(project)}checkpoints/{row.pk}/done/", {"done": "yes", "words": "In oak."}, follow=True)
    assert "In oak." in marked.content.decode()
    ended = client.post(f"{page(project)}end/", {"ending": "dropped", "end_words": "No wood."}).content.decode()
    assert "has ended this project already" in ended and "No wood." in ended


def test_two_who_say_how_a_checkpoint_went_lose_nothing(cast, client):
    project = a_project(cast)
    row = add_checkpoint(project=project, title="A drawing", due_on=TODAY, by=cast.sam)
    mark_checkpoint(checkpoint=row, done=True, by=cast.sam, now=NOW, words="In pencil.")
    mark_checkpoint(checkpoint=row, done=True, by=cast.mo, now=NOW)
    with pytest.raises(ProjectError, match="In pencil"):
        mark_checkpoint(checkpoint=row, done=True, by=cast.mo, now=NOW, words="In ink.")
    client.force_login(cast.mo)
    client.post(f"{page(project)}checkpoints/{row.pk}/done/", {})
    row.refresh_from_db()
    assert (row.done_words, row.done_by) == ("In pencil.", cast.sam)


def test_two_who_answer_a_first_task_at_once_are_both_read(cast, client):
    placement = a_begun_placement(cast)
    task = placement.first_tasks.first()
    address = f"/students/{placement.student_id}/internship/{placement.pk}/tasks/{task.pk}/"
    client.force_login(cast.mo)
    seen = {"seen": task.version}
    do_task(task=task, words="She wanted to be a diver.", by=cast.sam, now=NOW)
    shown = client.post(address, {"words": "I wanted to be a vet."} | seen).content.decode()
    assert "She wanted to be a diver." in shown and "I wanted to be a vet." in shown
    task.refresh_from_db()
    assert task.done_by == cast.sam
    client.post(address, {"words": "A diver, then a vet.", "seen": task.version})
    task.refresh_from_db()
    assert task.done_words == "A diver, then a vet."


def test_words_for_a_task_that_was_taken_out_are_given_back(cast, client):
    placement = a_begun_placement(cast)
    task = placement.first_tasks.first()
    address = f"/students/{placement.student_id}/internship/{placement.pk}/tasks/{task.pk}/"
    drop_task(task=task, by=cast.ada)
    client.force_login(cast.sam)
    shown = client.post(address, {"words": "She wanted to be a diver.", "seen": ""}, follow=True).content.decode()
    assert "She wanted to be a diver." in shown
    assert client.get(address).status_code == 404


def test_nothing_begins_at_a_placement_that_is_over(cast, client):
    placement = a_begun_placement(cast, starts_on=TODAY - 30 * DAY)
    project = a_project(cast, placement)
    end(placement=placement, by=cast.ada, on=TODAY, now=NOW, reason="completed")
    end_project(project=project, ending="done", by=cast.ada, now=NOW)
    with pytest.raises(ProjectError, match="while the placement runs"):
        a_project(cast, placement, "Another")
    with pytest.raises(TaskError, match="a placement that runs"):
        add_task(placement=placement, title="Count the boats", by=cast.ada)


def test_a_goal_that_was_retired_since_stays_with_the_project(cast, client):
    goal = cast.school.goals.first()
    project = a_project(cast)
    project.goals.set([goal])
    goal.retired_on = TODAY
    goal.save()
    client.force_login(cast.sam)
    assert f'value="{goal.pk}"' in client.get(f"{page(project)}change/").content.decode()


@pytest.mark.parametrize("rest", ["xyz/0/", "task/99/"])
def test_a_prompt_that_is_none_is_not_found(cast, client, rest):
    client.force_login(cast.lead)
    assert client.get(f"/schools/{cast.school.pk}/internship-prompts/{rest}").status_code == 404


def test_a_double_tap_asks_it_once(cast, client):
    client.force_login(cast.lead)
    for _tap in range(2):
        client.post(f"/schools/{cast.school.pk}/internship-prompts/", {"of": "task", "title": "Find the exit"})
    assert [str(one) for one in prompts_of(cast.school, "task")].count("Find the exit") == 1
