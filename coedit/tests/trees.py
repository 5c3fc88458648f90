"""Texts as hypothesis makes them up."""

from hypothesis import strategies as st

from coedit.tree import Node, Words

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=12)
TRICKY = st.sampled_from(
    ["*", "**", "_", "`", "~~", "[x]", "[ ] no", "# no", "- no", "1. no", "> no", "|", "a | b", "---", "\\", "<b>",
     "&amp;", "http://x.org", "snake_case", "5 * 3", "!", "😀é", "  ", "[a](b)", "```", "+ no", "~", "2) no"]
)  # fmt: skip
PIECES = LETTERS | TRICKY
MARKS = st.dictionaries(st.sampled_from(["bold", "italic", "strike", "code"]), st.just({}), max_size=2) | st.just(
    {"link": {"href": "https://example.org/a_(b)"}}
)
PLAIN_WORDS = st.text("abcdefgh ", min_size=1, max_size=20).filter(str.strip)


def words(pieces=PIECES, marks=MARKS):
    return st.lists(st.tuples(pieces, marks), min_size=1, max_size=4).map(Words)


def paragraphs(pieces=PIECES, marks=MARKS):
    def make(stretches):
        children = []
        for stretch in stretches:
            children += [Node("hardBreak"), stretch]
        return Node("paragraph", {}, children[1:])

    return st.lists(words(pieces, marks), max_size=2).map(make)


def blocks(pieces=PIECES, marks=MARKS):
    leaf = paragraphs(pieces, marks)
    heading = st.builds(
        lambda level, stretch: Node("heading", {"level": level}, [stretch]), st.integers(1, 3), words(pieces, marks)
    )
    code = pieces.map(lambda text: Node("codeBlock", {}, [Words([(text, {})])]))
    rule = st.builds(lambda: Node("horizontalRule"))
    return st.recursive(leaf | heading | code | rule, _holding, max_leaves=6)


def _holding(inner):
    several = st.lists(inner, min_size=1, max_size=2)
    item = several.map(lambda children: Node("listItem", {}, children))
    task = st.builds(lambda done, children: Node("taskItem", {"checked": done}, children), st.booleans(), several)
    return (
        st.lists(item, min_size=1, max_size=3).map(lambda items: Node("bulletList", {}, items))
        | st.lists(item, min_size=1, max_size=2).map(lambda items: Node("orderedList", {"start": 3}, items))
        | st.lists(task, min_size=1, max_size=2).map(lambda items: Node("taskList", {}, items))
        | several.map(lambda children: Node("blockquote", {}, children))
    )


def trees(pieces=PIECES, marks=MARKS):
    return st.lists(blocks(pieces, marks), max_size=4)
