"""Making, opening, closing and erasing texts; who may read and write them."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from bpl.tests.cast import NOW, TODAY
from coedit.access import may_read, may_write, shown_names, texts_of
from coedit.actions import Draft, create_many, erase, freeze, open_to, replace
from coedit.document import load
from coedit.keys import key_of
from coedit.models import Client, Text, Update
from coedit.tasks import render_waiting
from coedit.tests.factories import EVERYONE, a_text, take_off_team
from schools.roles import Role
from students.access import standing_on
from students.actions import team

pytestmark = pytest.mark.django_db


def standing(cast, who, student="sam"):
    return standing_on(cast.student(student), getattr(cast, who), TODAY)


def rights(cast, text, who):
    stands = standing(cast, who)
    return may_read(text, stands), may_write(text, stands)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("sam", (True, True)), ("rosa", (True, True)), ("grandma", (True, False)), ("dan", (False, False)),
        ("mo", (True, False)), ("former_mentor", (False, False)), ("ada", (True, True)), ("cover", (True, True)),
        ("specialist", (False, False)), ("lead", (False, False)), ("ben", (False, False)), ("stranger", (False, False)),
    ],
)  # fmt: skip
def test_roles_decide(cast, who, expected):
    text = a_text(cast, readers=["mentor"], writers=["student", "parent", "adviser"])
    assert rights(cast, text, who) == expected


def test_a_whole_school_role_reads_where_it_is_named(cast):
    assert rights(cast, a_text(cast, readers=["lead"]), "lead") == (True, False)


def test_a_mentor_sees_texts_of_their_own_placement_only(cast):
    team.join(student=cast.student("sam"), user=cast.mo, role=Role.MENTOR, cause="placement:3", by=cast.lead, on=TODAY)
    assert rights(cast, a_text(cast, cause="placement:3"), "mo") == (True, True)
    assert rights(cast, a_text(cast, cause="placement:4"), "mo") == (False, False)
    assert rights(cast, a_text(cast, cause="placement:4"), "ada") == (True, True)


def test_within_a_role_a_text_can_name_its_people(cast):
    text = a_text(cast, people={"parent": [cast.rosa]})
    assert rights(cast, text, "rosa") == (True, True)
    assert rights(cast, text, "grandma") == (False, False)
    assert rights(cast, text, "mo") == (True, True)
    open_to(text=text, readers=EVERYONE, writers=[], people={"parent": [cast.grandma]}, by=cast.ada, on=TODAY)
    assert rights(cast, text, "rosa") == (False, False)
    assert rights(cast, text, "grandma") == (True, False)


def test_a_new_text_in_place_of_an_erased_one_is_for_the_same_people(cast):
    new = replace(text=a_text(cast, people={"parent": [cast.rosa]}), markdown="Hello", by=cast.lead, now=NOW)
    assert rights(cast, new, "rosa") == (True, True)
    assert rights(cast, new, "grandma") == (False, False)


def test_a_closed_text_is_read_and_not_written(cast):
    text = freeze(text=a_text(cast, "Hello"), by=cast.ada, now=NOW)
    assert rights(cast, text, "sam") == (True, False)


def test_a_list_holds_only_what_its_reader_may_read(cast):
    a_text(cast, title="Family", readers=["parent"], writers=["parent"])
    a_text(cast, title="Everybody")
    a_text(cast, title="Lena's", student="lena")
    student = cast.student("sam")
    assert [text.title for text in texts_of(student, standing(cast, "mo"))] == ["Everybody"]
    assert {text.title for text in texts_of(student, standing(cast, "rosa"))} == {"Family", "Everybody"}


def test_the_api_lists_them(client, cast):
    text = a_text(cast, title="Who I am", writers=["adviser"], readers=["student"])
    client.force_login(cast.sam)
    answer = client.get(f"/api/v1/texts?student={cast.student('sam').pk}").json()
    assert answer == {
        "items": [
            {
                "id": str(text.pk), "title": "Who I am", "may_write": False, "schema": 1,
                "socket": f"/ws/texts/{text.pk}/", "updates": f"/texts/{text.pk}/updates",
            }
        ],
        "next": None,
    }  # fmt: skip


def test_the_api_lists_students(client, cast):
    client.force_login(cast.mo)
    answer = client.get("/api/v1/students").json()
    assert {one["name"] for one in answer["items"]} == {"Sam Okafor", "Lena Brandt"}
    assert answer["next"] is None


def test_the_api_answers_401_without_a_session(client, cast):
    assert client.get("/api/v1/students").status_code == 401


def test_its_first_words_are_in_the_log(cast):
    text = a_text(cast, "# Hello\n\nSam", by="ada")
    row = Update.objects.get(text=text)
    assert (row.author, row.client_id, row.clock) == (cast.ada, 1, 0)
    assert (text.html, text.plain) == ("<h3>Hello</h3><p>Sam</p>", "Hello\nSam")
    assert text.rendered_id == text.last_update_id == row.pk
    assert Client.objects.get(text=text).user == cast.ada


def test_writers_read_too(cast):
    text = a_text(cast, readers=[], writers=[Role.STUDENT])
    assert text.readers == ["student"]


def test_many_are_made_in_a_few_statements(cast, django_assert_max_num_queries):
    drafts = [Draft(cast.student("sam"), f"Section {n}", EVERYONE, EVERYONE, markdown="Hello") for n in range(40)]
    with django_assert_max_num_queries(8):
        texts = create_many(drafts=drafts, by=cast.ada, at=NOW)
    assert [load(text.pk).last_id for text in texts] == [text.last_update_id for text in texts]


def test_opening_to_a_role_is_dated_and_audited(cast):
    text = a_text(cast, readers=[], writers=["student"])
    open_to(text=text, readers=["mentor"], writers=["student"], by=cast.ada, on=TODAY)
    assert rights(cast, text, "mo") == (True, False)
    assert text.readers_since == {"mentor": TODAY.isoformat()}
    assert Event.objects.get(action="coedit.opened").actor == cast.ada


def test_closing_is_once_and_for_ever(cast):
    text = a_text(cast)
    freeze(text=text, by=cast.ada, now=NOW)
    freeze(text=Text.objects.get(pk=text.pk), by=cast.lead, now=NOW)
    assert Event.objects.filter(action="coedit.frozen").count() == 1


def test_erasing_leaves_no_word(cast):
    text = a_text(cast, "A secret")
    erase(text=text, by=cast.lead, now=NOW)
    gone = Text.objects.get(pk=text.pk)
    assert (gone.is_gone, gone.html, gone.plain) == (True, "", "")
    assert not Update.objects.filter(text=text).exists()


def test_replacing_keeps_what_may_stay_under_a_new_address(client, cast):
    text = a_text(cast, "Keep this. And a secret.", cause="placement:3")
    new = replace(text=text, markdown="Keep this.", by=cast.lead, now=NOW)
    assert (new.plain, new.title, new.cause) == ("Keep this.", text.title, "placement:3")
    client.force_login(cast.sam)
    assert client.get(f"/texts/{text.pk}/").status_code == 404
    assert client.get(f"/texts/{new.pk}/").status_code == 200


def test_the_database_knows_that_a_replaced_text_is_gone(cast):
    text, other = a_text(cast), a_text(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Text.objects.filter(pk=text.pk).update(replaced_by=other)


def test_a_client_id_has_one_owner(cast):
    text = a_text(cast, "Hello")
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.create(text=text, client_id=1, user=cast.sam)


def test_guardians_hidden_from_each_other_are_family(cast):
    text, people = a_text(cast), {cast.rosa.pk, cast.ada.pk, cast.grandma.pk}
    names = shown_names(text, people, cast.grandma, standing(cast, "grandma"))
    assert names == {cast.rosa.pk: "Family", cast.ada.pk: "Ada Lindqvist", cast.grandma.pk: "Ngozi"}


def test_a_guardian_who_has_left_stays_hidden(cast):
    text = a_text(cast)
    take_off_team(cast, cast.rosa)
    assert shown_names(text, {cast.rosa.pk}, cast.grandma, standing(cast, "grandma")) == {cast.rosa.pk: "Family"}


def test_a_text_that_was_saved_as_its_process_died_is_shown_at_last(cast):
    text = a_text(cast, "Hello")
    Text.objects.filter(pk=text.pk).update(html="", plain="", rendered_id=0)
    render_waiting()
    assert Text.objects.get(pk=text.pk).plain == ""
    Update.objects.update(at="2026-11-24T14:00Z")
    render_waiting()
    assert Text.objects.get(pk=text.pk).plain == "Hello"


def test_everybody_has_a_key_of_their_own(client, cast):
    client.force_login(cast.sam)
    answer = client.get("/texts/key/").json()
    assert answer == {"key": key_of(cast.sam), "person": cast.sam.pk}
    assert key_of(cast.rosa) != answer["key"]
    cast.sam.set_password("another one, quite long")
    assert key_of(cast.sam) != answer["key"]


def test_an_address_that_never_was_is_not_found(client, cast):
    client.force_login(cast.sam)
    assert client.get(f"/texts/{uuid.uuid4()}/").status_code == 404
