"""Who wrote what, earlier versions, and from when on a reader may see them."""

import datetime

import pytest
from django.conf import settings
from django.utils.html import strip_tags

from bpl.tests.cast import NOW, TODAY
from coedit.actions import open_to, restore, write
from coedit.authors import letter_authors
from coedit.colours import PALETTE
from coedit.difference import difference
from coedit.document import load
from coedit.history import first_day, readable_from, sittings
from coedit.markdown import from_markdown, to_markdown
from coedit.models import Update
from coedit.render import to_html
from coedit.tests.factories import EVERYONE, a_text
from students.access import standing_on

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)


def edit(text, markdown, by, after=MINUTE * 0):
    write(text=text, markdown=markdown, base_id=text.last_update_id, by=by, now=NOW + after)
    return text.last_update_id


def begins(cast, text, who):
    user = getattr(cast, who)
    return readable_from(text, user, standing_on(cast.student("sam"), user, TODAY))


def test_each_writer_s_colour_is_in_the_style():
    style = (settings.BASE_DIR / "static" / "dist" / "app.css").read_text()
    assert [f".by--{number}{{--who: {colour}}}" in style for number, colour in enumerate(PALETTE)] == [True] * 10


def test_a_pause_begins_a_new_sitting(cast):
    text = a_text(cast, "one", by="sam")
    first = edit(text, "one two", cast.sam, MINUTE * 3)
    second = edit(text, "one two three", cast.sam, MINUTE * 10)
    assert [(one.before_id, one.last_id) for one in sittings(text, 0)] == [(first, second), (0, first)]


def test_another_writer_begins_a_new_sitting(cast):
    text = a_text(cast, "one", by="sam")
    edit(text, "one two", cast.rosa, MINUTE)
    assert [list(one.letters) for one in sittings(text, 0)] == [[cast.rosa.pk], [cast.sam.pk]]


def test_those_who_write_at_the_same_time_share_a_sitting(cast):
    text = a_text(cast, "one", by="sam")
    edit(text, "one two", cast.rosa, MINUTE)
    edit(text, "one two three", cast.sam, MINUTE * 2)
    assert [set(one.letters) for one in sittings(text, 0)] == [{cast.rosa.pk, cast.sam.pk}]


def test_every_letter_has_its_author(cast):
    text = a_text(cast, "Hi 😀 Sam", by="ada")
    edit(text, "Hi 😀 dear Sam\n\nfrom Mum", cast.rosa)
    authors = letter_authors(text.pk, load(text.pk))
    words = "".join(paragraph.plain for paragraph in load(text.pk).tree())
    by_rosa = "".join(letter for letter, user in zip(words, authors, strict=True) if user == cast.rosa.pk)
    assert by_rosa.replace(" ", "") == "dearfromMum"
    assert set(authors) == {cast.ada.pk, cast.rosa.pk}


def test_a_difference_shows_what_came_and_what_went():
    html = to_html(difference(from_markdown("I like boats\n\n- a"), from_markdown("I like old boats\n\nnew")))
    assert html == ("<p>I like <ins>old </ins>boats</p><ul><li><p><del>a</del></p></li></ul><p><ins>new</ins></p>")


def test_restoring_is_a_new_edit(cast):
    text = a_text(cast, "**one**\n\n- a", by="sam")
    first, rows = text.last_update_id, Update.objects.filter(text=text)
    edit(text, "all changed", cast.rosa)
    restore(text=text, update_id=first, by=cast.ada, now=NOW)
    assert to_markdown(load(text.pk).tree()) == "**one**\n\n- a"
    assert (rows.count(), rows.latest("id").author) == (3, cast.ada)
    assert to_markdown(load(text.pk, up_to=first + 1).tree()) == "all changed"


def test_whoever_was_there_from_the_start_sees_everything(cast):
    assert begins(cast, a_text(cast, "one"), "sam") == 0


def test_a_history_begins_on_the_reader_s_first_day(cast):
    text = a_text(cast, "old words", readers=["mentor"])
    yesterday = text.last_update_id
    type(text).objects.filter(pk=text.pk).update(created_at=NOW - 30 * DAY)
    Update.objects.filter(text=text).update(at=NOW - 30 * DAY)
    cast.mo.teams.update(starts_on=TODAY)
    text.refresh_from_db()
    edit(text, "new words", cast.ada)
    assert begins(cast, text, "mo") == yesterday
    assert begins(cast, text, "ada") == 0


def test_widening_the_readers_hands_over_no_deleted_words(client, cast):
    text = a_text(cast, "a family secret", readers=[], writers=["adviser", "parent"])
    Update.objects.filter(text=text).update(at=NOW - 2 * DAY)
    type(text).objects.filter(pk=text.pk).update(created_at=NOW - 2 * DAY)
    write(text=text, markdown="nothing to hide", base_id=text.last_update_id, by=cast.rosa, now=NOW - DAY)
    open_to(text=text, readers=["mentor"], writers=["adviser", "parent"], by=cast.ada, on=TODAY)
    client.force_login(cast.mo)
    assert "nothing to hide" in strip_tags(client.get(f"/texts/{text.pk}/history/").content.decode())
    assert client.get(f"/texts/{text.pk}/history/{text.last_update_id - 1}/").status_code == 404
    page = client.get(f"/texts/{text.pk}/history/{text.last_update_id}/?since=0").content.decode()
    assert "secret" not in page


def test_somebody_who_is_named_later_sees_no_deleted_words(cast):
    text = a_text(cast, "a secret", people={"parent": [cast.rosa]})
    Update.objects.filter(text=text).update(at=NOW - 2 * DAY)
    yesterday = text.last_update_id
    people = {"parent": {str(cast.rosa.pk): (TODAY - 2 * DAY).isoformat()}}
    type(text).objects.filter(pk=text.pk).update(created_at=NOW - 2 * DAY, people=people)
    both = {"parent": [cast.rosa, cast.grandma]}
    open_to(text=text, readers=EVERYONE, writers=EVERYONE, people=both, by=cast.ada, on=TODAY)
    text.refresh_from_db()
    assert begins(cast, text, "grandma") == yesterday
    assert begins(cast, text, "rosa") == 0


def test_cover_counts_from_its_own_first_day(cast):
    text = a_text(cast)
    assert first_day(text, cast.cover, None) == datetime.date(2026, 11, 23)
    assert first_day(text, cast.stranger, None) is None


def test_the_pages_show_names_and_differences(client, cast):
    text = a_text(cast, "one", by="ada")
    before = text.last_update_id
    after = edit(text, "one two", cast.rosa, MINUTE * 9)
    client.force_login(cast.grandma)
    page = client.get(f"/texts/{text.pk}/history/").content.decode()
    assert "Family" in page and "Rosa" not in page
    page = client.get(f"/texts/{text.pk}/history/{after}/?since={before}").content.decode()
    assert "<ins> two</ins>" in page and "Rosa" not in page


def test_bringing_back_goes_to_the_history(client, cast):
    text = a_text(cast, "one", by="ada")
    first = text.last_update_id
    edit(text, "two", cast.rosa)
    client.force_login(cast.sam)
    response = client.post(f"/texts/{text.pk}/history/{first}/restore/")
    text.refresh_from_db()
    assert (response["Location"], text.plain) == (f"/texts/{text.pk}/history/", "one")
