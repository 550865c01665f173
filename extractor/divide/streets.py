"""The two lines of an address, by how streets, buildings and units are named."""

from collections.abc import Callable, Sequence

import regex

from extractor.divide.division import ENDING, Division, Evidence

ONE_LINE = "nothing in it begins a second line"
"""The reason for which the words of an address are one line, which gives way to what the columns tell."""

LONGEST_STREET = 40
"""Characters of a line of an address, as the SEC's schema allows them."""

_UNIT = regex.compile(
    r"""
    (?: suite | ste | floor | fl | unit | apt | apartment | room | rm | building | bldg | level | penthouse | ph
      | hangar | dept | pmb | attn | attention | box | p\.?o\.? | postal ) [.:]? | c/o
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
"""A word that begins the second line of an address: a part of a building, a box, somebody's care."""

_ORDINAL = regex.compile(
    r"\d+(?:st|nd|rd|th) | first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth",
    regex.VERBOSE | regex.IGNORECASE,
)
_FLOOR = regex.compile(r"(?:floor|fl|flr|level)[.,]?", regex.IGNORECASE)
_NUMBER = regex.compile(r"\d[\d\-/]*[a-z]?", regex.IGNORECASE)
_STREET = regex.compile(
    r"""
    (?: street | st | str | avenue | ave | road | rd | drive | dr | boulevard | blvd | lane | ln | court | ct | place
      | pl | parkway | pkwy | way | circle | cir | highway | hwy | terrace | trail | square | sq | plaza | freeway
      | fwy ) \.?
    """,
    regex.VERBOSE | regex.IGNORECASE,
)

_NAMED_STREET = regex.compile(
    r"""
    .+ (?: stra(?:ss|\N{LATIN SMALL LETTER SHARP S})e | str\. | allee | gasse | weg | platz | ring | ufer | damm
         | straat | laan | gade | vej | gatan )
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
"""A street's name in one word, behind which its house number stands in the countries that write so."""

_DIRECTION = regex.compile(r"[nsew]{1,2}\.?|(?:north|south)(?:east|west)?|east|west", regex.IGNORECASE)


def divide_street(words: Sequence[str], evidence: Evidence) -> Division | None:
    """The two lines of an address."""
    if (known := _known_street(words, evidence)) is not None:
        return known
    if (at := _same_address(words, evidence)) is not None:
        return Division(((0, at), (at, len(words))), "the document says the same address in two lines elsewhere")
    for rule, find in _STREET_RULES:
        at = find(words)
        if at is not None and _fits_lines(words, at):
            return Division(((0, at), (at, len(words))), rule)
    ends = [at for at in range(1, len(words)) if _fits_lines(words, at) and _may_end(words, at)]
    rule = "both are as long as the schema allows only if it is divided there"
    return Division(((0, ends[0]), (ends[0], len(words))), rule) if len(ends) == 1 else None


def _same_address(words: Sequence[str], evidence: Evidence) -> int | None:
    """Where the second line of an address begins that stands in the document elsewhere, in two lines."""
    said = [word.casefold() for word in words]
    for path, first in evidence.answers.items():
        if path.endswith("street1"):
            second = evidence.answers.get(f"{path.removesuffix('1')}2", "")
            lines = first.casefold().split(), second.casefold().split()
            if second and [*lines[0], *lines[1]] == said:
                return len(lines[0])
    return None


def _fits_lines(words: Sequence[str], at: int) -> bool:
    """Whether both lines of an address that is divided at a word have at most the schema's length."""
    return max(len(" ".join(words[:at])), len(" ".join(words[at:]))) <= LONGEST_STREET


def _may_end(words: Sequence[str], at: int) -> bool:
    """Whether a line of an address may end before a word: not behind a comma, nor within the name of a street."""
    joined = words[at - 1].endswith((",", "-", "&", "#", ";")) or _UNIT.fullmatch(words[at - 1]) is not None
    return not joined and not _STREET.fullmatch(words[at].rstrip(",")) and not _NUMBER.fullmatch(words[at - 1])


def _known_street(words: Sequence[str], evidence: Evidence) -> Division | None:
    """The two lines as all addresses have them that the document gives elsewhere in the same words."""
    said, size = [word.casefold() for word in words], len(words)
    sizes = set()
    for path, first in evidence.answers.items():
        other = path.removesuffix("1") + "2"
        if path.endswith("street1") and evidence.doubted.isdisjoint((path, other)):
            lines = first.casefold().split(), evidence.answers.get(other, "").casefold().split()
            sizes |= {len(lines[0])} if [*lines[0], *lines[1]] == said else set()
    if len(sizes) != 1:
        return None
    at = sizes.pop()
    return Division(((0, at), (at, size)), "the document has the same address elsewhere")


def _numbered_second(words: Sequence[str]) -> int | None:
    """The word of a house number behind a building's or a company's name."""
    if _NUMBER.fullmatch(words[0]) or (_begins_unit(words, 0) and words[0].casefold() != "c/o"):
        return None
    for at in range(1, len(words) - 1):
        behind_unit = _UNIT.fullmatch(words[at - 1]) or words[at - 1].endswith(("#", "&"))
        if _NUMBER.fullmatch(words[at]) and _NAMED_STREET.fullmatch(words[at - 1]):
            return at + 1
        if _NUMBER.fullmatch(words[at]) and not behind_unit and words[at + 1][0].isalpha():
            return None if _UNIT.fullmatch(words[at + 1]) else at
    return None


def _company_first(words: Sequence[str]) -> int | None:
    """The word behind a company's name, where one begins the address."""
    if _NUMBER.fullmatch(words[0]):
        return None
    ends = [at for at in range(1, len(words) - 1) if ENDING.fullmatch(words[at])]
    if not ends:
        return None
    number = next((at for at in range(1, len(words)) if _NUMBER.fullmatch(words[at].rstrip(","))), len(words))
    at = next((at for at in reversed(ends) if at < number), ends[0])
    while at + 1 < len(words) - 1 and ENDING.fullmatch(words[at + 1]):
        at += 1
    return at + 1


def _begins_unit(words: Sequence[str], at: int) -> bool:
    """Whether a word begins the name of a unit: Suite 4, #4, 3rd Floor, PO Box 4."""
    if _ORDINAL.fullmatch(words[at]):
        return at + 1 < len(words) and _FLOOR.fullmatch(words[at + 1]) is not None
    return _UNIT.fullmatch(words[at]) is not None


def _unit_second(words: Sequence[str]) -> int | None:
    """The first word of a unit that neither a comma nor a dash joins to what is before it."""
    start = 1
    while start < len(words) and _UNIT.fullmatch(words[start - 1]):
        start += 1
    at = next((at for at in range(start, len(words)) if _begins_unit(words, at)), None)
    if at is None:
        return None
    return len(words) if words[at - 1].endswith((",", "-", ";", "\N{EN DASH}")) else at


def _tail_second(words: Sequence[str]) -> int | None:
    """The word behind a street's own word, where something follows that is no direction."""
    for at in range(1, len(words) - 1):
        if _STREET.fullmatch(words[at]) and at > 1:
            behind = at + 1
            while behind < len(words) and (_DIRECTION.fullmatch(words[behind]) or _STREET.fullmatch(words[behind])):
                behind += 1
            rest = words[behind:]
            return None if rest and (rest[0].startswith("#") or _NUMBER.fullmatch(rest[0])) else behind
    return None


def _one_line(words: Sequence[str]) -> int | None:
    return len(words)


_STREET_RULES: tuple[tuple[str, Callable[[Sequence[str]], int | None]], ...] = (
    ("a company's name ends the first line", _company_first),
    ("a house number begins the second line", _numbered_second),
    ("the word of a unit begins the second line", _unit_second),
    ("the first line ends with the word of a street", _tail_second),
    (ONE_LINE, _one_line),
)
