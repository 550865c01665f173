"""A signature: the issuer's name, what is signed, the signer's name, a title and the date."""

from collections.abc import Sequence

import regex

from extractor.divide.division import NOBODY, Division, Evidence, letters_of

_SIGNED = regex.compile(r"/?[sS]/+", regex.IGNORECASE)


def divide_signed(words: Sequence[str], evidence: Evidence) -> Division | None:
    """An issuer's signature: its name, what is signed, the signer, the title; the date is the last word."""
    size = len(words)
    issuers = evidence.issuers
    at = max((_begins_with(words, letters_of(name)) for name in issuers), default=0)
    if not at and "Signature" in words[1:]:
        at = words.index("Signature", 1) if _by_label(words[words.index("Signature", 1) : size - 1]) else 0
    inner = divide_signer(words[at : size - 1], evidence)
    if not at or inner is None:
        known = (0, at) if at else None
        return Division((known, None, None, None, (size - 1, size)), "the issuer's name is known, and the date")
    shifted = [(one[0] + at, one[1] + at) for one in inner.parts if one]
    return Division(((0, at), *shifted, (size - 1, size)), f"the issuer's name is known, and {inner.rule}")


def _begins_with(words: Sequence[str], letters: str) -> int:
    """How many words make up some letters; 0 if none do."""
    for end in range(1, len(words)):
        mine = letters_of(" ".join(words[:end]))
        if mine == letters:
            return end
        if len(mine) > len(letters):
            break
    return 0


def divide_signer(words: Sequence[str], evidence: Evidence) -> Division | None:
    """What is signed, the signer's name, and a title that may be missing from the words."""
    titled = _twice(words) or _alike(words) or _by_label(words)
    if titled is not None:
        return titled
    if len(words) == len(("signature", "name", "title")):
        return Division(((0, 1), (1, 2), (2, 3)), "each answer is one word")
    return _by_person(words, evidence)


def divide_signer_untitled(words: Sequence[str], evidence: Evidence) -> Division | None:
    """What is signed, and the signer's name, with nothing behind it."""
    found = divide_signer(words, evidence)
    return found._replace(parts=found.parts[:2]) if found and found.parts[2] == (len(words), len(words)) else None


def _twice(words: Sequence[str]) -> Division | None:
    """The signature and the name behind it, which is the same."""
    start = 1 if words and _SIGNED.fullmatch(words[0]) else 0
    plain = [letters_of(_SIGNED.sub("", word) if number == 0 else word) for number, word in enumerate(words)]
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
        if not first or NOBODY.fullmatch(first):
            continue
        for name in (f"{first} {middle} {last}", f"{first} {middle[:1]} {last}", f"{first} {last}"):
            spots = [at for at in range(1, len(words)) if _begins_with([*words[at:], ""], letters_of(name))]
            if len(spots) == 1:
                end = spots[0] + _begins_with([*words[spots[0] :], ""], letters_of(name))
                return Division(((0, spots[0]), (spots[0], end), (end, len(words))), "the signer is a related person")
    return None
