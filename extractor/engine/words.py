"""Words and vocabularies: how labels are compared, whatever their spacing, case and punctuation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

import regex

WORD = regex.compile(r"[^\W_]+(?:['’`´\ufffc\ufffd][^\W_]+)*")
"""A word: letters and digits; an apostrophe inside it, or a sign that cannot be read, does not end it."""

IGNORED = frozenset({"and"})
"""Words that do not count: the page writes "&", the XML and some renderings write "and"."""

LONG = 8
"""Words; only a sentence this long may have an answer printed into its middle."""

REMEMBERED = 1500
"""Characters; what labels a longer text holds is not kept in memory for the next document.

The form's own longest text has 1,250.
"""

Key = TypeVar("Key")
Kept = TypeVar("Kept")

_MOST_KNOWN = 8192
"""Texts whose labels are kept in memory; with more, all are forgotten and learned again."""

_APOSTROPHES = str.maketrans("", "", "'’`´\ufffc\ufffd")
_OPENING = "$([\"“'"


class Token(NamedTuple):
    """A word of a text as it is compared, and its place in the text (end excluded)."""

    word: str
    start: int
    end: int


def words_of(text: str) -> tuple[str, ...]:
    """The words of a label for comparison: case-folded, without punctuation, apostrophes and "and".

    >>> words_of("Hospitals & Physicians"), words_of("Issuer's Identity")
    (('hospitals', 'physicians'), ('issuers', 'identity'))
    """
    return _known_words(text) if len(text) <= REMEMBERED else _words_of(text)


def _words_of(text: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens_of(text) if token.word not in IGNORED)


_known_words = lru_cache(maxsize=3072)(_words_of)


def tokens_of(text: str) -> tuple[Token, ...]:
    """All words of a text, in order."""
    return _known_tokens(text) if len(text) <= REMEMBERED else _tokens_of(text)


def _tokens_of(text: str) -> tuple[Token, ...]:
    return tuple(
        Token(match.group().casefold().translate(_APOSTROPHES), match.start(), match.end())
        for match in WORD.finditer(text)
    )


_known_tokens = lru_cache(maxsize=3072)(_tokens_of)


def keep(memory: dict[Key, Kept], key: Key, value: Kept, most: int) -> Kept:
    """Remember a value; where there are too many, all are forgotten and learned again."""
    if len(memory) >= most:
        memory.clear()
    memory[key] = value
    return value


def opening(text: str, start: int) -> int:
    """The start of a word with the signs that belong to it: `$` of an amount, an opening bracket or quote."""
    while start and text[start - 1] in _OPENING:
        start -= 1
    return start


class Node:
    """A node of the word tree of a vocabulary: the words that may follow, and the label that ends here."""

    __slots__ = ("label", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.label: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The labels to look for: their word tree, and their whole texts. known: texts whose labels were found before."""

    root: Node
    labels: tuple[str, ...]
    known: "dict[str, tuple[Inside, ...] | None]" = field(default_factory=dict)


def vocabulary(labels: Iterable[tuple[str, Sequence[str]]]) -> Vocabulary:
    """The vocabulary of labels, each with the other ways to write it."""
    root = Node()
    names = []
    for label, also in labels:
        names.append(label)
        for text in (label, *also):
            node = root
            for word in words_of(text):
                node = node.next.setdefault(word, Node())
            node.label = node.label or label
    return Vocabulary(root, tuple(dict.fromkeys(names)))


def is_label(words: Vocabulary, text: str) -> bool:
    """Whether a text is a label of the vocabulary, and nothing else."""
    node: Node | None = words.root
    for word in words_of(text):
        node = node.next.get(word) if node else None
    return node is not None and node.label is not None


class Inside(NamedTuple):
    """A label inside one text: characters start..end (end excluded), and what stands beside it (see `Hit`)."""

    label: str
    start: int
    end: int
    whole: bool
    head: bool


UNKNOWN: Final = (Inside("", 0, 0, whole=False, head=False),)
"""In place of the labels of a text that was not looked at yet."""


def labels_inside(words: Vocabulary, text: str) -> tuple[Inside, ...] | None:
    """The labels in a text, the longest where they nest; None if one may go on behind the text's end."""
    known = words.known
    inside = known.get(text, UNKNOWN)
    if inside is not UNKNOWN:
        return inside
    if len(text) > REMEMBERED:
        return _labels_inside(words, text)
    return keep(known, text, _labels_inside(words, text), _MOST_KNOWN)


def _labels_inside(words: Vocabulary, text: str) -> tuple[Inside, ...] | None:
    tokens = tokens_of(text)
    found: list[Inside] = []
    at = 0
    while at < len(tokens):
        label, end = _longest(words.root, tokens, at)
        if end < 0:
            return None
        if label is None:
            at += 1
            continue
        head = all(token.word == "x" for token in tokens[:at])
        whole = head and all(token.word == "x" for token in tokens[end:])
        start = opening(text, tokens[at].start) if at else 0
        found.append(Inside(label, start, len(text) if end == len(tokens) else tokens[end - 1].end, whole, head))
        at = end
    return tuple(found)


def _longest(root: Node, tokens: Sequence[Token], at: int) -> tuple[str | None, int]:
    """The longest label from a word on, and the word behind it; -1 if a label may go on in another cell.

    It may where the words end, or where a mark or another label comes in between.
    """
    node, depth = root, 0
    label, end = None, at
    while at < len(tokens):
        word = tokens[at].word
        after = node.next.get(word)
        at += 1
        if after is not None:
            node = after
            depth += 1
            if node.label is not None:
                label, end = node.label, at
        elif not depth or not (word in IGNORED or (depth > LONG and word.isdigit())):
            marked = word == "x" and (label is None or (at < len(tokens) and tokens[at].word in root.next))
            interrupted = depth and node.next and (marked or (label is None and (depth > 1 or word in root.next)))
            return label, -1 if interrupted else end
    return label, -1 if depth and node.next else end
