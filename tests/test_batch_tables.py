"""The SEC's tables of a run: what EDGAR's XML says, in the SEC's columns, with its types, in every kind of file."""

import dataclasses
import importlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from lxml import etree

import extractor
from extractor.batch.assembly import write
from extractor.batch.journal import Entry
from extractor.batch.reading import pieces_of
from extractor.batch.row import Row, Status
from extractor.batch.shards import SQLITE_PARTS, Shard
from extractor.batch.store import Folder
from extractor.batch.tasks import Settings
from extractor.finding import Finding, Problem, ProblemKind
from tests.batches import SAMPLES, formd_batch, many, rows, tree

PUBLISHED = Path(__file__).parents[1].parent / "shared" / "datasets"

Cell = str | int | bool | None

OFFERING = {
    "INDUSTRYGROUPTYPE": "industryGroup/industryGroupType",
    "INVESTMENTFUNDTYPE": "industryGroup/investmentFundInfo/investmentFundType",
    "IS40ACT": "industryGroup/investmentFundInfo/is40Act",
    "REVENUERANGE": "issuerSize/revenueRange",
    "AGGREGATENETASSETVALUERANGE": "issuerSize/aggregateNetAssetValueRange",
    "ISAMENDMENT": "typeOfFiling/newOrAmendment/isAmendment",
    "PREVIOUSACCESSIONNUMBER": "typeOfFiling/newOrAmendment/previousAccessionNumber",
    "SALE_DATE": "typeOfFiling/dateOfFirstSale/value",
    "MORETHANONEYEAR": "durationOfOffering/moreThanOneYear",
    "DESCRIPTIONOFOTHERTYPE": "typesOfSecuritiesOffered/descriptionOfOtherType",
    "ISBUSINESSCOMBINATIONTRANS": "businessCombinationTransaction/isBusinessCombinationTransaction",
    "BUSCOMBCLARIFICATIONOFRESP": "businessCombinationTransaction/clarificationOfResponse",
    "MINIMUMINVESTMENTACCEPTED": "minimumInvestmentAccepted",
    "TOTALOFFERINGAMOUNT": "offeringSalesAmounts/totalOfferingAmount",
    "TOTALAMOUNTSOLD": "offeringSalesAmounts/totalAmountSold",
    "TOTALREMAINING": "offeringSalesAmounts/totalRemaining",
    "SALESAMTCLARIFICATIONOFRESP": "offeringSalesAmounts/clarificationOfResponse",
    "HASNONACCREDITEDINVESTORS": "investors/hasNonAccreditedInvestors",
    "NUMBERNONACCREDITEDINVESTORS": "investors/numberNonAccreditedInvestors",
    "TOTALNUMBERALREADYINVESTED": "investors/totalNumberAlreadyInvested",
    "SALESCOMM_DOLLARAMOUNT": "salesCommissionsFindersFees/salesCommissions/dollarAmount",
    "FINDERSFEE_DOLLARAMOUNT": "salesCommissionsFindersFees/findersFees/dollarAmount",
    "FINDERFEECLARIFICATIONOFRESP": "salesCommissionsFindersFees/clarificationOfResponse",
    "GROSSPROCEEDSUSED_DOLLARAMOUNT": "useOfProceeds/grossProceedsUsed/dollarAmount",
    "GROSSPROCEEDSUSED_CLAROFRESP": "useOfProceeds/clarificationOfResponse",
    "AUTHORIZEDREPRESENTATIVE": "signatureBlock/authorizedRepresentative",
}
"""Where the XML says what a column holds, below its offeringData."""

PRESENCE = {
    "YETTOOCCUR": "typeOfFiling/dateOfFirstSale/yetToOccur",
    "ISEQUITYTYPE": "typesOfSecuritiesOffered/isEquityType",
    "ISDEBTTYPE": "typesOfSecuritiesOffered/isDebtType",
    "ISPOOLEDINVESTMENTFUNDTYPE": "typesOfSecuritiesOffered/isPooledInvestmentFundType",
    "ISOTHERTYPE": "typesOfSecuritiesOffered/isOtherType",
    "SALESCOMM_ISESTIMATE": "salesCommissionsFindersFees/salesCommissions/isEstimate",
    "GROSSPROCEEDSUSED_ISESTIMATE": "useOfProceeds/grossProceedsUsed/isEstimate",
}
"""Boxes that the XML marks by an element's presence."""

