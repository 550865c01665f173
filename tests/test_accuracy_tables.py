"""Truth from the SEC's tables: all six as they are published, and the three that are at hand."""

import csv
import io
from pathlib import Path

import pytest

from extractor.accuracy.inputs import inputs_in
from extractor.accuracy.run import compare_inputs
from extractor.accuracy.tables import read_tables
from extractor.accuracy.truths import truths_in
from extractor.errors import UnreadableInput
from extractor.extract import Extraction
from extractor.form.dataset import DATASET
from extractor.model import Filing
from extractor.outputs.to_json import to_json

PUBLISHED = Path(__file__).parents[1].parent / "shared" / "datasets"
ACCESSION = "0000000017-20-000001"

ROWS: dict[str, list[dict[str, str]]] = {
    "FORMDSUBMISSION": [
        {"FILING_DATE": "31-DEC-2020", "SCHEMAVERSION": "X0708", "SUBMISSIONTYPE": "D", "TESTORLIVE": "LIVE"}
    ],
    "ISSUERS": [
        {"IS_PRIMARYISSUER_FLAG": "NO", "ISSUER_SEQ_KEY": "102", "ENTITYNAME": "Second LP", "CIK": "0000000018"},
        {
            "IS_PRIMARYISSUER_FLAG": "YES",
            "ISSUER_SEQ_KEY": "101",
            "CIK": "0000000017",
            "ENTITYNAME": '"The ""First"" Fund"',
            "STATEORCOUNTRY": "E9",
            "ISSUER_PREVIOUSNAME_1": "Old One",
            "ISSUER_PREVIOUSNAME_2": "Old Two",
            "EDGAR_PREVIOUSNAME_1": "None",
            "YEAROFINC_TIMESPAN_CHOICE": "withinFiveYears",
            "YEAROFINC_VALUE_ENTERED": "2018",
        },
    ],
    "OFFERING": [
        {
            "INDUSTRYGROUPTYPE": "Pooled Investment Fund",
            "INVESTMENTFUNDTYPE": "Hedge Fund",
            "IS40ACT": "false",
            "FEDERALEXEMPTIONS_ITEMS_LIST": "06b, 3C, 3C.1",
            "ISAMENDMENT": "false",
            "SALE_DATE": "24-NOV-2020",
            "ISEQUITYTYPE": "true",
            "MINIMUMINVESTMENTACCEPTED": "0",
            "TOTALOFFERINGAMOUNT": "Indefinite",
            "TOTALAMOUNTSOLD": "72231961",
        }
    ],
    "RECIPIENTS": [
        {
            "RECIPIENT_SEQ_KEY": "101",
            "RECIPIENTNAME": "Ann",
            "STATES_OR_VALUE_LIST": "NY, TX",
            "DESCRIPTIONS_LIST": "NEW YORK, TEXAS",
        },
        {
            "RECIPIENT_SEQ_KEY": "102",
            "RECIPIENTNAME": "Bob",
            "STATES_OR_VALUE_LIST": "All States",
            "DESCRIPTIONS_LIST": "All States",
        },
    ],
    "RELATEDPERSONS": [
        {"RELATEDPERSON_SEQ_KEY": "110", "FIRSTNAME": "Zoë", "LASTNAME": "Last"},
        {
            "RELATEDPERSON_SEQ_KEY": "102",
            "LASTNAME": "First",
            "RELATIONSHIP_1": "Director",
            "RELATIONSHIP_2": "Promoter",
        },
    ],
    "SIGNATURES": [{"SIGNATURE_SEQ_KEY": "101", "ISSUERNAME": "First", "SIGNATUREDATE": "2020-12-30"}],
}


def write_tables(folder: Path, rows: dict[str, list[dict[str, str]]]) -> Path:
    """The tables as the SEC publishes them: every column of each, in its order."""
    folder.mkdir()
    for table in DATASET:
        if table.name in rows:
            names = [column.name for column in table.columns]
            lines = ["\t".join(names)]
            lines += [
                "\t".join({"ACCESSIONNUMBER": ACCESSION, **row}.get(name, "") for name in names)
                for row in rows[table.name]
            ]
            (folder / f"{table.name}.tsv").write_text("\r\n".join([*lines, ""]), encoding="utf-8")
    return folder


def test_all_six_tables_make_one_filing(tmp_path: Path) -> None:
    tables = read_tables(write_tables(tmp_path / "tables", ROWS))
    assert (tables.accessions(), tables.damaged) == ([ACCESSION], ())
    truth, faults = tables.truth(ACCESSION)
    assert faults == ()
    assert truth.filing.model_dump(mode="json", exclude_defaults=True) == {
        "schema_version": "X0708",
        "submission_type": "D",
        "test_or_live": "LIVE",
        "primary_issuer": {
            "cik": "0000000017",
            "entity_name": 'The "First" Fund',
            "issuer_address": {"state_or_country": "E9"},
            "issuer_previous_names": ["Old One", "Old Two"],
            "edgar_previous_names": [],
            "year_of_inc": {"within_five_years": True, "value": 2018},
        },
        "additional_issuers": [{"cik": "0000000018", "entity_name": "Second LP"}],
        "related_persons": [
            {"related_person_name": {"last_name": "First"}, "related_person_relationships": ["Director", "Promoter"]},
            {"related_person_name": {"first_name": "Zoë", "last_name": "Last"}},
        ],
        "industry_group": {
            "industry_group_type": "Pooled Investment Fund",
            "investment_fund_info": {"investment_fund_type": "Hedge Fund", "is40_act": False},
        },
        "federal_exemptions_exclusions": ["06b", "3C", "3C.1"],
        "type_of_filing": {
            "new_or_amendment": {"is_amendment": False},
            "date_of_first_sale": {"value": "2020-11-24"},
        },
        "types_of_securities_offered": {"is_equity_type": True},
        "minimum_investment_accepted": 0,
        "sales_compensation": [
            {
                "recipient_name": "Ann",
                "states_of_solicitation": {
                    "states": [{"state": "NY", "description": "NEW YORK"}, {"state": "TX", "description": "TEXAS"}]
                },
            },
            {"recipient_name": "Bob", "states_of_solicitation": {"value": "All States"}},
        ],
        "offering_sales_amounts": {"total_offering_amount": "Indefinite", "total_amount_sold": 72231961},
        "signature_block": {"signatures": [{"issuer_name": "First", "signature_date": "2020-12-30"}]},
    }


