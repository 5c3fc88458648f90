from audit.actions import record, record_read
from audit.models import Event
from schools.trail import lines


def page(client, cast, query=""):
    client.force_login(cast.lead)
    return client.get(f"/schools/{cast.school.pk}/audit/{query}")


def actions(response):
    return {line.event.action for line in response.context["lines"]}


def test_it_says_in_words_who_did_what(cast, client):
    record("schools.term.closed", by=cast.lead, school_id=cast.school.pk, name="Fall 2026")
    shown = page(client, cast).content.decode()
    assert "closed a term" in shown and "Lee Whitfield" in shown and "Fall 2026" in shown


def test_another_schools_log_stays_closed(cast, client):
    record("schools.term.closed", by=cast.stranger, school_id=cast.other_school.pk, name="Michaelmas")
    assert "Michaelmas" not in page(client, cast).content.decode()


def test_it_is_narrowed_to_one_person(cast, client):
    record("schools.goal.added", by=cast.ada, school_id=cast.school.pk)
    assert actions(page(client, cast, "?who=lindqvist")) == {"schools.goal.added"}


def test_it_is_narrowed_to_reading(cast, client):
    record_read("students.notes.read", by=cast.ada, school_id=cast.school.pk, student_id=cast.student("sam").pk)
    assert actions(page(client, cast, "?kind=read")) == {"students.notes.read"}


def test_it_is_narrowed_to_days_of_the_school(cast, client):
    record("schools.goal.added", by=cast.ada, school_id=cast.school.pk)
    assert actions(page(client, cast, "?since=2026-11-24&until=2026-11-24&who=ada")) == {"schools.goal.added"}
    assert actions(page(client, cast, "?until=2026-11-23&who=ada")) == set()


def test_the_person_it_happened_to_is_named(cast):
    given = Event.objects.filter(action="schools.staff.given", details__role="adviser").first()
    (line,) = lines([given])
    assert line.person and ("role", "adviser") in line.details


def test_a_page_holds_fifty_lines(cast, client):
    for _number in range(60):
        record("schools.goal.moved", by=cast.ben, school_id=cast.school.pk)
    first, second = page(client, cast, "?who=ben"), page(client, cast, "?who=ben&page=2")
    assert (len(first.context["lines"]), len(second.context["lines"])) == (50, 10)
    assert "who=ben" in first.context["query"]
