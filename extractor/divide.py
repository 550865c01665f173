"""Where a line of words that lost its columns is cut into the answers of a row, by how names and addresses are built.

Each rule looks at the words themselves and at what else the document says, and names its reason. A line that no rule
divides, or that two readings of a rule fit alike, is not divided.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

import regex

from extractor.form.places import codes_of

ONE_LINE = "nothing in it begins a second line"
"""The reason for which the words of an address are one line, which gives way to what the columns tell."""

LONGEST_STREET = 40
"""Characters of a line of an address, as the SEC's schema allows them."""

MOST_WORDS = 40
"""Words of a row of which more are not divided."""

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
_WORD = regex.compile(r"\w+")
_PARTICLE = regex.compile(
    r"(?:da|das|de|del|dela|della|den|der|di|dos|du|el|la|le|los|mac|san|st\.?|ten|ter|van|von|zu|zum)",
    regex.IGNORECASE,
)
_SUFFIX = regex.compile(r"(?:jr|sr|ii|iii|iv|esq|ph\.?d|m\.?d|cpa)[.,]?", regex.IGNORECASE)
_INITIAL = regex.compile(r"\p{L}\.?")
_NOBODY = regex.compile(r"n/?a\.?|-+|\.+|none|\(none\)|not|null|x+", regex.IGNORECASE)
_NO_NAME = regex.compile(r"n/a|\(none\)", regex.IGNORECASE)
_SPOKEN = regex.compile(r"[\p{L}\p{M}'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}.,\-()\"]+")
"""A word of a person's name: letters, and what is written in names."""