REPEATED = {
    "ISSUERS": ("primaryIssuer|issuerList/issuer", "ENTITYNAME", "entityName"),
    "RELATEDPERSONS": ("relatedPersonsList/relatedPersonInfo", "LASTNAME", "relatedPersonName/lastName"),
    "RECIPIENTS": ("offeringData/salesCompensationList/recipient", "RECIPIENTNAME", "recipientName"),
    "SIGNATURES": ("offeringData/signatureBlock/signature", "SIGNATURETITLE", "signatureTitle"),
}

FILES = sorted(SAMPLES.glob("*.xml"))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over the XML of all samples, with every kind of output."""
    folder = tmp_path_factory.mktemp("tables") / "work"
    folder.mkdir()
    formd_batch(*map(str, FILES), "-o", "out", "--to", "jsonl,parquet,tsv,sqlite,xml", "--shard", "6", cwd=folder)
    return folder / "out"


def from_tsv(out: Path, table: str) -> list[dict[str, Cell]]:
    found: list[dict[str, Cell]] = []
    for path in sorted((out / "tsv" / table).iterdir()):
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        found += [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]
    return found


def from_sqlite(out: Path, table: str) -> list[dict[str, Cell]]:
    with closing(sqlite3.connect(out / "filings.sqlite")) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(f"SELECT * FROM {table}")]


def from_parquet(out: Path, table: str) -> list[dict[str, Cell]]:
    found: list[dict[str, Cell]] = (
        importlib.import_module("pyarrow.parquet").read_table(out / "parquet" / table).to_pylist()
    )
    return found


def plain(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def truths() -> Iterator[tuple[int, etree._Element]]:
    for number, path in enumerate(FILES, 1):
        yield number, etree.parse(path).getroot()


def spelled(value: Cell) -> str | None:
    """A value of Parquet as the XML writes it."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else None if value is None else str(value)


def test_the_offering_is_what_the_xml_says(out: Path) -> None:
    by_document = {row["DOCUMENT"]: row for row in from_parquet(out, "OFFERING")}
    assert len(by_document) == len(FILES)
    for number, root in truths():
        offering = root.find("offeringData")
        assert offering is not None
        row = by_document[number]
        for column, path in OFFERING.items():
            assert spelled(row[column]) == plain(offering.findtext(path)), (FILES[number - 1], column)
        for column, path in PRESENCE.items():
            assert bool(row[column]) == (plain(offering.findtext(path)) == "true"), (FILES[number - 1], column)
        items = [plain(item.text) for item in offering.findall("federalExemptionsExclusions/item")]
        assert row["FEDERALEXEMPTIONS_ITEMS_LIST"] == ", ".join(item for item in items if item)


@pytest.mark.parametrize("table", REPEATED)
def test_repeated_records_are_numbered_as_the_sec_does(table: str, out: Path) -> None:
    where, column, element = REPEATED[table]
    expected = [
        (number, 101 + index, plain(record.findtext(element)))
        for number, root in truths()
        for index, record in enumerate(each for path in where.split("|") for each in root.findall(path))
    ]
    found = from_parquet(out, table)
    key = next(name for name in found[0] if name.endswith("_SEQ_KEY"))
    assert [(row["DOCUMENT"], row[key], row[column]) for row in found] == expected


