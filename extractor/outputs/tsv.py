"""Tables as the SEC publishes them: separated by tabs, UTF-8, nothing quoted, a blank where there is no value.

Tabs and line ends within a value become spaces, since nothing is quoted. Flags are `true` and `false`.
"""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import regex

from extractor.form.dataset import DATASET
from extractor.outputs.said import BETWEEN
from extractor.outputs.tables import LAYOUTS, Rows, Series, Value, spread

ENCODING = "utf-8"
ERRORS = "backslashreplace"
SEPARATOR = "\t"

_BREAKS = regex.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_FILED = {(table.name, column.name) for table in DATASET for column in table.columns if column.kind == "filed"}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


class TsvTables:
    """A file for each table, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._paths = {layout.name: folder / f"{layout.name}.tsv" for layout in LAYOUTS}
        self._files = {
            name: path.open("w", encoding=ENCODING, errors=ERRORS, newline="") for name, path in self._paths.items()
        }
        for layout in LAYOUTS:
            self._files[layout.name].write(SEPARATOR.join(layout.columns) + "\n")
        self._dates = {
            layout.name: [at for at, name in enumerate(layout.columns) if (layout.name, name) in _FILED]
            for layout in LAYOUTS
        }

    def add(self, rows: Mapping[str, Rows]) -> None:
        """Write rows, by table."""
        for name, of_table in rows.items():
            columns = [_cells(column, of_table.length) for column in of_table.columns]
            for at in self._dates[name] if columns else ():
                columns[at] = list(map(filed, columns[at]))
            self._files[name].writelines([SEPARATOR.join(row) + "\n" for row in zip(*columns, strict=True)])

    def close(self) -> Iterator[tuple[str, Path]]:
        """The tables' names and files."""
        for file in self._files.values():
            file.close()
        yield from self._paths.items()


def _cells(column: Series, length: int) -> Sequence[str]:
    """A column as it stands in the table."""
    if column is None or isinstance(column, (str, int)):
        return [spelled(column)] * length
    if isinstance(column, dict) and "lines" in column and column["lines"].replace(BETWEEN, "").isprintable():
        return column["lines"].split(BETWEEN)
    return list(map(spelled, spread(column, length)))


def spelled(value: Value) -> str:
    r"""A value as it stands in the table.

    >>> [spelled(value) for value in (None, True, 0, "Indefinite", "two\nlines")]
    ['', 'true', '0', 'Indefinite', 'two lines']
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value if value.isprintable() else _BREAKS.sub(" ", value)
    return str(value).lower()


def filed(date: str) -> str:
    """The date of a filing as the SEC writes it.

    >>> filed("2020-12-31"), filed("")
    ('31-DEC-2020', '')
    """
    if not date:
        return ""
    day = datetime.date.fromisoformat(date)
    return f"{day.day:02}-{_MONTHS[day.month - 1]}-{day.year}"


def without(path: Path, documents: Collection[int], draft: Path) -> None:
    """Write a table's file once more, without the rows of some documents."""
    unwanted = {str(document) for document in documents}
    with path.open(encoding=ENCODING, newline="") as old, draft.open("w", encoding=ENCODING, newline="") as new:
        new.writelines(line for line in old if line.partition(SEPARATOR)[0] not in unwanted)
