"""The columns of the SEC's tables: every path is a field, and the published tables have the same header."""

from itertools import pairwise
from pathlib import Path

import pytest

from extractor.form.dataset import DATASET, ISSUERS, Column, Table
from extractor.outputs.paths import field_paths, is_field

PUBLISHED = Path(__file__).parents[1].parent / "shared" / "datasets"

NOT_IN_THE_TABLES = {
    "primary_issuer.ccc",  # a password
    "additional_issuers[].ccc",
    "return_copy",  # how a filer wants to be answered
    "contact_data.contact_name",
    "contact_data.contact_phone_number",
    "contact_data.contact_email_address",
    "notification_addresses[]",
}
"""Fields of the schema that the SEC publishes nowhere."""


def paths(table: Table, column: Column) -> list[str]:
    """The full paths, without indexes, of the fields that a column takes its value from."""
    if column.kind in ("fact", "filed", "key", "primary"):
        return []
    records = ("primary_issuer", "additional_issuers[]") if table.record == ISSUERS else (table.record,)
    below = column.path.replace("[0]", "[]").replace("[1]", "[]").replace("[2]", "[]")
    return [f"{record}.{below}".removeprefix(".") for record in records]


EVERY = [(table, column) for table in DATASET for column in table.columns]


@pytest.mark.parametrize(("table", "column"), EVERY, ids=lambda part: part.name)
def test_every_column_takes_its_value_from_a_field(table: Table, column: Column) -> None:
    assert all(is_field(path) for path in paths(table, column))


def test_every_field_of_a_filing_has_its_column() -> None:
    covered = {path for table, column in EVERY for path in paths(table, column)}
    leaves = {path for path, after in pairwise([*field_paths(), ""]) if not after.startswith((f"{path}.", f"{path}["))}
    covered |= {path.removesuffix("[]") for path in covered}
    spans = {path for path in leaves if path.rpartition(".")[0] in covered}
    values = {path for path in leaves if "states_of_solicitation." in path}  # STATES_OR_VALUE_LIST has them
    missing = {path for path in leaves if path not in covered and path.removesuffix("[]") not in covered}
    assert missing - spans - values == NOT_IN_THE_TABLES


def test_names_are_told_apart() -> None:
    for table in DATASET:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        assert names[0] == "ACCESSIONNUMBER"
        assert set(table.key) <= set(names)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="needs the SEC's data sets")
@pytest.mark.parametrize("name", ["FORMDSUBMISSION", "ISSUERS", "OFFERING"])
def test_the_header_is_that_of_the_published_table(name: str) -> None:
    published = next(PUBLISHED.glob(f"{name}-*.tsv")).read_text(encoding="utf-8").partition("\n")[0].split("\t")
    table = next(table for table in DATASET if table.name == name)
    assert [column.name for column in table.columns] == [column.rstrip("\r") for column in published]
