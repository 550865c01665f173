"""The filing and the answers that are read from EDGAR's XML."""

import pytest

from extractor.errors import UnreadableInput
from extractor.model import (
    Address,
    Filing,
    Issuer,
    Recipient,
    SolicitationState,
    StatesOfSolicitation,
    TypesOfSecuritiesOffered,
    YearOfInc,
)
from extractor.outputs.edgar_xml import to_edgar_xml
from extractor.readers.edgar import from_edgar_xml, read_edgar
from extractor.source import Cell
from tests.edgar_documents import document, offering, told
from tests.strategies import as_read

# --- reading


def test_the_filing_of_a_document() -> None:
    assert from_edgar_xml(document()) == Filing(
        submission_type="D",
        primary_issuer=Issuer(
            cik="0009900001",
            entity_name="Kestrel & Rook Partners, L.P.",
            issuer_address=Address(street1="1 Quay", state_or_country="E9"),
            issuer_previous_names=(),
            year_of_inc=YearOfInc(within_five_years=True, yet_to_be_formed=False, over_five_years=False, value=2022),
        ),
        over100_issuer_flag=False,
        over100_persons_flag=False,
        over100_recipient_flag=False,
    )


def test_every_text_is_an_item_and_every_known_one_an_answer_with_its_line() -> None:
    source = read_edgar(document().encode())
    lines = document().splitlines()
    assert (source.format, source.columns) == ("edgar", False)
    answers = [(path, cell) for path, cell in source.answers if cell in source.items]
    assert [cell for _, cell in answers] == list(source.items)
    assert [(path, cell.text, cell.place.line) for path, cell in answers][:4] == [
        ("submission_type", "D", 3),
        ("primary_issuer.cik", "0009900001", 5),
        ("primary_issuer.entity_name", "Kestrel & Rook Partners, L.P.", 6),
        ("primary_issuer.issuer_address.street1", "1 Quay", 8),
    ]
    for _, cell in answers:
        assert cell.place.line is not None
        assert cell.text.split()[0].replace("&", "&amp;") in lines[cell.place.line - 1]
        assert (cell.x0, cell.x1, cell.top, cell.bottom) == (0, 0, cell.place.line, cell.place.line)


def test_a_mark_that_is_not_there_is_answered_false_on_the_line_of_its_part() -> None:
    source = read_edgar(document().encode())
    missing = {path: cell for path, cell in source.answers if cell not in source.items}
    assert {path: cell.text for path, cell in missing.items()} == dict.fromkeys(
        (
            "primary_issuer.year_of_inc.yet_to_be_formed",
            "primary_issuer.year_of_inc.over_five_years",
            *("over100_issuer_flag", "over100_persons_flag", "over100_recipient_flag"),
        ),
        "false",
    )
    assert missing["primary_issuer.year_of_inc.over_five_years"].place.line == 10


def test_lists_are_counted() -> None:
    xml = document(
        "<issuerList><issuer><cik>0009900002</cik></issuer><issuer></issuer><issuer><cik>0009900003</cik></issuer>"
        "<over100IssuerFlag>true</over100IssuerFlag></issuerList>"
        "<relatedPersonsList><relatedPersonInfo><relatedPersonRelationshipList><relationship>Director</relationship>"
        "<relationship> </relationship><relationship>Promoter</relationship></relatedPersonRelationshipList>"
        "</relatedPersonInfo></relatedPersonsList><offeringData><federalExemptionsExclusions><item>06b</item>"
        "<item>3C</item></federalExemptionsExclusions></offeringData>"
    )
    answers = told(read_edgar(xml.encode()))
    assert {path: text for path, text in answers.items() if text != "false"} == {
        "submission_type": "D",
        "additional_issuers[0].cik": "0009900002",
        "additional_issuers[1].cik": "0009900003",
        "over100_issuer_flag": "true",
        "related_persons[0].related_person_relationships[0]": "Director",
        "related_persons[0].related_person_relationships[1]": "Promoter",
        "federal_exemptions_exclusions[0]": "06b",
        "federal_exemptions_exclusions[1]": "3C",
    }
    filing = from_edgar_xml(xml)
    assert [issuer.cik for issuer in filing.additional_issuers] == ["0009900002", "0009900003"]
    assert filing.related_persons[0].related_person_relationships == ("Director", "Promoter")
    assert filing.federal_exemptions_exclusions == ("06b", "3C")
    assert filing.over100_issuer_flag is True


