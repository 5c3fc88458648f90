"""What changed between two versions: words, items, goals, order."""

from plans.compare import ADDED, CHANGED, REMOVED, compare, words_html
from plans.content import agreed, digest, visible

SECTION = {"key": "who", "title": "Who I am", "guidance": "", "readers": ["student", "mentor"], "html": "<p>One</p>"}
ITEM = {
    "id": 1, "title": "Sail", "resources": "", "when": "", "from": None, "until": None, "shows": "", "evidence": "",
    "state": "planned", "goals": [], "html": "", "plain": "", "text": "a", "update": 1,
}  # fmt: skip


def content(sections=(SECTION,), items=(ITEM,), goals=()):
    return {"sections": list(sections), "items": list(items), "goals": list(goals)}


def changes(old, new):
    return compare(old, new, texts=lambda before, after: f"{before['html']}->{after['html']}")


def test_nothing_changed_is_nothing():
    assert not changes(content(), content())


def test_changed_words_are_shown_word_by_word():
    new = content(sections=[SECTION | {"html": "<p>Two</p>"}])
    assert [(one.kind, one.words) for one in changes(content(), new).sections] == [(CHANGED, "<p>One</p>-><p>Two</p>")]


def test_new_and_gone_work_is_named():
    new = content(items=[ITEM | {"id": 2, "title": "Weld"}])
    assert [(one.kind, one.title) for one in changes(content(), new).items] == [(ADDED, "Weld"), (REMOVED, "Sail")]


def test_what_is_said_of_work_is_compared_field_by_field():
    new = content(
        items=[ITEM | {"evidence": "A chart", "goals": [{"name": "Communication", "how": "I ask", "own": False}]}]
    )
    fields = {field.label: field.html for field in changes(content(), new).items[0].fields}
    assert fields["What evidence will I show at my exhibition?"] == "<ins>A chart</ins>"
    assert fields["Learning goals"] == "<ins>Communication: I ask</ins>"


def test_days_are_written_as_people_write_them():
    new = content(items=[ITEM | {"until": "2026-12-01"}])
    assert changes(content(), new).items[0].fields[0].html == "<ins>Dec. 1, 2026</ins>"


def test_another_order_shows_both():
    other = ITEM | {"id": 2, "title": "Weld"}
    found = changes(content(items=[ITEM, other]), content(items=[other, ITEM]))
    assert (found.order_before, found.order_after) == (["Sail", "Weld"], ["Weld", "Sail"])


def test_new_work_alone_is_no_new_order():
    other = ITEM | {"id": 2, "title": "Weld"}
    assert not changes(content(), content(items=[other, ITEM])).has_new_order


def test_words_are_escaped():
    assert words_html("<b>", "<b> x") == "&lt;b&gt;<ins> x</ins>"


def test_a_role_sees_only_what_is_open_to_it_then_and_now():
    assert visible(content(), {"parent"})["sections"] == []
    assert visible(content(), {"mentor"})["sections"] == [SECTION]
    assert visible(content(), {"mentor"}, open_keys=set())["sections"] == []


def test_a_hash_is_of_the_words_and_not_of_how_far_the_work_is():
    done = content(items=[ITEM | {"state": "done", "update": 7}])
    dropped = content(items=[ITEM | {"state": "dropped"}])
    assert digest(agreed(content())) == digest(agreed(done)) != digest(agreed(dropped))
