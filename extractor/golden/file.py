"""The file of a truth: JSON that a person edits, in a stable order."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from extractor.errors import ExtractorError

KIND: Literal["formd golden"] = "formd golden"

HELP = (
    "Look at the filing, not at this file: find each answer at its place, then set confirmed to true.",
    "value is what the filing says: null where it is blank, [] for a list or a group of boxes without any.",
    'An entry marked uncertain has the value "": type what the filing says. Amounts may be typed as 1000 or "$1,000".',
    "States and countries: EDGAR's code or name. boxes lists a group's boxes; value lists those that are checked.",
    "A list with another number of entries: correct the number, then add or delete the entries of that list.",
    "`formd golden check` names what is still open.",
)


class UnfitTruth(ExtractorError):
    """A truth that is not confirmed, or not valid. faults: what is wrong with it, one line each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        more = f" (and {len(faults) - 1} more; `formd golden check` lists them)" if len(faults) > 1 else ""
        super().__init__(f"{faults[0]}{more}")
        self.faults = faults


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Origin(_Part):
    """The filing that a truth is of: its file, as seen from the truth's directory, and the hash of its bytes."""

    file: str
    sha256: str


class Entry(_Part):
    """One answer. uncertain: why nothing was filled in. boxes: the labels of a group, of which value has the checked.

    raw, place: the text as it stands in the document, and where to look. confirmed: a person has looked.
    """

    path: str
    label: str = ""
    uncertain: tuple[str, ...] = ()
    raw: str = ""
    place: str = ""
    boxes: tuple[str, ...] = ()
    value: JsonValue
    confirmed: bool


class Unread(_Part):
    """Text of the answers area that nothing read. confirmed: a person has seen that no answer is lost with it."""

    text: str
    place: str
    confirmed: bool


class TruthFile(_Part):
    """The whole file."""

    kind: Literal["formd golden"] = KIND
    version: Literal[1] = 1
    source: Origin
    help: tuple[str, ...] = HELP
    entries: tuple[Entry, ...]
    unread: tuple[Unread, ...] = ()


def sha256_of(data: bytes) -> str:
    """The hash of a filing's bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def to_text(truth: TruthFile) -> str:
    """The file's text: one key a line, lists on one line, characters that cannot be seen as escapes."""
    head = truth.model_dump(mode="json", exclude={"entries", "unread", "help"})
    lines = [f"  {_json(key)}: {_json(value)}," for key, value in head.items()]
    return "\n".join(
        [
            "{",
            *lines,
            '  "help": [',
            _joined(f"    {_json(line)}" for line in truth.help),
            "  ],",
            '  "entries": [',
            _joined(_object(entry) for entry in truth.entries),
            "  ],",
            '  "unread": [' if truth.unread else '  "unread": []',
            *([_joined(_object(one) for one in truth.unread), "  ]"] if truth.unread else []),
            "}\n",
        ]
    )


def _joined(parts: Iterable[str]) -> str:
    return ",\n".join(parts)


def _object(part: Entry | Unread) -> str:
    """One entry; what says nothing (no place, no boxes) is left out."""
    kept = {
        key: value for key, value in part.model_dump(mode="json").items() if value not in ("", []) or key == "value"
    }
    return "    {\n" + _joined(f"      {_json(key)}: {_json(value)}" for key, value in kept.items()) + "\n    }"


def _json(value: JsonValue) -> str:
    r"""A value as JSON on one line, in which whatever could hide or turn text around is written as an escape.

    >>> print(_json(["Zoë", "a\u202eb"]))
    ["Zoë", "a\u202eb"]
    """
    text = json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in text)


def read_truth(path: Path) -> TruthFile:
    """The truth in a file. UnfitTruth: it is no such file; OSError: it cannot be opened."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        json.loads(text, object_pairs_hook=_no_key_twice)
        return TruthFile.model_validate_json(text)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise UnfitTruth(tuple(f"{_where(detail['loc'])}: {detail['msg']}" for detail in details)) from None
    except (ValueError, RecursionError) as error:
        raise UnfitTruth((f"expected a truth as `formd golden new` writes it, in JSON; {error}",)) from None


def is_truth(data: bytes) -> bool:
    """Whether a file's first bytes are those of a truth that `formd golden new` wrote."""
    return KIND.encode() in data[:200]


def _where(location: tuple[int | str, ...]) -> str:
    """A place in the file: entries counted from 1."""
    return " ".join(str(step + 1) if isinstance(step, int) else step for step in location) or "the file"


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = [key for key, _ in pairs]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise ValueError(f"{twice!r} stands twice in one entry")
    return dict(pairs)


def sources(path: Path, truth: TruthFile) -> Iterator[Path]:
    """Where the filing of a truth is looked for: where the truth says, then beside it."""
    named = truth.source.file.replace("\\", "/")
    yield path.parent / named
    yield path.parent / named.rpartition("/")[2]
