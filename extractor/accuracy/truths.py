"""All truths of a run, and which of them a result belongs to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import regex

from extractor.accuracy.tables import Tables, is_folder_of_tables, read_tables
from extractor.accuracy.truth import Truth, read_truth
from extractor.errors import UnreadableInput
from extractor.model import Filing

SUFFIXES = frozenset({".xml", ".json"})
"""The files of a folder that are truths."""

_ACCESSION = regex.compile(r"(?<![0-9])([0-9]{10})-?([0-9]{2})-?([0-9]{6})(?![0-9])")


def names_of(path: str, facts: Mapping[str, str] | None = None) -> Iterator[str]:
    """What a filing may be called, the surest first: the accession number of its header, its path, its stem.

    >>> list(names_of("in/a.pdf.json"))
    ['in/a.pdf.json', 'in/a.pdf', 'in/a', 'a.pdf.json', 'a.pdf', 'a']
    >>> list(names_of("x.txt", {"accession_number": "0001968399-23-000002"}))[0]
    '0001968399-23-000002'
    """
    accession = _accession((facts or {}).get("accession_number", ""))
    if accession:
        yield accession
    for start in (PurePosixPath(path.replace("\\", "/")), PurePosixPath(path.replace("\\", "/")).name):
        name = PurePosixPath(start)
        yield str(name)
        while name.suffix and name.with_suffix("") != name:
            name = name.with_suffix("")
            yield str(name)
    accession = _accession(path)
    if accession:
        yield accession


def _accession(text: str) -> str:
    match = _ACCESSION.search(text)
    return "-".join(match.groups()) if match else ""


@dataclass(frozen=True, slots=True)
class Truths:
    """The truths of a run, read when they are asked for.

    files: the path of each truth by its name. given: truths at hand. tables: those of the SEC. keys: the name of the
    truth by each of the names that a result of it may have; "" where two truths have it.
    """

    files: Mapping[str, Path]
    given: Mapping[str, Truth]
    tables: Tables | None
    keys: Mapping[str, str]

    def names(self) -> list[str]:
        """The names of all truths, sorted."""
        return sorted(self.files or self.given or (self.tables.accessions() if self.tables else ()))

    def name_for(self, names: Iterable[str]) -> str | None:
        """The name of the one truth that a filing of these names belongs to."""
        return next((self.keys[name] for name in names if self.keys.get(name)), None)

    def read(self, name: str) -> tuple[Truth, tuple[str, ...]]:
        """A truth, and what in it could not be read. ExtractorError, OSError: nothing of it can be."""
        if self.tables:
            return self.tables.truth(name)
        return (self.given[name] if name in self.given else read_truth(self.files[name], name)), ()


def truths_given(truths: Mapping[str, Filing | Truth]) -> Truths:
    """Truths at hand, by stem or accession number."""
    given = {name: one if isinstance(one, Truth) else Truth(name, one) for name, one in truths.items()}
    return Truths({}, given, None, _keys(given))


def truths_in(path: Path) -> Truths:
    """The truths of a file, a folder of XML and JSON, or a folder of the SEC's tables.

    UnreadableInput: there are none.
    """
    if path.is_dir() and is_folder_of_tables(path):
        tables = read_tables(path)
        return Truths({}, {}, tables, _keys(tables.accessions()))
    if not path.exists():
        raise UnreadableInput(f"expected a folder of truths, or a file; there is no {str(path)!r}")
    found = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    top = path if path.is_dir() else path.parent
    files = {one.relative_to(top).as_posix(): one for one in found if one.suffix.casefold() in SUFFIXES}
    if not files:
        raise UnreadableInput(
            f"expected truths in {str(path)!r}: EDGAR's XML, JSON, or the SEC's tables (ISSUERS.tsv ...); found none"
        )
    return Truths(files, {}, None, _keys(files))


def _keys(names: Iterable[str]) -> dict[str, str]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for key in names_of(name):
            owners[key].add(name)
    return {key: min(names) if len(names) == 1 else "" for key, names in owners.items()}
