"""Which entries of two lists belong together: by what they say, never by where they stand."""

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor.accuracy.fields import Level
from extractor.accuracy.same import Key, key, value_of
from extractor.errors import MissingProgram
from extractor.model import Record

LEAST_ALIKE = 0.5
"""How alike two names must be (by their pairs of letters) to be two writings of one."""

NEARER = 1e-6
"""What standing at the same place counts: less than anything an entry says, so it only decides between equals."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one entry says: keys in the order of the level's fields, those of the lists below it, and all together."""

    keys: tuple[Key | None, ...]
    below: tuple[tuple[object, ...], ...]

    @property
    def said(self) -> int:
        return sum(one is not None for one in self.keys) + sum(map(len, self.below))


def pair(level: Level, truth: Sequence[Record], seen: Sequence[Record]) -> list[tuple[int, int]]:
    """The pairs of entries (index in the truth, index in the result) that belong together, by the truth's order.

    Entries that say the same are paired first. The others are paired so that, over all pairs together, most names
    agree, and after the names most other answers (assignment by scipy); an entry of which the name alone was not read
    counts as if it had it. Entries without a name alike, of whose answers less than half agree, have nothing to do with
    each other: one is missing, the other invented.
    """
    wanted = [_entry(level, one) for one in truth]
    given = [_entry(level, one) for one in seen]
    places: defaultdict[_Entry, deque[int]] = defaultdict(deque)
    for index, one in enumerate(given):
        places[one].append(index)
    pairs = [(index, places[one].popleft()) for index, one in enumerate(wanted) if places.get(one)]
    taken, found = {index for index, _ in pairs}, {index for _, index in pairs}
    left = [index for index in range(len(wanted)) if index not in taken]
    right = [index for index in range(len(given)) if index not in found]
    if left and right:
        weight = 1 + max(wanted[one].said for one in left) + max(given[other].said for other in right)
        alike = [
            [_alike(level, wanted[one], given[other], weight) + NEARER / (1 + abs(one - other)) for other in right]
            for one in left
        ]
        pairs += [(left[row], right[column]) for row, column in _assign(alike) if alike[row][column] > NEARER]
    return sorted(pairs)


def entries_of(level: Level, above: Record) -> tuple[Record, ...]:
    """The entries of a list in the filing or entry above it."""
    value: object = above
    for step in level.steps:
        value = getattr(value, step, None)
    return value if isinstance(value, tuple) else ()


def _entry(level: Level, entry: Record) -> _Entry:
    values = [(field, value_of(field, entry)) for field in level.fields]
    below = [[_entry(one, record) for record in entries_of(one, entry)] for one in level.lists]
    return _Entry(
        tuple(None if value is None else key(field, value) for field, value in values),
        tuple(tuple(sorted((one.keys for one in entries), key=repr)) for entries in below),
    )


def _assign(alike: list[list[float]]) -> list[tuple[int, int]]:
    """The pairs of rows and columns with the greatest sum."""
    if len(alike) == len(alike[0]) == 1:
        return [(0, 0)]
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError:
        raise MissingProgram(
            "expected scipy to pair the entries of lists; install it with: pip install 'formd-extractor[accuracy]'"
        ) from None
    rows, columns = linear_sum_assignment(alike, maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]


def _alike(level: Level, truth: _Entry, seen: _Entry, weight: int) -> float:
    """How much speaks for two entries being one; 0 when they have nothing to do with each other.

    weight: how much more a name says than another answer.
    """
    names = others = 0.0
    for field, want, got in zip(level.fields, truth.keys, seen.keys, strict=True):
        if want is None or got is None:
            continue
        same = 1.0 if want == got else _likeness(want, got)
        if field.kind == "name":
            names += same if same >= LEAST_ALIKE else 0
        else:
            others += same if same == 1 else same / 2
    others += sum((Counter(want) & Counter(got)).total() for want, got in zip(truth.below, seen.below, strict=True))
    if not names and 2 * others < max(truth.said, seen.said):
        return 0.0
    if others == seen.said:  # all that it says agrees, and its name was not read
        names = 1.0
    return names * weight + others


def _likeness(one: Key, other: Key) -> float:
    """How alike two texts are, from 0 to below 1: the share of pairs of neighbouring letters that both have."""
    if not (isinstance(one, str) and isinstance(other, str)):
        return 0.0
    first, second = _letter_pairs(one), _letter_pairs(other)
    return min(0.99, 2 * len(first & second) / (len(first) + len(second)))


@lru_cache(maxsize=4096)
def _letter_pairs(text: str) -> frozenset[str]:
    framed = f" {text.casefold()} "
    return frozenset(framed[start : start + 2] for start in range(len(framed) - 1))