_ENDING = regex.compile(
    r"""
    \(?(?: l\.?l\.?c | l\.?l?\.?l?\.?p | d\.?s\.?t | inc | corp | co | ltd | limited | gmbh | s\.?a | n\.?a
      | plc ) [.,]*
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
"""The word that ends a company's name for sure."""

_COMPANY = regex.compile(
    r"""
    (?: l\.?l\.?c | l\.?l?\.?l?\.?p | inc | incorporated | corp | corporation | company | co | ltd | limited | trust
      | gmbh | s\.?a | n\.?a | plc | pllc | fund | partners | holdings | associates | bank | group | capital
      | management | ventures | advisors | advisers | investments | securities | enterprises | properties ) [.,]*
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_AMERICAN = regex.compile(r"[0-9]{5}(?:-?[0-9]{4})?")
_POSTAL = regex.compile(r"(?=[^0-9]*+[0-9])[\p{L}0-9][\p{L}0-9 -]{1,9}")
UNKNOWN = "XX"
"""EDGAR's code of an unknown place."""

FEWEST_DIGITS = 7
"""Digits of a telephone number."""

_SIGNED = regex.compile(r"/?[sS]/+", regex.IGNORECASE)


class Evidence(NamedTuple):
    """What the document says elsewhere.

    said: all its words, `_` between its lines. answers: what was found, by path. doubted: the paths that leave a doubt.
    """

    said: str
    answers: Mapping[str, str]
    doubted: frozenset[str] = frozenset()

    @property
    def issuers(self) -> list[str]:
        """The names of the issuers."""
        return [raw for path, raw in self.answers.items() if path.endswith(".entity_name")]


class Division(NamedTuple):
    """A line divided. parts: for each answer its first and last word (excluded), None where it is not known.

    rule: why.
    """

    parts: tuple[tuple[int, int] | None, ...]
    rule: str


Divide = Callable[[Sequence[str], Sequence[str], Evidence], Division | None]
"""Divides words (second) into the answers that are asked for (first: the last steps of their paths)."""

Divider = Callable[[Sequence[str], Evidence], Division | None]


def divide(asked: Sequence[str], words: Sequence[str], evidence: Evidence) -> Division | None:
    """The words of a row divided into the answers that are asked for; None where no rule divides them.

    >>> nothing = Evidence("", {})
    >>> divide(("street1", "street2"), "12 Elm Street Suite 4".split(), nothing)
    Division(parts=((0, 3), (3, 5)), rule='the word of a unit begins the second line')
    >>> divide(("last_name", "first_name", "middle_name"), "Roe Jane A.".split(), nothing).parts
    ((0, 1), (1, 2), (2, 3))
    """
    divider = _DIVIDERS.get(tuple(asked))
    return divider(words, evidence) if divider and words and len(words) <= MOST_WORDS else None


def said_words(text: str) -> str:
    """The words of a text, one space before and behind each, to look others up in.

    >>> said_words("Jane A. Roe")
    ' jane a roe '
    """
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def ends_name(text: str) -> bool:
    """Whether a text ends as the name of a company does for sure.

    >>> ends_name("Old Creek LLC"), ends_name("Old Creek Holding")
    (True, False)
    """
    return _ENDING.fullmatch(text.rpartition(" ")[2]) is not None


def _street(words: Sequence[str], evidence: Evidence) -> Division | None:
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
    ends = [at for at in range(1, len(words) - 1) if _ENDING.fullmatch(words[at])]
    if not ends:
        return None
    number = next((at for at in range(1, len(words)) if _NUMBER.fullmatch(words[at].rstrip(","))), len(words))
    at = next((at for at in reversed(ends) if at < number), ends[0])
    while at + 1 < len(words) - 1 and _ENDING.fullmatch(words[at + 1]):
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


def _town(words: Sequence[str], evidence: Evidence) -> Division | None:
    """A city, its state or country, and a postal code."""
    return _located(words, phone=False)


def _town_with_phone(words: Sequence[str], evidence: Evidence) -> Division | None:
    """A city, its state or country, a postal code, and a telephone number."""
    return _located(words, phone=True)


def _located(words: Sequence[str], *, phone: bool) -> Division | None:
    """The one way to cut words at a state or country between a city and what may follow it."""
    found = []
    for start in range(1, len(words)):
        for end in range(start + 1, len(words) + 1):
            codes = codes_of(" ".join(words[start:end]))
            tail = _after_place(
                words[end:], american=any(code.isalpha() and code != UNKNOWN for code in codes), phone=phone
            )
            if codes and tail is not None:
                parts = ((0, start), (start, end), (end, end + tail), (end + tail, len(words)))
                found.append(parts[: 3 + phone])
    rule = "a state or country stands in it once, before what may be a postal code"
    return Division(found[0], rule) if len(found) == 1 else None


def _after_place(words: Sequence[str], *, american: bool, phone: bool) -> int | None:
    """How many words behind a place make its postal code; None if they cannot be one, and a telephone number."""
    if not words:
        return 0
    if not phone:
        code = " ".join(words)
        return len(words) if (_AMERICAN if american else _POSTAL).fullmatch(code) or _NOBODY.fullmatch(code) else None
    if american:
        return 1 if _AMERICAN.fullmatch(words[0]) and _is_phone(words[1:]) else None
    sizes = [n for n in range(len(words)) if _is_phone(words[n:]) and _POSTAL.fullmatch(" ".join(words[:n]))]
    return sizes[0] if len(sizes) == 1 else None


def _is_phone(words: Sequence[str]) -> bool:
    return not words or sum(char.isdigit() for word in words for char in word) >= FEWEST_DIGITS


def _name(words: Sequence[str], evidence: Evidence) -> Division | None:
    """A person's last, first and middle name; of an organisation the last name, with a word for none as first."""
    size = len(words)
    if size < 2:
        return None
    if _NOBODY.fullmatch(words[-1]):
        return _names(size - 1, size, size, "its last word says that there is no first name")
    nobody = [at for at in range(1, size - 1) if _NO_NAME.fullmatch(words[at])]
    if len(nobody) == 1:
        return _names(nobody[0], nobody[0] + 1, size, "a word of it says that there is no first name")
    if (at := _said_backwards(words, evidence)) is not None:
        return _names(at, at + 1, size, "the document says the name elsewhere, the last name at its end")
    ending = next((at for at in range(size - 1, -1, -1) if _COMPANY.fullmatch(words[at])), None)
    if ending is not None:
        at = ending + 1 if 0 < ending < size - 1 else size - 1
        rest = words[at + 1 :]
        first = at + 1 if _NOBODY.fullmatch(words[at]) or all(_INITIAL.fullmatch(word) for word in rest) else size
        return _names(at, first, size, "it is the name of a company, and a first name must be there")
    if not all(_SPOKEN.fullmatch(word) for word in words):
        return None
    at = 0
    while at < size - 2 and _PARTICLE.fullmatch(words[at]):
        at += 1
    at += 1
    while at < size - 1 and _SUFFIX.fullmatch(words[at]):
        at += 1
    middle = words[at + 1 :]
    if len(middle) > 1 and not all(_INITIAL.fullmatch(word) for word in middle):
        return None
    return _names(at, at + 1, size, "a last name is one word with what goes with it, and a first name one word")


def _names(last: int, first: int, size: int, rule: str) -> Division:
    return Division(((0, last), (last, first), (first, size)), rule)


def _said_backwards(words: Sequence[str], evidence: Evidence) -> int | None:
    """Where the first name begins, if the document says the name as it is spoken; None for no or several places."""
    found = []
    for at in range(1, len(words)):
        last = " ".join(words[:at])
        if not (_WORD.search(words[at]) and _WORD.search(last)):
            continue
        spoken = [words[at:], words[at : at + 1]]
        spoken += [[*words[at : at + 1], *(word[0] for word in words[at + 1 :])]] if at + 1 < len(words) else []
        if any(said_words(f"{' '.join(first)} {last}") in evidence.said for first in spoken):
            found.append(at)
    return found[0] if len(found) == 1 else None


def _signed(words: Sequence[str], evidence: Evidence) -> Division | None:
    """An issuer's signature: its name, what is signed, the signer, the title; the date is the last word."""
    size = len(words)
    issuers = evidence.issuers
    at = max((_begins_with(words, _letters(name)) for name in issuers), default=0)
    if not at and "Signature" in words[1:]:
        at = words.index("Signature", 1) if _by_label(words[words.index("Signature", 1) : size - 1]) else 0
    inner = _signer(words[at : size - 1], evidence)
    if not at or inner is None:
        known = (0, at) if at else None
        return Division((known, None, None, None, (size - 1, size)), "the issuer's name is known, and the date")
    shifted = [(one[0] + at, one[1] + at) for one in inner.parts if one]
    return Division(((0, at), *shifted, (size - 1, size)), f"the issuer's name is known, and {inner.rule}")


def _companies(words: Sequence[str], _: Evidence) -> Division | None:
    """The names of companies that follow each other, each with the word that ends such a name."""
    ends = [0]
    for at, word in enumerate(words, start=1):
        if _ENDING.fullmatch(word) and not word.endswith(","):
            if ends[-1] == at - 1:
                ends.pop()
            ends.append(at)
    if ends[-1] != len(words) or len(ends) < 2:
        return None
    return Division(tuple(pairwise(ends)), "each name of a company ends with the word for its kind")


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _begins_with(words: Sequence[str], letters: str) -> int:
    """How many words make up some letters; 0 if none do."""
    for end in range(1, len(words)):
        mine = _letters(" ".join(words[:end]))
        if mine == letters:
            return end
        if len(mine) > len(letters):
            break
    return 0


def _signer(words: Sequence[str], evidence: Evidence) -> Division | None:
    """What is signed, the signer's name, and a title that may be missing from the words."""
    titled = _twice(words) or _alike(words) or _by_label(words)
    if titled is not None:
        return titled
    if len(words) == len(("signature", "name", "title")):
        return Division(((0, 1), (1, 2), (2, 3)), "each answer is one word")
    return _by_person(words, evidence)


def _signer_untitled(words: Sequence[str], evidence: Evidence) -> Division | None:
    """What is signed, and the signer's name, with nothing behind it."""
    found = _signer(words, evidence)
    return found._replace(parts=found.parts[:2]) if found and found.parts[2] == (len(words), len(words)) else None


def _twice(words: Sequence[str]) -> Division | None:
    """The signature and the name behind it, which is the same."""
    start = 1 if words and _SIGNED.fullmatch(words[0]) else 0
    plain = [_letters(_SIGNED.sub("", word) if number == 0 else word) for number, word in enumerate(words)]
    for end in range(len(words) - 1, start, -1):
        size = end - start
        if plain[start:end] == plain[end : end + size]:
            parts = ((0, end), (end, end + size), (end + size, len(words)))
            return Division(parts, "the signature is the name that follows it")
    return None


def _by_label(words: Sequence[str]) -> Division | None:
    """Answers that each begin with the word of its label, as where somebody tries the form out."""
    starts = [[at for at, word in enumerate(words) if word == label] for label in ("Signature", "Name", "Title")]
    if starts[0] != [0] or any(len(found) != 1 for found in starts):
        return None
    _, (name,), (title,) = starts
    parts = ((0, name), (name, title), (title, len(words)))
    return Division(parts, "each answer begins with the word of its label") if name < title else None


def _alike(words: Sequence[str]) -> Division | None:
    """The signature and a name that begins and ends like it, or begins like it and is as long."""
    start = 1 if words and _SIGNED.fullmatch(words[0]) else 0
    if len(words) - start < 4:
        return None
    again = [at for at in range(start + 1, len(words)) if words[at].casefold() == words[start].casefold()]
    if len(again) != 1:
        return None
    last = words[again[0] - 1].casefold()
    ends = [at + 1 for at in range(again[0] + 1, len(words)) if words[at].casefold() == last]
    end = ends[0] if ends else again[0] + again[0] - start
    if end > len(words):
        return None
    return Division(((0, again[0]), (again[0], end), (end, len(words))), "the signer's name begins like the signature")


def _by_person(words: Sequence[str], evidence: Evidence) -> Division | None:
    """The signer by the related person that the words name."""
    for path, last in evidence.answers.items():
        if not path.endswith(".last_name"):
            continue
        stem = path.removesuffix("last_name")
        first, middle = evidence.answers.get(f"{stem}first_name", ""), evidence.answers.get(f"{stem}middle_name", "")
        if not first or _NOBODY.fullmatch(first):
            continue
        for name in (f"{first} {middle} {last}", f"{first} {middle[:1]} {last}", f"{first} {last}"):
            spots = [at for at in range(1, len(words)) if _begins_with([*words[at:], ""], _letters(name))]
            if len(spots) == 1:
                end = spots[0] + _begins_with([*words[spots[0] :], ""], _letters(name))
                return Division(((0, spots[0]), (spots[0], end), (end, len(words))), "the signer is a related person")
    return None


_SIGNATURE = ("issuer_name", "signature_name", "name_of_signer", "signature_title", "signature_date")

_DIVIDERS: Mapping[tuple[str, ...], Divider] = MappingProxyType(
    {
        ("street1", "street2"): _street,
        ("city", "state_or_country", "zip_code"): _town,
        ("city", "state_or_country", "zip_code", "issuer_phone_number"): _town_with_phone,
        ("last_name", "first_name", "middle_name"): _name,
        ("issuer_previous_names",): _companies,
        _SIGNATURE: _signed,
        _SIGNATURE[1:4]: _signer,
        _SIGNATURE[1:3]: _signer_untitled,
    }
)
"""Who divides which row."""
