"""Which node of a new version is which node of an old one."""

from collections import Counter
from difflib import SequenceMatcher

from coedit.tree import Node, key


def pairs(olds: list, news: list, of=lambda old: old):
    """Each old node with what became of it, in order: (old, new), the missing side being None.

    `of` finds the node in what `olds` holds.
    """
    matcher = SequenceMatcher(None, [key(of(old)) for old in olds], [key(new) for new in news], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(olds[i1:i2], news[j1:j2], strict=True)
        else:
            yield from _alike(olds[i1:i2], news[j1:j2], of)


def kind_of(node) -> str:
    return node.tag if isinstance(node, Node) else "words"


def _alike(olds, news, of):
    """Pair those that are most alike, keeping the order of both sides."""
    best = _alignment([of(old) for old in olds], news)
    i = j = 0
    while i < len(olds) or j < len(news):
        step = best[i][j][1]
        yield (olds[i] if step != "new" else None), (news[j] if step != "old" else None)
        i, j = i + (step != "new"), j + (step != "old")


def _alignment(olds, news):
    """best[i][j]: the likeness that can be reached from olds[i:] and news[j:], and the step to take there."""
    words = [Counter(node.plain.split()) for node in olds], [Counter(node.plain.split()) for node in news]
    best = [[(0.0, "new")] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i in range(len(olds) - 1, -1, -1):
        best[i][len(news)] = (0.0, "old")
        for j in range(len(news) - 1, -1, -1):
            steps = [(best[i + 1][j][0], "old"), (best[i][j + 1][0], "new")]
            if kind_of(olds[i]) == kind_of(news[j]):
                steps.append((_likeness(words[0][i], words[1][j]) + best[i + 1][j + 1][0], "both"))
            best[i][j] = max(steps, key=lambda step: step[0])
    return best


def _likeness(old, new) -> float:
    # Two of one kind without a word in common are still better changed than replaced: others may be writing in it.
    return 0.01 + 2 * (old & new).total() / max(old.total() + new.total(), 1)
