import uuid

from bpl.tests.access import Row
from bpl.tests.cast import NOW, TODAY
from plans.actions.comments import open_thread
from plans.actions.goals import add_own_goal
from plans.actions.meetings import Arrangement, call_meeting
from plans.models import Meeting, OwnGoal, Plan, Thread
from plans.tests.factories import a_ready_plan, team_of

TEAM = "sam rosa grandma mo ada cover specialist coordinator lead safeguarding"
ITEMS = "sam ada cover"
MANAGE = "ada cover lead"
SIGN = "sam rosa mo ada cover"
COMMENT = "sam rosa mo ada cover specialist coordinator lead safeguarding"
WHOLE_SCHOOL = "ada ben cover specialist coordinator lead safeguarding"


def without(people, some):
    return " ".join(person for person in people.split() if person not in some.split())


def the_plan(cast):
    """Sam's plan with version 1 out for signatures; made once a test."""
    if existing := Plan.objects.filter(student=cast.student("sam")).first():
        return existing
    plan = a_ready_plan(cast)
    add_own_goal(plan=plan, words="Get up on time", by=cast.sam, at=NOW)
    part = plan.sections.get(key="who_i_am")
    open_thread(on=part, words="Tell more of this.", by=cast.ada, at=NOW, team=team_of(plan, cast.ada))
    arrangement = Arrangement(NOW, cast.sam, place="Room 2")
    call_meeting(
        plan=plan, arrangement=arrangement, people=[cast.ada, cast.rosa, cast.mo], by=cast.sam, on=TODAY, at=NOW
    )
    return plan


def plan(cast):
    return {"plan_id": the_plan(cast).pk}


def section(cast):
    return {"section_id": the_plan(cast).sections.get(key="who_i_am").pk} | plan(cast)


def item(cast):
    return {"item_id": the_plan(cast).items.get().pk} | plan(cast)


def goal(cast):
    the_plan(cast)
    return {"goal_id": OwnGoal.objects.get().pk} | plan(cast)


def thread(cast):
    the_plan(cast)
    return {"thread_id": Thread.objects.get().pk} | plan(cast)


def meeting(cast):
    the_plan(cast)
    return {"meeting_id": Meeting.objects.get().pk} | plan(cast)


def rosa_signs(cast):
    return plan(cast) | {"user_id": cast.rosa.pk}


def student(cast):
    return {"student_id": cast.student("sam").pk}


def school(cast):
    return {"school_id": cast.school.pk}


def rows(name, ok, kwargs=plan, methods="get", data=lambda cast: {}, team=TEAM, query=""):
    """Rows for each method: `ok` get in, the others of the team are told that they may not."""
    return [
        Row(f"plans:{name}", method=method, kwargs=kwargs, ok=ok, may_not=without(team, ok), data=data, query=query)
        for method in methods.split()
    ]


# Of those in the roles of parents, mentors and specialists a meeting is open only to whom it invites.
MEETING = without(TEAM, "grandma specialist")
CALLERS = "sam ada cover lead"

ROWS = [
    *rows("index", TEAM, student),
    *rows("begin", "sam ada cover lead", student, "post", lambda cast: {"term": cast.next_term.pk}),
    *rows("show", TEAM),
    *rows("readers", MANAGE, section, "get post", lambda cast: {"readers": ["student", "adviser"]}),
    *rows("comment_section", COMMENT, section, "get post", lambda cast: {"words": "Yes."}),
    *rows("comment_item", COMMENT, item, "get post", lambda cast: {"words": "Yes."}),
    *rows("thread", TEAM, thread),
    *rows("thread", COMMENT, thread, "post", lambda cast: {"words": "Yes.", "key": uuid.uuid4()}),
    *rows("resolve", COMMENT, thread, "post"),
    *rows("reopen", COMMENT, thread, "post"),
    *rows("review", ITEMS, methods="get post"),
    *rows("back", MANAGE, methods="get post", data=lambda cast: {"words": "One thing."}),
    *rows("ready", MANAGE, methods="get post"),
    *rows("activate", MANAGE, methods="get post", data=lambda cast: {"reason": "Father is at sea."}),
    *rows("close", MANAGE, methods="get post"),
    *rows("sign", SIGN, methods="get post", data=lambda cast: {"number": 1}),
    *rows("witness", MANAGE),
    *rows("witness_one", MANAGE, rosa_signs, "get post", lambda cast: {"number": 1, "typed_name": "Rosa"}),
    *rows("new_item", ITEMS, methods="get post", data=lambda cast: {"title": "Read a chart"}),
    *rows("order", ITEMS, methods="post", data=lambda cast: {"version": 0, "order": []}),
    *rows("edit_item", ITEMS, item, "get post", lambda cast: {"title": "Read a chart", "version": 1}),
    *rows("split_item", ITEMS, item, "get post", lambda cast: {"title": "One", "rest_title": "Two", "version": 1}),
    *rows("item_state", ITEMS, item, "post", lambda cast: {"state": "doing"}),
    *rows("new_goal", ITEMS, methods="get post", data=lambda cast: {"words": "Swim"}),
    *rows("edit_goal", ITEMS, goal, "get post", lambda cast: {"words": "Swim", "state": "open", "version": 1}),
    *rows("versions", TEAM),
    *rows("version", TEAM, lambda cast: plan(cast) | {"number": 1}),
    *rows("difference", TEAM, lambda cast: plan(cast) | {"number": 1, "other": 0}),
    *rows("changes", SIGN),
    *rows("print", TEAM),
    *rows("pdf", TEAM),
    *rows("carry_over", ITEMS, methods="get post"),
    *rows("meetings", TEAM),
    *rows("call_meeting", CALLERS, methods="get post"),
    Row("plans:meeting", kwargs=meeting, ok=MEETING),
    Row("plans:meeting_file", kwargs=meeting, ok=MEETING),
    *rows("change_meeting", CALLERS, meeting, "get post"),
    *rows("meeting_off", CALLERS, meeting, "post"),
    *rows("meeting_came", CALLERS, meeting, "post"),
    Row("plans:progress", kwargs=school, ok="lead coordinator", may_not=without(WHOLE_SCHOOL, "lead coordinator")),
    *[
        Row("plans:template", method=method, kwargs=school, ok="lead", may_not=without(WHOLE_SCHOOL, "lead"))
        for method in ("get", "post")
    ],
]
