"""What somebody writes in the plain form is merged: only what they touched, and nobody's words are lost."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bpl.tests.cast import NOW
from coedit.actions import TextError, freeze, write
from coedit.document import Document
from coedit.markdown import each_to_markdown, from_markdown, to_markdown
from coedit.merge import merge
from coedit.models import Text, Update
from coedit.ranges import read_update
from coedit.render import to_html, to_plain
from coedit.tests.factories import a_text
from coedit.tests.trees import PLAIN_WORDS, trees
from coedit.tree import Node, Words, fill, insert, new_doc, paragraph, root_of


def document_of(tree) -> Document:
    doc = new_doc()
    fill(doc, tree)
    document = Document()
    document.catch_up([(1, doc.get_update())])
    return document


def meanwhile(base: Document, change) -> Document:
    """The document after somebody else has changed it."""
    doc = new_doc()
    doc.apply_update(base.difference())
    with doc.transaction():
        change(root_of(doc))
    after = Document()
    after.catch_up([(1, base.difference()), (2, doc.get_update(base.doc.get_state()))])
    return after


def written(base: Document, current: Document, markdown: str) -> Document:
    """What the plain form makes of it."""
    seen = [from_markdown(part) for part in each_to_markdown(base.tree())]
    current.catch_up([(9, merge(base, current, seen, from_markdown(markdown)))])
    return current


SIMPLE = trees(PLAIN_WORDS, st.sampled_from([{}, {"bold": {}}]))


def nested_lists(depth):
    inner = nested_lists(depth - 1) if depth > 1 else Node("paragraph")
    return Node("bulletList", {}, [Node("listItem", {}, [inner])])


@settings(max_examples=100, deadline=None)
@given(SIMPLE, SIMPLE)
@example([], [nested_lists(3)])
@example([], [nested_lists(5), nested_lists(3)])
def test_alone_it_makes_the_text_say_what_was_written(before, after):
    base, markdown = document_of(before), to_markdown(after)
    result = written(base, meanwhile(base, lambda root: None), markdown)
    assert to_markdown(result.tree()) == markdown


@settings(max_examples=100, deadline=None)
@given(trees(), trees())
def test_alone_every_letter_is_as_it_was_written(before, after):
    base, markdown = document_of(before), to_markdown(after)
    result = written(base, meanwhile(base, lambda root: None), markdown)
    assert to_plain(result.tree()).split() == to_plain(from_markdown(markdown)).split()


@settings(max_examples=60, deadline=None)
@given(trees())
def test_what_was_not_touched_is_not_touched(tree):
    base = document_of(tree)
    seen = [from_markdown(part) for part in each_to_markdown(base.tree())]
    update = merge(base, base, seen, from_markdown(to_markdown(base.tree())))
    assert read_update(update).is_empty


@settings(max_examples=100, deadline=None)
@given(st.data(), trees())
def test_words_of_others_survive(data, tree):
    base = document_of([*tree, paragraph("anchor one"), paragraph("anchor two")])
    current = meanwhile(base, lambda root: _scatter(root, data.draw(st.randoms(use_true_random=False))))
    theirs = {word for word in to_plain(current.tree()).split() if word.startswith("THEIRS")}
    wanted = data.draw(st.permutations(from_markdown(to_markdown(base.tree()))))[: data.draw(st.integers(0, 6))]
    result = to_plain(written(base, current, to_markdown([*wanted, paragraph("MINE")])).tree())
    assert "MINE" in result
    assert all(word in result for word in theirs)


def _scatter(parent, chance):
    """Write into some of the words below `parent`, and add blocks here and there."""
    for child in list(parent.children):
        if hasattr(child, "tag"):
            _scatter(child, chance)
        elif chance.random() < 0.5:
            child.insert(0, f"THEIRS{chance.getrandbits(30)} ")
    if type(parent).__name__ == "XmlFragment":
        insert(parent, chance.randint(0, len(parent.children)), [paragraph(f"THEIRS{chance.getrandbits(30)}")])


def test_marks_that_markdown_cannot_say_survive_beside_an_edit():
    base = document_of([Node("paragraph", {}, [Words([("under", {"underline": {}}), (" the table", {})])])])
    result = written(base, meanwhile(base, lambda root: None), "under the old table")
    assert to_html(result.tree()) == "<p><u>under</u> the old table</p>"


def test_two_people_s_words_in_one_paragraph_are_both_kept():
    base = document_of(from_markdown("I like boats."))
    current = meanwhile(base, lambda root: root.children[0].children[0].insert(0, "Mum says: "))
    assert to_plain(written(base, current, "I like old boats.").tree()) == "Mum says: I like old boats."


def test_what_others_wrote_in_stays_though_it_was_taken_away():
    base = document_of(from_markdown("one\n\ntwo"))
    current = meanwhile(base, lambda root: root.children[1].children[0].insert(0, "twenty-"))
    assert to_plain(written(base, current, "one").tree()) == "one\ntwenty-two"


def test_what_others_took_away_comes_back_as_it_was_changed():
    base = document_of(from_markdown("one\n\ntwo"))
    current = meanwhile(base, lambda root: root.children.__delitem__(1))
    assert to_plain(written(base, current, "one\n\ntwo and a half").tree()) == "one\ntwo and a half"


def test_ticking_a_box_is_an_edit():
    base = document_of(from_markdown("- [ ] call Mo\n- [ ] buy wood"))
    result = written(base, meanwhile(base, lambda root: None), "- [x] call Mo\n- [ ] buy wood")
    assert to_plain(result.tree()) == "☑ call Mo\n☐ buy wood"


@pytest.mark.django_db
def test_saving_says_who_wrote(cast):
    text = a_text(cast, "Hello")
    write(text=text, markdown="Hello there", base_id=text.last_update_id, by=cast.rosa, now=NOW)
    assert (text.plain, text.html) == ("Hello there", "<p>Hello there</p>")
    assert Update.objects.latest("id").author == cast.rosa


@pytest.mark.django_db
def test_saving_what_was_there_adds_no_row(cast):
    text = a_text(cast, "# Hello\r\n\r\n- a\r\n- b")
    write(text=text, markdown="# Hello\r\n\r\n- a\r\n- b  ", base_id=text.last_update_id, by=cast.rosa, now=NOW)
    assert Update.objects.filter(text=text).count() == 1


@pytest.mark.django_db
def test_two_forms_from_one_version_are_both_kept(cast):
    text = a_text(cast, "one\n\ntwo")
    base = text.last_update_id
    write(text=text, markdown="one by Sam\n\ntwo", base_id=base, by=cast.sam, now=NOW)
    write(text=text, markdown="one\n\ntwo by Rosa", base_id=base, by=cast.rosa, now=NOW)
    assert text.plain == "one by Sam\ntwo by Rosa"


@pytest.mark.django_db
def test_a_closed_text_says_so(cast):
    text = a_text(cast, "Hello")
    freeze(text=text, by=cast.ada, now=NOW)
    with pytest.raises(TextError, match="closed while you wrote"):
        write(text=text, markdown="more", base_id=text.last_update_id, by=cast.sam, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("base_id", [-1, 10**9])
def test_a_version_that_never_was_is_refused(cast, base_id):
    text = a_text(cast, "Hello")
    with pytest.raises(TextError, match="no such version"):
        write(text=text, markdown="more", base_id=base_id, by=cast.sam, now=NOW)


@pytest.mark.django_db
def test_the_page_saves_and_goes_back(client, cast):
    text = a_text(cast, "Hello")
    client.force_login(cast.rosa)
    page = client.get(f"/texts/{text.pk}/?next=/students/1/")
    sent = page.context["form"].initial | {"markdown": "Hello, dear"}
    response = client.post(f"/texts/{text.pk}/", sent)
    assert response["Location"] == "/students/1/"
    assert Text.objects.get(pk=text.pk).plain == "Hello, dear"


@pytest.mark.django_db
def test_the_page_goes_back_nowhere_else(client, cast):
    text = a_text(cast, "Hello")
    client.force_login(cast.rosa)
    sent = {"markdown": "Hello, dear", "base_id": text.last_update_id, "next": "https://evil.example/"}
    assert client.post(f"/texts/{text.pk}/", sent)["Location"] == f"/texts/{text.pk}/"


@pytest.mark.django_db
def test_the_page_keeps_what_was_typed_into_a_text_that_closed(client, cast):
    text = a_text(cast, "Hello")
    client.force_login(cast.sam)
    text.frozen_at = None
    response = client.post(f"/texts/{text.pk}/", {"markdown": "typed for an hour", "base_id": 10**9})
    assert "no such version" in response.content.decode()
    assert "typed for an hour" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "history/"])
def test_opening_a_page_writes_nothing(client, cast, path, django_assert_max_num_queries):
    text = a_text(cast, "Hello")
    client.force_login(cast.sam)
    before = Text.objects.values().get(pk=text.pk)
    with django_assert_max_num_queries(15) as queries:
        client.get(f"/texts/{text.pk}/{path}")
    # On PostgreSQL a long answer comes through a cursor, which begins with DECLARE, and a prepared SELECT is EXECUTEd.
    reads = ("SELECT", "DECLARE", "EXECUTE kept_")
    assert [one["sql"] for one in queries if not one["sql"].lstrip("(").startswith(reads)] == []
    assert Text.objects.values().get(pk=text.pk) == before
