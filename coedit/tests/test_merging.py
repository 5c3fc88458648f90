"""However updates arrive, everybody ends with the same text, and so does the log."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coedit.document import Document
from coedit.ranges import read_update
from coedit.tests.yjs import Yjs, needs_yjs
from coedit.tree import Node, Words, insert, new_doc, paragraph, root_of

PEERS = ("sam", "rosa", "ada")
EDITS = st.one_of(
    st.fixed_dictionaries({"do": st.just("paragraph"), "at": st.integers(0, 3), "text": st.text("ab ", min_size=1)}),
    st.fixed_dictionaries(
        {"do": st.just("type"), "block": st.integers(0, 3), "at": st.integers(0, 9), "text": st.text("xyé", min_size=1)}
    ),
    st.fixed_dictionaries(
        {"do": st.sampled_from(["bold", "erase"]), "block": st.integers(0, 3), "at": st.integers(0, 5),
         "length": st.integers(1, 4)}
    ),
    st.fixed_dictionaries({"do": st.just("remove"), "block": st.integers(0, 3)}),
)  # fmt: skip
STORIES = st.lists(st.tuples(st.sampled_from(PEERS), EDITS | st.just({"do": "hear"})), min_size=1, max_size=25)


@pytest.fixture(scope="module")
def yjs():
    process = Yjs()
    yield process
    process.close()


@needs_yjs
@settings(max_examples=60, deadline=None)
@given(STORIES, st.randoms(use_true_random=False), st.integers(0, 2))
def test_real_yjs_peers_and_the_log_agree(yjs, story, chance, lost):
    names = {peer: f"{peer}-{random.getrandbits(64)}" for peer in PEERS}
    for name in names.values():
        yjs.run("open", name=name)
    sent = tell(yjs, names, story)
    server, rows = Document(), []
    receive(server, rows, mixed(sent, chance, lost))
    for name in names.values():
        receive(server, rows, [yjs.difference(name, server.doc.get_state())])
    assert server.is_whole
    for name in names.values():
        yjs.apply(name, server.difference(yjs.state(name)))
    assert len({yjs.run("text", name=name) for name in names.values()}) == 1
    assert plain(replay(rows)) == plain(server)


def tell(yjs, names, story):
    """Let the peers edit, each for itself, hearing now and then what all have sent so far."""
    sent = []
    for peer, edit in story:
        options = {key: value for key, value in edit.items() if key != "do"}
        if edit["do"] == "hear":
            for update in sent:
                yjs.apply(names[peer], update)
        else:
            sent += yjs.edit(edit["do"], name=names[peer], **options)
    return sent


def mixed(sent, chance, lost):
    """In another order, some twice, some not at all."""
    mixed = sent + chance.sample(sent, len(sent) // 2)
    chance.shuffle(mixed)
    return mixed[lost:]


def receive(server, rows, updates):
    for update in updates:
        kept = server.take(update, read_update(update))
        if kept is not None:
            rows.append(kept.data)


def replay(rows):
    document = Document()
    document.catch_up(list(enumerate(rows, 1)))
    return document


def plain(document):
    return repr(document.tree())


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.booleans()), max_size=20), st.randoms())
def test_the_log_converges_without_node_too(story, chance):
    peers, sent = [new_doc() for _ in range(3)], []
    for who, at, hears in story:
        doc, before = peers[who], peers[who].get_state()
        if hears:
            for update in sent:
                doc.apply_update(update)
        else:
            insert(root_of(doc), min(at, len(root_of(doc).children)), [Node("paragraph", {}, [Words([(str(at), {})])])])
            sent.append(doc.get_update(before))
    server, rows = Document(), []
    receive(server, rows, mixed(sent, chance, 0))
    assert server.is_whole
    assert plain(replay(rows)) == plain(server)


def test_what_waits_for_a_lost_update_is_in_no_snapshot_of_the_document():
    doc, updates = new_doc(), []
    for words in ("first", "second"):
        before = doc.get_state()
        insert(root_of(doc), len(updates), [paragraph(words)])
        updates.append(doc.get_update(before))
    server, rows = Document(), []
    receive(server, rows, [updates[1]])
    assert not server.is_whole
    receive(server, rows, [updates[0]])
    assert server.is_whole
    assert plain(replay(rows)) == plain(server)
    assert len(rows) == 2
