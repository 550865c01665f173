"""Truth from the SEC's quarterly data sets: the tables of a folder, and the filings that their rows make."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import regex
from pydantic import ValidationError

from extractor import values
from extractor.accuracy.fields import every_path
from extractor.accuracy.truth import Truth
from extractor.assemble import Value, nest
from extractor.errors import UnreadableInput
from extractor.form.dataset import ACCESSION, DATASET, ISSUERS, SPANS, Column, Table
from extractor.model import Filing
from extractor.outputs.paths import INDEX

MAY_HAVE_NO_ROW = frozenset({"RECIPIENTS"})
"""The tables of which a filing may have no row; in all others, a filing without a row is one that the file lacks."""

ALL_STATES = "All States"
"""What stands in both lists of states where the box All States is checked."""

_NO_ANSWER = ("fact", "filed", "key", "primary")
"""The kinds of columns that hold no answer of the form."""

_DAY_MONTH_YEAR = regex.compile(r"(?P<day>[0-9]{1,2})-(?P<month>[A-Za-z]{3})-(?P<year>[0-9]{4})")
_QUOTED = regex.compile(r'"(?:[^"]|"")*+"')

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of all tables in a folder, by table and accession number. damaged: lines that could not be read."""

    rows: Mapping[str, Mapping[str, list[Row]]]
    damaged: tuple[tuple[str, str], ...]

    def accessions(self) -> list[str]:
        """The accession numbers of all filings, sorted."""
        return sorted({accession for rows in self.rows.values() for accession in rows})

    def truth(self, accession: str) -> tuple[Truth, tuple[str, ...]]:
        """What the tables say of a filing, and what in them is no valid answer; of that, the truth does not speak."""
        draft = _Draft({}, set(), [])
        for table in DATASET:
            rows = self.rows.get(table.name, {}).get(accession, [])
            if not (rows or (table.name in MAY_HAVE_NO_ROW and table.name in self.rows)):
                continue
            header = self._header(table)
            draft.spoken |= {
                path for column in table.columns if column.name in header for path in _fields(table, column)
            }
            for prefix, row in _records(table, rows):
                for path, column, text in _answers(table, row):
                    try:
                        draft.told[prefix + path] = _value(column, text)
                    except values.ValueProblem as problem:
                        draft.drop(prefix + path, str(problem))
        filing = draft.filing()
        return Truth(accession, filing, frozenset(draft.spoken)), tuple(draft.faults)

    def _header(self, table: Table) -> frozenset[str]:
        """The columns that the table has, by its first row; all where it has none."""
        first = next((rows[0] for rows in self.rows[table.name].values() if rows), None)
        return frozenset(first or (column.name for column in table.columns))


def is_folder_of_tables(folder: Path) -> bool:
    """Whether a folder holds tables of the SEC's data sets."""
    return any(_table_of(path) for path in folder.glob("*.tsv"))


def read_tables(folder: Path) -> Tables:
    """The tables of a folder, told by how their files' names begin. UnreadableInput: one has no accession numbers."""
    rows: dict[str, dict[str, list[Row]]] = {}
    damaged: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.tsv")):
        table = _table_of(path)
        if table:
            by_accession: defaultdict[str, list[Row]] = defaultdict(list)
            for row in _rows(path, damaged):
                by_accession[row[ACCESSION]].append(row)
            for accession, more in by_accession.items():
                rows.setdefault(table.name, {}).setdefault(accession, []).extend(more)
            rows.setdefault(table.name, {})
    return Tables(rows, tuple(damaged))


def _table_of(path: Path) -> Table | None:
    return next((table for table in DATASET if path.name.upper().startswith(table.name)), None)


def _rows(path: Path, damaged: list[tuple[str, str]]) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        header = [cell.strip().upper() for cell in next(file, "").rstrip("\r\n").split("\t")]
        if ACCESSION not in header:
            raise UnreadableInput(f"expected the column {ACCESSION} in the first line of {path.name}, saw {header[:3]}")
        for number, line in enumerate(file, 2):
            cells = [_unquoted(cell) for cell in line.rstrip("\r\n").split("\t")]
            if len(cells) != len(header):
                reason = f"expected {len(header)} columns, saw {len(cells)}; the line is left out"
                damaged.append((f"{path.name} line {number}", reason))
            else:
                yield dict(zip(header, cells, strict=True))


def _unquoted(cell: str) -> str:
    """The text of a cell; one that holds quotes is written in quotes, and its own are doubled.

    >>> _unquoted('"The ""Fund"" of 1"'), _unquoted('6" pipes')
    ('The "Fund" of 1', '6" pipes')
    """
    return cell[1:-1].replace('""', '"') if _QUOTED.fullmatch(cell) else cell


