"""The plain form's Markdown says what the text says, and reading it back changes nothing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coedit.markdown import from_markdown, to_markdown
from coedit.render import to_html, to_plain
from coedit.tests.trees import PLAIN_WORDS, trees
from coedit.tree import Node, Words, fill, new_doc, read_tree


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# Hi", "<h3>Hi</h3>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("**b** *i* ~~s~~ `c`", "<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>"),
        ("- a\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("3. a", '<ol start="3"><li><p>a</p></li></ol>'),
        ("> a", "<blockquote><p>a</p></blockquote>"),
        ("---", "<hr>"),
        ("[a](https://b.org)", '<p><a href="https://b.org" rel="noopener noreferrer nofollow">a</a></p>'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("<b>&amp;</b>", "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>"),
        ("    four spaces", "<p>four spaces</p>"),
        ("snake_case 5 * 3", "<p>snake_case 5 * 3</p>"),
    ],
)
def test_it_becomes(markdown, html):
    assert to_html(from_markdown(markdown)) == html


def test_boxes_to_tick_become_a_task_list():
    done, open_one = from_markdown("- [x] done\n- [ ] open")[0].children
    assert (done.tag, done.attrs, open_one.attrs) == ("taskItem", {"checked": True}, {"checked": False})


def test_a_table_keeps_its_cells():
    table = from_markdown("| a | b |\n| --- | --- |\n| 1 | **2** |")
    assert to_plain(table) == "a | b\n1 | 2"
    assert to_markdown(table) == "| a | b |\n| --- | --- |\n| 1 | **2** |"


def test_two_lists_side_by_side_stay_two():
    lists = from_markdown("- a\n\n* b")
    assert [node.tag for node in lists] == ["bulletList", "bulletList"]
    assert from_markdown(to_markdown(lists)) == lists


@settings(max_examples=300, deadline=None)
@given(trees())
@example([Node("paragraph", {}, [Words([("\\ ", {"link": {"href": "https://example.org/"}})])])])
def test_reading_it_back_and_writing_it_again_changes_nothing(tree):
    markdown = to_markdown(tree)
    assert to_markdown(from_markdown(markdown)) == markdown


# Signs of a rule that other words follow.
RULE_OF_WORDS = Words([("---", {}), ("0", {"link": {"href": "https://example.org/"}})])


@settings(max_examples=200, deadline=None)
@given(trees())
@example([Node("bulletList", {}, [Node("listItem", {}, [Node("paragraph", {}, [RULE_OF_WORDS])])])])
def test_no_letter_is_lost(tree):
    assert letters(from_markdown(to_markdown(tree))) == letters(tree)


@settings(max_examples=100, deadline=None)
@given(trees(PLAIN_WORDS, st.just({})))
def test_plain_words_come_back_in_the_same_shape(tree):
    assert to_plain(from_markdown(to_markdown(tree))).split() == to_plain(tree).split()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_text(typed):
    tree = from_markdown(typed)
    doc = new_doc()
    fill(doc, tree)
    assert to_html(read_tree(doc)) == to_html(tree)
    assert from_markdown(to_markdown(tree)) is not None


def letters(tree):
    return "".join(to_plain(tree).split())