def test_every_kind_of_table_says_the_same(out: Path) -> None:
    for table in ("INPUTS", "FORMDSUBMISSION", "OFFERING", *REPEATED, "PROBLEMS", "FINDINGS"):
        parquet, database, tsv = (read(out, table) for read in (from_parquet, from_sqlite, from_tsv))
        assert (
            [list(row) for row in parquet[:1]] == [list(row) for row in database[:1]] == [list(row) for row in tsv[:1]]
        )
        assert [[spelled(value) or "" for value in row.values()] for row in parquet] == [
            list(row.values()) for row in tsv
        ]
        assert len(database) == len(parquet)
        for row, same in zip(database, parquet, strict=True):
            assert {name: str(value) for name, value in row.items() if value is not None} == {
                name: str(int(value) if isinstance(value, bool) else value)
                for name, value in same.items()
                if value is not None
            }


def test_a_blank_is_null_and_types_are_types(out: Path) -> None:
    schema = importlib.import_module("pyarrow.parquet").read_schema(next((out / "parquet" / "OFFERING").iterdir()))
    kinds = {field.name: str(field.type) for field in schema}
    assert (kinds["SALE_DATE"], kinds["ISEQUITYTYPE"], kinds["TOTALAMOUNTSOLD"]) == ("date32[day]", "bool", "int64")
    assert (kinds["TOTALOFFERINGAMOUNT"], kinds["DOCUMENT"]) == ("string", "int64")
    for table in ("OFFERING", "FINDINGS", "PROBLEMS", *REPEATED):
        assert not [row for row in from_parquet(out, table) + from_sqlite(out, table) if "" in row.values()]
    with closing(sqlite3.connect(out / "filings.sqlite")) as database:
        of_amounts = "SELECT DISTINCT typeof(TOTALOFFERINGAMOUNT), TOTALOFFERINGAMOUNT = 'Indefinite' FROM OFFERING"
        assert set(database.execute(of_amounts)) <= {("integer", 0), ("text", 1)}
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM ISSUERS WHERE CIK = '1'").fetchall()
        assert "ISSUERS_CIK" in str(plan)


def test_the_inputs_are_the_manifest(out: Path) -> None:
    manifest = rows(out)
    assert [(row["DOCUMENT"], row["INPUT"], row["STATUS"], row["SHA256"]) for row in from_parquet(out, "INPUTS")] == [
        (row["document"], row["input"], row["status"], row["sha256"]) for row in manifest
    ]


def test_pandas_and_duckdb_load_the_tables(out: Path) -> None:
    pandas = importlib.import_module("pandas")
    frame = pandas.read_parquet(out / "parquet" / "OFFERING")
    assert len(frame) == len(FILES)
    sold = sum(int(root.findtext("offeringData/offeringSalesAmounts/totalAmountSold") or 0) for _, root in truths())
    assert int(frame["TOTALAMOUNTSOLD"].sum()) == sold
    duckdb = importlib.import_module("duckdb")
    for source in (
        f"'{out}/parquet/OFFERING/*.parquet'",
        f"read_csv('{out}/tsv/OFFERING/*.tsv', delim='\t', quote='')",
    ):
        assert duckdb.sql(f"SELECT sum(TOTALAMOUNTSOLD) FROM {source}").fetchall() == [(sold,)]


@pytest.mark.skipif(not PUBLISHED.exists(), reason="needs the SEC's data sets")
def test_the_tables_join_with_the_published_ones(tmp_path: Path) -> None:
    duckdb = importlib.import_module("duckdb")
    published = next(PUBLISHED.glob("FORMDSUBMISSION-*.tsv"))
    number = published.read_text(encoding="utf-8").splitlines()[7].split("\t")[0]
    xml = (SAMPLES / "alder-creek-robotics.xml").read_text(encoding="utf-8")
    body = xml[xml.index("<edgarSubmission") :]
    facts = f"ACCESSION NUMBER:\t\t{number}\nFILED AS OF DATE:\t\t20201231\n"
    header = f"<SEC-HEADER>x.hdr.sgml : 20201231\n{facts}</SEC-HEADER>"
    document = f"<DOCUMENT>\n<TYPE>D\n<TEXT>\n<XML>\n{body}\n</XML>\n</TEXT>\n</DOCUMENT>\n"
    (tmp_path / "a.txt").write_text(f"<SEC-DOCUMENT>a.txt : 20201231\n{header}\n{document}</SEC-DOCUMENT>\n", "utf-8")
    formd_batch("a.txt", "-o", "out", "--to", "parquet,tsv", cwd=tmp_path)
    query = """
        SELECT ours.FILING_DATE, strptime(theirs.FILING_DATE, '%d-%b-%Y')::DATE, mine.FILING_DATE
        FROM '{out}/parquet/FORMDSUBMISSION/*.parquet' ours
        JOIN read_csv('{published}', delim='\t', quote='', all_varchar=true) theirs USING (ACCESSIONNUMBER)
        JOIN read_csv('{out}/tsv/FORMDSUBMISSION/*.tsv', delim='\t', quote='', all_varchar=true) mine
            USING (ACCESSIONNUMBER)
    """.format(out=tmp_path / "out", published=published)
    [(ours, theirs, mine)] = duckdb.sql(query).fetchall()
    assert (str(ours), mine) == ("2020-12-31", "31-DEC-2020")
    assert theirs.year == 2020


