"""A shared text as plain Python: nodes and the words in them, read from a Yjs document or built into one."""

from dataclasses import dataclass, field

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from coedit.schema import MARKS, MAX_DEPTH, NODES, ROOT, mark_name


@dataclass(slots=True)
class Words:
    """A stretch of text; `runs` are (text, marks), marks by name with their attributes."""

    runs: list[tuple[str, dict]]
    source: XmlText | None = field(default=None, repr=False, compare=False)

    @property
    def plain(self) -> str:
        return "".join(text for text, _marks in self.runs)


@dataclass(slots=True)
class Node:
    tag: str
    attrs: dict = field(default_factory=dict)
    children: list = field(default_factory=list)
    source: XmlElement | None = field(default=None, repr=False, compare=False)

    @property
    def plain(self) -> str:
        if self.tag == "hardBreak":
            return "\n"
        return "".join(child.plain for child in self.children)

    @property
    def holds_words(self) -> bool:
        return self.tag in ("paragraph", "heading", "codeBlock")


def key(node):
    """Equal for nodes or words that say the same, whatever order their marks and attributes come in."""
    if isinstance(node, Words):
        return tuple((text, repr(sorted(marks.items()))) for text, marks in node.runs)
    return node.tag, repr(sorted(node.attrs.items())), tuple(map(key, node.children))


def paragraph(text: str) -> Node:
    return Node("paragraph", {}, [Words([(text, {})])] if text else [])


def new_doc(client_id: int | None = None, skip_gc: bool | None = None) -> Doc:
    """An empty document with its root declared, without which pycrdt shows nothing."""
    doc = Doc(client_id=client_id, skip_gc=skip_gc)
    doc.get(ROOT, type=XmlFragment)
    return doc


def root_of(doc: Doc) -> XmlFragment:
    return doc.get(ROOT, type=XmlFragment)


def read_tree(doc: Doc) -> list[Node]:
    """The blocks of a document; whatever is outside the schema or too deep is left out."""
    with doc.transaction():
        blocks = _children(root_of(doc), 1)
    # Words directly under the root belong into a paragraph; some client put them there.
    return [block if isinstance(block, Node) else Node("paragraph", {}, [block]) for block in blocks]


def _children(parent, depth) -> list:
    found = []
    for child in parent.children:
        if isinstance(child, XmlText):
            found.append(Words(_runs(child), child))
        elif isinstance(child, XmlElement) and child.tag in NODES and depth <= MAX_DEPTH:
            attrs = {name: value for name, value in child.attributes if value is not None}
            found.append(Node(child.tag, attrs, _children(child, depth + 1), child))
    return found


def _runs(text: XmlText) -> list[tuple[str, dict]]:
    return [(chunk, _marks(attrs or {})) for chunk, attrs in text.diff() if isinstance(chunk, str)]


def _marks(attrs) -> dict:
    named = ((mark_name(key), value) for key, value in attrs.items())
    return {
        name: value if isinstance(value, dict) else {}
        for name, value in named
        if name in MARKS and value is not None and value is not False
    }


def fill(doc: Doc, blocks: list[Node]) -> None:
    """Write `blocks` into an empty document."""
    with doc.transaction():
        insert(root_of(doc), 0, blocks)


def insert(parent, index: int, nodes: list) -> None:
    """Put nodes into `parent` (a fragment or element) before its child `index`."""
    for offset, node in enumerate(nodes):
        if isinstance(node, Words):
            _insert_words(parent, index + offset, node)
        else:
            # An element must be in the document before it is filled.
            element = parent.children.insert(index + offset, XmlElement(node.tag))
            for name, value in node.attrs.items():
                element.attributes[name] = value
            insert(element, 0, node.children)


def _insert_words(parent, index, words):
    text = parent.children.insert(index, XmlText(""))
    at = 0
    for chunk, marks in words.runs:
        text.insert(at, chunk, marks or None)
        at += len(chunk.encode())