STATES = [
    (
        "<state>CA</state><description>CALIFORNIA</description><state>NY</state><description>NEW YORK</description>",
        [("CA", "CALIFORNIA"), ("NY", "NEW YORK")],
    ),
    ("<state>CA</state><state>NY</state>", [("CA", None), ("NY", None)]),
    ("<state>CA</state><state/><description>NEW YORK</description>", [("CA", None), (None, "NEW YORK")]),
    ("<description>UTAH</description><description>IOWA</description>", [(None, "UTAH"), (None, "IOWA")]),
    ("<state></state><description></description>", []),
]


@pytest.mark.parametrize(("inside", "states"), STATES)
def test_a_description_belongs_to_the_state_before_it(inside: str, states: list[tuple[str | None, str | None]]) -> None:
    xml = offering(
        "<salesCompensationList><recipient><recipientName>Roe</recipientName><statesOfSolicitationList>"
        f"{inside}</statesOfSolicitationList></recipient></salesCompensationList>"
    )
    solicited = StatesOfSolicitation(
        states=tuple(SolicitationState(state=code, description=name) for code, name in states)
    )
    filing = from_edgar_xml(xml)
    assert filing.sales_compensation == (Recipient(recipient_name="Roe", states_of_solicitation=solicited),)
    assert from_edgar_xml(to_edgar_xml(filing)) == as_read(filing)
    stated = filing.model_copy(update={"schema_version": "X0708"})
    assert from_edgar_xml(to_edgar_xml(stated)) == stated
    prefix = "sales_compensation[0].states_of_solicitation.states"
    answers = told(read_edgar(xml.encode()))
    assert {path: text for path, text in answers.items() if path.startswith(prefix)} == {
        f"{prefix}[{index}].{field}": text
        for index, state in enumerate(states)
        for field, text in zip(("state", "description"), state, strict=True)
        if text
    }


@pytest.mark.parametrize(
    ("inside", "names", "answers"),
    [
        ("<value>None</value>", (), {"": "None"}),
        ("<previousName>None</previousName>", ("None",), {"[0]": "None"}),
        (
            "<previousName>A</previousName><previousName/><previousName>B</previousName>",
            ("A", "B"),
            {"[0]": "A", "[1]": "B"},
        ),
        ("", None, {}),
    ],
)
def test_previous_names(inside: str, names: tuple[str, ...] | None, answers: dict[str, str]) -> None:
    for tag, field in (
        ("issuerPreviousNameList", "issuer_previous_names"),
        ("edgarPreviousNameList", "edgar_previous_names"),
    ):
        xml = document(f"<primaryIssuer><cik>1</cik><{tag}>{inside}</{tag}></primaryIssuer>")
        assert getattr(from_edgar_xml(xml).primary_issuer, field) == names
        path = f"primary_issuer.{field}"
        found = told(read_edgar(xml.encode()))
        assert {known: text for known, text in found.items() if known.startswith(path)} == {
            path + index: text for index, text in answers.items()
        }


def test_what_the_xml_does_not_say_is_none() -> None:
    blank = from_edgar_xml(offering("<industryGroup/><typesOfSecuritiesOffered/><investors></investors>"))
    assert blank.industry_group.investment_fund_info is None
    assert blank.federal_exemptions_exclusions is None
    assert blank.investors.has_non_accredited_investors is None
    assert blank.minimum_investment_accepted is None
    marks = TypesOfSecuritiesOffered.model_fields.keys() - {"description_of_other_type"}
    assert blank.types_of_securities_offered.model_dump(include=marks) == dict.fromkeys(marks, False)
    assert from_edgar_xml(offering("")).types_of_securities_offered == TypesOfSecuritiesOffered()


def test_an_unknown_element_is_an_item_without_an_answer_or_an_error() -> None:
    xml = offering(
        "<newQuestion><answer>42</answer></newQuestion><minimumInvestmentAccepted>5</minimumInvestmentAccepted>"
    )
    source = read_edgar(xml.encode())
    answered = {cell for _, cell in source.answers}
    assert [item.text for item in source.items if isinstance(item, Cell) and item not in answered] == ["42"]
    assert told(source)["minimum_investment_accepted"] == "5"
    with pytest.raises(
        UnreadableInput, match=r"<newQuestion> on line 3: expected an element of the Form D schema, saw '42'"
    ):
        from_edgar_xml(xml)
    assert from_edgar_xml(offering("<newQuestion><answer/></newQuestion>")) == from_edgar_xml(offering(""))