def test_a_table_that_is_not_there_is_not_spoken_of(tmp_path: Path) -> None:
    truth, _ = read_tables(write_tables(tmp_path / "tables", {"ISSUERS": ROWS["ISSUERS"]})).truth(ACCESSION)
    assert truth.paths is not None
    assert {path.partition(".")[0] for path in truth.paths} == {"primary_issuer", "additional_issuers[]"}
    assert "primary_issuer.ccc" not in truth.paths
    assert "primary_issuer.year_of_inc.over_five_years" in truth.paths


def test_a_filing_without_a_row_of_recipients_has_none(tmp_path: Path) -> None:
    other = {"ACCESSIONNUMBER": "0000000099-20-000001", "RECIPIENT_SEQ_KEY": "101", "RECIPIENTNAME": "Cy"}
    rows = {"OFFERING": ROWS["OFFERING"], "RECIPIENTS": [other], "SIGNATURES": [{**other, "SIGNATURE_SEQ_KEY": "101"}]}
    truth, _ = read_tables(write_tables(tmp_path / "tables", rows)).truth(ACCESSION)
    assert truth.paths is not None
    assert truth.filing.sales_compensation == ()
    assert "sales_compensation[].recipient_name" in truth.paths
    assert "signature_block.signatures[].issuer_name" not in truth.paths


def test_an_answer_that_is_none_is_told_and_not_held_against_the_result(tmp_path: Path) -> None:
    rows = {"OFFERING": [{**ROWS["OFFERING"][0], "SALE_DATE": "40-NOV-2020", "INDUSTRYGROUPTYPE": "Sorcery"}]}
    truth, faults = read_tables(write_tables(tmp_path / "tables", rows)).truth(ACCESSION)
    assert [fault.partition(":")[0] for fault in faults] == [
        "type_of_filing.date_of_first_sale.value",
        "industry_group.industry_group_type",
    ]
    assert truth.paths is not None
    assert truth.paths.isdisjoint({"type_of_filing.date_of_first_sale.value", "industry_group.industry_group_type"})
    assert truth.filing.offering_sales_amounts.total_amount_sold == 72231961


def test_a_line_with_too_few_columns_is_told(tmp_path: Path) -> None:
    folder = write_tables(tmp_path / "tables", {"OFFERING": ROWS["OFFERING"]})
    with (folder / "OFFERING.tsv").open("a", encoding="utf-8") as file:
        file.write("0000000018-20-000001\tInsurance\n")
    tables = read_tables(folder)
    assert tables.accessions() == [ACCESSION]
    assert tables.damaged == (("OFFERING.tsv line 3", "expected 41 columns, saw 2; the line is left out"),)
    report = compare_inputs([], truths_in(folder))
    assert ("OFFERING.tsv line 3", "expected 41 columns, saw 2; the line is left out") in report.unread


def test_a_table_without_accession_numbers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ISSUERS.tsv").write_text("CIK\tENTITYNAME\n1\tA\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="ACCESSIONNUMBER"):
        read_tables(tmp_path)


def test_a_result_is_found_by_its_accession_number(tmp_path: Path) -> None:
    """The result says what the tables say, but for one amount; of what they do not say, it says much."""
    folder = write_tables(tmp_path / "tables", {"OFFERING": ROWS["OFFERING"]})
    truth, _ = read_tables(folder).truth(ACCESSION)
    amounts = truth.filing.offering_sales_amounts.model_copy(update={"total_amount_sold": 7})
    issuer = Filing().primary_issuer.model_copy(update={"entity_name": "Unsaid LLC"})
    said = truth.filing.model_copy(update={"offering_sales_amounts": amounts, "primary_issuer": issuer})
    result = Extraction(said, (), (), (), {}, "edgar", "a.txt", {"accession_number": ACCESSION})
    (tmp_path / "a.json").write_text(to_json(result), encoding="utf-8")
    report = compare_inputs(list(inputs_in(tmp_path / "a.json")), truths_in(folder))
    assert [(one.path, one.expected, one.got) for one in report.mistakes] == [
        ("offering_sales_amounts.total_amount_sold", "72231961", "7")
    ]


@pytest.mark.skipif(not PUBLISHED.exists(), reason="needs the SEC's data sets")
def test_the_published_tables_are_read_without_loss() -> None:
    tables = read_tables(PUBLISHED)
    assert tables.damaged == ()
    count = 0
    for path in sorted(PUBLISHED.glob("*.tsv")):
        text = path.read_text(encoding="utf-8")
        count += len(list(csv.reader(io.StringIO(text), delimiter="\t"))) - 1
    assert sum(len(rows) for table in tables.rows.values() for rows in table.values()) == count
    assert [fault for accession in tables.accessions() for fault in tables.truth(accession)[1]] == []
