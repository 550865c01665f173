"""Filings whose answers no document had before, for benchmarks: the samples' truths with other words and numbers."""

import random
from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase, digits
from typing import TypeVar

import extractor
from extractor.model import Filing, Record

SAMPLES = Path(__file__).parents[2] / "samples"

Part = TypeVar("Part", bound=Record)

FREE = frozenset(
    {
        "street1", "street2", "city", "zip_code", "first_name", "middle_name", "last_name", "entity_name",
        "issuer_name", "cik", "signature_name", "name_of_signer", "signature_title", "recipient_name",
        "associated_bd_name",
        "clarification_of_response", "relationship_clarification",
    }
)  # fmt: skip
"""Fields that a filer answers in words of his own."""


def varied_filings(count: int, seed: int = 0) -> Iterator[Filing]:
    """Yield filings laid out as the samples are, each with answers of its own; the same for the same seed."""
    chance = random.Random(seed)
    truths = [extractor.from_edgar_xml(path.read_text()) for path in sorted(SAMPLES.glob("*.xml"))]
    for number in range(count):
        yield _varied_record(truths[number % len(truths)], chance)


def _varied_record(part: Part, chance: random.Random) -> Part:
    return part.model_copy(update={name: _varied(value, name, chance) for name, value in part.__dict__.items()})


def _varied(value: object, name: str, chance: random.Random) -> object:
    if isinstance(value, Record):
        return _varied_record(value, chance)
    if isinstance(value, tuple):
        return tuple(_varied(one, name, chance) for one in value)
    if isinstance(value, str) and name in FREE:
        return "".join(_other(letter, chance) for letter in value)
    if isinstance(value, int) and not isinstance(value, bool) and value > 99:
        return value + chance.randrange(100)
    return value


def _other(letter: str, chance: random.Random) -> str:
    if letter in digits:
        return chance.choice("123456789")
    if letter.lower() in ascii_lowercase:
        other = chance.choice("abcdefghijklmnopqrstuvwyz")
        return other if letter.islower() else other.upper()
    return letter