def _records(table: Table, rows: list[Row]) -> list[tuple[str, Row]]:
    """The rows in their order, each with the path before its fields."""
    key = next((column.name for column in table.columns if column.kind == "key"), "")
    rows = sorted(rows, key=lambda row: int(row.get(key, "")) if row.get(key, "").isdecimal() else 0)
    if table.record == ISSUERS:
        primary = next((row for row in rows if row.get("IS_PRIMARYISSUER_FLAG", "").upper() == "YES"), None)
        others = [row for row in rows if row is not primary]
        first = [("primary_issuer.", primary)] if primary else []
        return first + [(f"additional_issuers[{index}].", row) for index, row in enumerate(others)]
    if not table.record:
        return [("", row) for row in rows[:1]]
    return [(f"{table.record.removesuffix('[]')}[{index}].", row) for index, row in enumerate(rows)]


def _fields(table: Table, column: Column) -> list[str]:
    """The fields, with [], of which a column speaks."""
    if column.kind in _NO_ANSWER:
        return []
    several = {"span": SPANS, "states": ("value", "states[].state")}.get(column.kind)
    below = [f"{column.path}.{one}" for one in several] if several else [INDEX.sub("", column.path)]
    records = ("primary_issuer", "additional_issuers[]") if table.record == ISSUERS else (table.record,)
    paths = [f"{record}.{path}".removeprefix(".") for record in records for path in below]
    return [path for path in paths if path in every_path()]


def _answers(table: Table, row: Row) -> Iterator[tuple[str, Column, str]]:
    """The answers of a row: path below its record, column, and text; blank ones are left out."""
    counts: Counter[str] = Counter()
    for column in table.columns:
        text = row.get(column.name, "").strip()
        if column.kind in _NO_ANSWER or not text:
            continue
        if column.kind == "span":
            box = next((box for box, word in SPANS.items() if word == text), None)
            yield (f"{column.path}.{box}", column, "true") if box else (column.path, column, text)
        elif column.kind in ("list", "states"):
            yield from _listed(column, text)
        elif column.kind == "name" and text == "None":
            yield column.path.partition("[")[0], column, ""
        elif "[" in column.path:
            name = column.path.partition("[")[0]
            yield f"{name}[{counts[name]}]", column, text
            counts[name] += 1
        else:
            yield column.path, column, text


def _listed(column: Column, text: str) -> Iterator[tuple[str, Column, str]]:
    """The elements of a list; those of the states of solicitation, or the box that stands for all of them."""
    path = f"{column.path}.states[].state" if column.kind == "states" else column.path
    if text == ALL_STATES:
        if column.kind == "states":
            yield f"{column.path}.value", column, text
        return
    before, _, below = path.partition("[]")
    for index, part in enumerate(text.split(", ")):
        yield f"{before}[{index}]{below}", column, part


@dataclass(slots=True)
class _Draft:
    """A truth in the making. told: valid answers by path. spoken: the fields it speaks of. faults: invalid answers."""

    told: dict[str, Value]
    spoken: set[str]
    faults: list[str]

    def drop(self, path: str, reason: str) -> None:
        """Tell what is wrong with an answer, and speak no more of its field."""
        self.faults.append(f"{path}: {reason}")
        self.told.pop(path, None)
        self.spoken.discard(INDEX.sub("[]", path).removesuffix("[]"))

    def filing(self) -> Filing:
        """The filing of the valid answers."""
        while True:
            try:
                return Filing.model_validate(nest(self.told))
            except ValidationError as error:
                details = error.errors(include_url=False)
            for detail in details:
                path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in detail["loc"])[1:]
                for one in [one for one in self.told if f"{path}.".startswith((f"{one}.", f"{one}["))]:
                    self.drop(one, f"{detail['msg']}; seen {self.told[one]!r}")


def _value(column: Column, text: str) -> Value:
    """The value of a column's text. ValueProblem: it is none of the column's kind."""
    if column.kind == "count":
        return values.count(text)
    if column.kind == "amount":
        return values.amount_or_indefinite(text)
    if column.kind in ("flag", "span"):
        return values.true_or_false(text)
    if column.kind == "date":
        match = _DAY_MONTH_YEAR.fullmatch(text)
        return values.date("{month} {day} {year}".format(**match.groupdict()) if match else text)
    return () if column.kind == "name" and not text else values.text(text)