def test_changed_inputs_stand_once_in_every_table(tmp_path: Path) -> None:
    kinds = "jsonl,parquet,tsv,sqlite,xml"
    paths = many(tmp_path / "in", 7)
    formd_batch("in", "-o", "out", "--to", kinds, "--shard", "3", cwd=tmp_path)
    paths[2].write_bytes((SAMPLES / "alder-creek-robotics.xml").read_bytes())
    formd_batch("in", "-o", "out", "--to", kinds, "--shard", "3", cwd=tmp_path)
    for read in (from_parquet, from_sqlite, from_tsv):
        sold = sorted(int(row["TOTALAMOUNTSOLD"] or 0) for row in read(tmp_path / "out", "OFFERING"))
        assert sold == [0, 1, 3, 4, 5, 6, 2500000]
        assert len(read(tmp_path / "out", "INPUTS")) == 7


def test_two_runs_leave_the_same_bytes(tmp_path: Path) -> None:
    many(tmp_path / "in", 30)
    for out in ("one", "two"):
        formd_batch("in", "-o", out, "--to", "parquet,tsv,sqlite", "--shard", "8", "--workers", "3", cwd=tmp_path)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_half_a_surrogate_pair_is_written_as_an_escape(tmp_path: Path) -> None:
    extraction = dataclasses.replace(
        extractor.extract(SAMPLES / "alder-creek-robotics.xml"),
        findings=(Finding("a", "whole", None, "rule"), Finding("b", "half \ud800", None, "rule")),
        problems=(Problem("b", ProblemKind.AMBIGUOUS, "what is \udfff?"),),
    )
    kinds = ("jsonl", "parquet", "tsv", "sqlite")
    inputs = [Row("in/\udcff.xml", Status.PROBLEMS), Row("in/b.xml", Status.DONE)]
    entries = [Entry(row, pieces_of(extraction, kinds)) for row in inputs]
    write(Shard(0, 10), iter(entries), Settings(kinds, 1.0, 0, "1"), Folder(tmp_path))
    expected = [(1, "whole"), (1, "half \\ud800"), (2, "whole"), (2, "half \\ud800")]
    with closing(sqlite3.connect(tmp_path / SQLITE_PARTS / "part-00000.sqlite")) as database:
        assert database.execute("SELECT DOCUMENT, RAW FROM FINDINGS").fetchall() == expected
        assert database.execute("SELECT INPUT FROM INPUTS").fetchall() == [("in/\\udcff.xml",), ("in/b.xml",)]
    table = importlib.import_module("pyarrow.parquet").read_table(tmp_path / "parquet" / "FINDINGS")
    assert [(row["DOCUMENT"], row["RAW"]) for row in table.to_pylist()] == expected
    lines = (tmp_path / "tsv" / "PROBLEMS" / "part-00000.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[5] for line in lines] == ["MESSAGE", "what is \\udfff?", "what is \\udfff?"]
    results = (tmp_path / "jsonl" / "part-00000.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["findings"][1]["raw"] for line in results] == ["half \ud800"] * 2