def test_text_between_elements_is_an_item_without_an_answer_or_an_error() -> None:
    xml = document("<primaryIssuer>Acme <cik>1</cik> Corp</primaryIssuer><issuerList/>")
    source = read_edgar(xml.encode())
    assert [item.text for item in source.items if isinstance(item, Cell)] == ["D", "Acme Corp", "1"]
    assert "Acme Corp" not in told(source).values()
    with pytest.raises(UnreadableInput, match="<primaryIssuer> on line 3: expected elements only, saw 'Acme Corp'"):
        from_edgar_xml(xml)


def test_an_element_within_a_text_is_not_passed_over() -> None:
    xml = document("<primaryIssuer><cik>12<b>34</b></cik></primaryIssuer>")
    assert "primary_issuer.cik" not in told(read_edgar(xml.encode()))
    with pytest.raises(UnreadableInput):
        from_edgar_xml(xml)


def test_comments_and_cdata_are_no_gaps_in_a_text() -> None:
    inside = (
        "<primaryIssuer><cik>12<!-- x -->34<?p x?>5</cik><entityName>A<![CDATA[ & <B>]]> C</entityName></primaryIssuer>"
    )
    filing = from_edgar_xml(document(inside))
    assert (filing.primary_issuer.cik, filing.primary_issuer.entity_name) == ("0000012345", "A & <B> C")


NO_VALUES = [
    ("minimumInvestmentAccepted", "\n1,000", "<minimumInvestmentAccepted> on line 3: expected a whole number"),
    ("minimumInvestmentAccepted", "-5", "whole number like \"25000\", saw '-5'"),
    ("durationOfOffering/moreThanOneYear", "yes", '"true" or "false", saw \'yes\''),
    ("typesOfSecuritiesOffered/isDebtType", "X", "<isDebtType>"),
    ("offeringSalesAmounts/totalRemaining", "lots", "saw 'lots'"),
    ("signatureBlock/signature/signatureDate", "2013-02-30", "calendar"),
    ("industryGroup/industryGroupType", "Oil &amp; Gas", "saw 'Oil & Gas'"),
    ("federalExemptionsExclusions/item", "06</item><item>07", "<item> on line 3: expected '04', '04.1'"),
    ("/primaryIssuer/cik", "x", "<cik>"),
    ("/primaryIssuer/yearOfInc/value", "22", "<value>"),
    ("/primaryIssuer/cik", "1</cik><cik>2", "<cik> on line 3: expected this element once"),
    ("/primaryIssuer", "<cik>1</cik></primaryIssuer><primaryIssuer><cik>1</cik>", "<primaryIssuer>"),
    ("/primaryIssuer/issuerPreviousNameList", "<value>None</value><previousName>A</previousName>", "no entry beside"),
    ("/primaryIssuer/issuerPreviousNameList", "<previousName>A</previousName><value>None</value>", "this element once"),
    ("/primaryIssuer/edgarPreviousNameList/value", "Nil", "saw 'Nil'"),
    ("/testOrLive", "MAYBE", "'LIVE' or 'TEST', saw 'MAYBE'"),
]
"""Elements (below offeringData, or from the root), what stands in them, and what the error says."""


@pytest.mark.parametrize(("path", "inside", "said"), NO_VALUES)
def test_a_value_that_is_not_of_the_schemas_kind_is_named(path: str, inside: str, said: str) -> None:
    for tag in reversed(path.split("/")):
        inside = f"<{tag}>{inside}</{tag}>" if tag else inside
    xml = document(inside + "<issuerList/><offeringData/>") if path.startswith("/") else offering(inside)
    with pytest.raises(UnreadableInput) as caught:
        from_edgar_xml(xml)
    assert said in str(caught.value)
    assert type(caught.value) is UnreadableInput
    assert read_edgar(xml.encode()).answers  # the pipeline reports it beside the field


def test_an_element_that_stands_twice_is_answered_twice() -> None:
    source = read_edgar(document("<primaryIssuer><cik>1</cik><cik>2</cik></primaryIssuer>").encode())
    assert [cell.text for path, cell in source.answers if path == "primary_issuer.cik"] == ["1", "2"]
