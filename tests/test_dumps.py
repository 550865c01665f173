"""Dumps of text browsers: labels centred in columns a space apart, answers that wrap, tables strung into lines."""

import pytest

from extractor.extract import Extraction, extract_text
from extractor.model import Filing, SignatureBlock
from extractor.outputs.render import TextStyle, render_text
from tests.silence import silent
from tests.test_adversary import PLAIN, columns, filing, issuer, recipient, signature
from tests.truth import differences

HEADINGS = (
    *("1. Issuer", "2. Principal", "3. Related", "4. Industry", "5. Issuer", "6. Federal", "7. Type", "8. Duration"),
    *("9. Type", "10. Business", "12. Sales", "13. Offering", "signature, type in", "Persons who respond"),
)


def with_part(heading: str, lines: str, truth: Filing = PLAIN) -> Extraction:
    """The reading of a text in columns that stands in other lines below one of `HEADINGS`, up to the next one."""
    text = columns(truth)
    start = text.index("\n", text.index(heading)) + 1
    end = text.index(HEADINGS[HEADINGS.index(heading) + 1], start)
    return extract_text(f"{text[:start]}\n{lines.strip(chr(10))}\n\n{text[end:]}")


def housed(**address_of: str | None) -> Filing:
    """A filing whose issuer has another address."""
    assert PLAIN.primary_issuer is not None
    assert PLAIN.primary_issuer.issuer_address is not None
    address = PLAIN.primary_issuer.issuer_address.model_copy(update=address_of)
    return filing(primary_issuer=issuer(issuer_address=address))


def with_issuer(lines: str, **issuer_of: object) -> tuple[Filing, Extraction]:
    """A filing with another issuer, and the reading of a text whose item 1 stands there in other lines."""
    truth = filing(primary_issuer=issuer(**issuer_of))
    return truth, with_part("1. Issuer", lines, truth)


CENTRED = """
  CIK (Filer ID Number)   Previous    None                   Entity Type
                           Names
0000000017                Old Creek LLC               X  Corporation
     Name of Issuer       Older Creek LLC                Limited Partnership
Alder Creek, Inc.                                        Limited Liability
     Jurisdiction of                                     Company
     Incorporation/                                      General Partnership
      Organization                                       Business Trust
{place}                                                  Other (Specify)
Year of Incorporation/Organization
X  Over Five Years Ago
   Within Last Five Years (Specify Year)
   Yet to Be Formed
"""


@pytest.mark.parametrize("place", ["DELAWARE", "IOWA"])
def test_a_label_centred_alone_above_its_answer(place: str) -> None:
    lines = CENTRED.replace("{place}", place.ljust(7))
    names = ("Old Creek LLC", "Older Creek LLC")
    truth, seen = with_issuer(lines, issuer_previous_names=names, jurisdiction_of_inc=place)
    assert differences(truth, seen.filing) == []


LISTED = """
   CIK (Filer ID Number) Previous Names
      None
   Entity Type
   0000000017
   Name of Issuer LLC
   Previous Names, Inc.
   X  Corporation
      Limited Partnership
      Limited Liability Company
      General Partnership
      Business Trust
      Other (Specify)
   Name of Issuer
   Alder Creek, Inc.
   Jurisdiction of Incorporation/Organization
   DELAWARE
   Year of Incorporation/Organization
   X  Over Five Years Ago
      Within Last Five Years (Specify Year)
      Yet to Be Formed
"""


def test_an_answer_that_begins_like_a_label_is_not_taken_for_it() -> None:
    truth, seen = with_issuer(LISTED, issuer_previous_names=("Name of Issuer LLC", "Previous Names, Inc."))
    assert silent(truth, seen) == []
    assert seen.filing.primary_issuer is not None
    assert seen.filing.primary_issuer.issuer_previous_names == ("Name of Issuer LLC", "Previous Names, Inc.")


CITIES = {
    "left": """
   Name of Issuer
   Alder Creek, Inc.
   Street Address 1 Street Address 2
   1 Main Street    Suite 400
   City          State/Province/Country ZIP/PostalCode Phone Number of
                                                       Issuer
   Saint Austin  TEXAS                  78701          212-555-0100
""",
    "left and filled": """
   Name of Issuer
   Alder Creek, Inc.
   Street Address 1 Street Address 2
   1 Main Street    Suite 400
   City         State/Province/Country ZIP/PostalCode Phone Number of Issuer
   Saint Austin TEXAS                  78701          212-555-0100
""",
    "centred and filled": """
    Name of Issuer
   Alder Creek, Inc.
   Street Address 1 Street Address 2
   1 Main Street    Suite 400
       City     State/Province/Country ZIP/PostalCode Phone Number of Issuer
   Saint Austin TEXAS                  78701          212-555-0100
""",
    "all centred": """
    Name of Issuer
   Alder Creek, Inc.
   Street Address 1     Street Address 2
   1 Main Street    Suite 400
       City         State/Province/Country     ZIP/PostalCode Phone Number of Issuer
   Saint Austin TEXAS                         78701          212-555-0100
""",
}


@pytest.mark.parametrize("lines", CITIES.values(), ids=CITIES)
def test_a_column_that_is_filled_ends_a_space_before_the_next_one(lines: str) -> None:
    truth = housed(city="Saint Austin")
    seen = with_part("2. Principal", lines, truth)
    assert differences(truth, seen.filing) == []


def test_a_word_below_the_next_label_begins_no_column_if_the_label_before_is_not_centred() -> None:
    """The label before would stand in the middle of the text that fills its column."""
    lines = CITIES["left"].replace("Street Address 1 Street", "    Street Address 1         Street")
    truth = housed(street1="1 Santa Monica Boulevard", street2=None, city="Saint Austin")
    seen = with_part("2. Principal", lines.replace("1 Main Street    Suite 400", "1 Santa Monica Boulevard"), truth)
    assert differences(truth, seen.filing) == []


CLOSE = """
   CIK (Filer ID Number)      Previous       None    Entity Type
                              Names
   0000000017                 Little Acorn Holdings     Corporation
   Name of Issuer             Old Creek Industries X    Limited Partnership
   Alder Creek, Inc.          Older Creek LLC           Limited Liability
   Jurisdiction of            Oldest Creek LLC          Company
   Incorporation/Organization Eldest Creek LLC          General Partnership
   DELAWARE                   Creek Trust               Business Trust
   Year of Incorporation/Organization                   Other (Specify)
   X  Over Five Years Ago
      Within Last Five Years (Specify Year)
      Yet to Be Formed
"""


def test_a_mark_and_a_column_a_space_behind_a_text() -> None:
    names = ("Little Acorn Holdings", "Old Creek Industries", "Older Creek LLC")
    more = ("Oldest Creek LLC", "Eldest Creek LLC", "Creek Trust")
    truth, seen = with_issuer(CLOSE, issuer_previous_names=names + more, entity_type="Limited Partnership")
    assert differences(truth, seen.filing) == []
    assert silent(truth, seen) == []


WRAPPED = """
   CIK (Filer ID Number)         Previous     None  Entity Type
                                 Names
   0000000017                    Momentum Group     X  Corporation
   Name of Issuer                Inc.                  Limited Partnership
   Alder Creek, Inc.             Textile Weaver        Limited Liability
   Jurisdiction of               Ltd.                  Company
   Incorporation/Organization    Momentum LLC          General Partnership
   DELAWARE                      Momentum Works        Business Trust
   Year of Incorporation/Organization                  Other (Specify)
   X  Over Five Years Ago
      Within Last Five Years (Specify Year)
      Yet to Be Formed
"""


def test_names_that_had_no_room_in_their_column_are_put_together() -> None:
    names = ("Momentum Group Inc.", "Textile Weaver Ltd.", "Momentum LLC", "Momentum Works")
    truth, seen = with_issuer(WRAPPED, issuer_previous_names=names)
    assert differences(truth, seen.filing) == []
    assert any(problem.path.endswith("previous_names") for problem in seen.problems)


STRUNG = """
   Recipient
   Recipient CRD Number    None
   First Recipient LLC 123
   (Associated) Broker or Dealer X None
   (Associated) Broker or Dealer CRD Number X None
   None None
   Street Address 1 Street Address 2
   1 Main Street Suite 400
   City State/Province/Country ZIP/Postal Code
   Austin TEXAS 78701
   State(s) of Solicitation (select all that apply)
   Check “All States” or check individual States X All States
      Foreign/non-US
"""


def test_a_recipient_strung_into_lines() -> None:
    truth = filing(sales_compensation=(recipient(recipient_name="First Recipient LLC"),))
    assert differences(truth, with_part("12. Sales", STRUNG, truth).filing) == []


SIGNED = {
    "centred and wrapped": """
        Issuer        Signature    Name of Signer   Title    Date
   Alder Creek, Inc. /s/ John Smith John Smith     President
   2020-01-05
""",
    "strung": """
   Issuer Signature Name of Signer Title Date
   Alder Creek, Inc. /s/ John Smith John Smith President 2020-01-05
""",
    "strung and wrapped": """
   Issuer Signature Name of Signer Title Date
   Alder Creek, Inc. /s/ John Smith
   John Smith President 2020-01-05
""",
}


@pytest.mark.parametrize("lines", SIGNED.values(), ids=SIGNED)
def test_a_signature_strung_into_lines(lines: str) -> None:
    assert differences(PLAIN, with_part("signature, type in", lines, PLAIN).filing) == []


def test_a_table_with_an_answer_on_each_line_is_not_read_from_lines_that_each_hold_a_row() -> None:
    row = "Alder Creek, Inc. /s/ John Smith John Smith President 2020-01-05"
    lines = "\n".join(["   Issuer Signature Name of Signer Title Date", *(f"   {row}" for _ in range(5))])
    signatures = SignatureBlock(signatures=(signature(),) * 5)
    truth = filing(signature_block=signatures)
    seen = with_part("signature, type in", lines, truth)
    assert silent(truth, seen) == []


def test_an_x_below_a_centred_label_is_an_answer() -> None:
    text = columns(PLAIN)
    centred = "    Last Name      First Name     Middle Name\nX              John           Q."
    lines = text[text.index("Last Name") :].split("\n")[:2]
    seen = extract_text(text.replace("\n".join(lines), centred, 1))
    assert seen.filing.related_persons is not None
    name = seen.filing.related_persons[0].related_person_name
    assert name is not None
    assert (name.last_name, name.first_name, name.middle_name) == ("X", "John", "Q.")


WIDE = """
   CIK (Filer ID Number)                      Previous Names       None         Entity Type
   0000000017                                 Red Clay Growers Association                  Corporation
   Name of Issuer                                                                           Limited Partnership
   Alder Creek, Inc.                                                                        Limited Liability Company
   Jurisdiction of Incorporation/Organization                                               General Partnership
   DELAWARE                                                                                 Business Trust
   Year of Incorporation/Organization                                           X           Other (Specify)
   X  Over Five Years Ago
      Within Last Five Years (Specify Year)                                     Agricultural co-operative
      Yet to Be Formed
"""


def test_a_mark_far_from_its_label_with_answers_in_the_columns_before() -> None:
    other = {"entity_type": "Other", "entity_type_other_desc": "Agricultural co-operative"}
    truth, seen = with_issuer(WIDE, issuer_previous_names=("Red Clay Growers Association",), **other)
    assert differences(truth, seen.filing) == []


def test_boxes_below_headings_centred_far_to_the_right_belong_to_them_in_order() -> None:
    text = columns(PLAIN)
    start, end = text.index("Revenue Range"), text.index("6. Federal")
    heads = "         Revenue Range            OR" + "Aggregate Net Asset Value Range".rjust(80)
    rows = (
        ("No Revenues", "No Aggregate Net Asset Value"),
        ("$1 - $1,000,000", "$1 - $5,000,000"),
        ("$1,000,001 - $5,000,000", "$5,000,001 - $25,000,000"),
        ("$5,000,001 - $25,000,000", "$25,000,001 - $50,000,000"),
        ("$25,000,001 - $100,000,000", "$50,000,001 - $100,000,000"),
        ("Over $100,000,000", "Over $100,000,000"),
        ("Decline to Disclose", "Decline to Disclose"),
        ("Not Applicable", "Not Applicable"),
    )
    lines = [f"     {one.ljust(40)}{mark} {two}" for (one, two), mark in zip(rows, "  X     ", strict=True)]
    seen = extract_text(text[:start] + "\n".join([heads.strip(" ").rjust(len(heads)), *lines]) + "\n\n" + text[end:])
    assert seen.filing.issuer_size is not None
    assert seen.filing.issuer_size.revenue_range is None
    assert seen.filing.issuer_size.aggregate_net_asset_value_range == "$5,000,001 - $25,000,000"


CENTRED_3C = """
       Rule 504(b)(1) (not (i), (ii) or (iii))            X               Investment Company Act Section 3(c)
       Rule 504 (b)(1)(i)                                        Section 3(c)(1)             Section 3(c)(9)
       Rule 504 (b)(1)(ii)                                       Section 3(c)(2)             Section 3(c)(10)
       Rule 504 (b)(1)(iii)                                      Section 3(c)(3)             Section 3(c)(11)
    X  Rule 506(b)                                               Section 3(c)(4)          X  Section 3(c)(12)
       Rule 506(c)                                               Section 3(c)(5)             Section 3(c)(13)
       Securities Act Section 4(a)(5)                            Section 3(c)(6)             Section 3(c)(14)
                                                                 Section 3(c)(7)
"""


def test_a_mark_far_from_a_centred_label_that_is_alone_on_its_line() -> None:
    read = with_part("6. Federal", CENTRED_3C).filing
    assert set(read.federal_exemptions_exclusions or ()) == {"06b", "3C", "3C.12"}


WRAPPED_3C = """
                                     Investment Company Act
                                     Section 3(c)

                                  X Section 3     Section 3(c)
                                    (c)(1)        (9)

    Rule 504(b)(1) (not (i), (ii)    Section 3   X Section 3
    or (iii))                        (c)(2)        (c)(10)
 X  Rule 504 (b)(1)(i)
 X  Rule 504 (b)(1)(ii)           X Section 3      Section 3
    Rule 504 (b)(1)(iii)            (c)(3)         (c)(11)
    Rule 506(b)
    Rule 506(c)                   X Section 3   X Section 3(c)
    Securities Act Section 4(a)     (c)(4)        (12)
    (5)                           X Section 3   X Section 3(c)
                                    (c)(5)        (13)
                                  X Section 3      Section 3
                                    (c)(6)         (c)(14)
                                  X Section 3(c)(7)
"""


def test_a_line_whose_column_the_line_above_has_begins_no_table() -> None:
    read = with_part("6. Federal", WRAPPED_3C).filing
    right = {"04.1", "04.2", *(f"3C.{number}" for number in (1, 10, 3, 4, 12, 5, 13, 6, 7))}
    assert set(read.federal_exemptions_exclusions or ()) == right


NARROW = """
   Agriculture                     Health Care            Retailing
   Banking & Financial Services       Biotechnology       Restaurants
      Commercial Banking              Health Insurance    Technology
      Insurance                       Hospitals &            Computers
      Investing                       Physicians             Telecommunications
      Investment Banking              Pharmaceuticals        Other Technology
      Pooled Investment Fund          Other Health        Travel
      Is the issuer registered        Care                   Airlines &
      as an investment company     Manufacturing             Airports
      under the Investment         Real Estate               Lodging &
      Company Act of 1940?            Commercial             Conventions
            Yes           No          Construction           Tourism & Travel
      Other Banking & Financial       REITS & Finance        Services
      Services                        Residential            Other Travel
   Business Services                  Other Real          Other
   X Energy Conservation              Estate
   Energy
      Coal Mining
      Electric Utilities
      Environmental Services
      Oil & Gas
      Other Energy
"""


def test_a_label_does_not_go_on_with_a_marked_one_on_the_next_line() -> None:
    read = with_part("4. Industry", NARROW).filing
    assert read.industry_group is not None
    assert read.industry_group.industry_group_type == "Energy Conservation"


BLANK_ISSUER = """
CIK (Filer ID Number)
Previous Names
X
None
Entity Type
0000000017
X
Corporation
Limited Partnership
Limited Liability Company
General Partnership
Business Trust
Other (Specify)
Name of Issuer
Jurisdiction of Incorporation/Organization
Year of Incorporation/Organization
Over Five Years Ago
X
Within Last Five Years (Specify Year)
2006
Yet to Be Formed
"""


def test_a_year_behind_its_box_is_the_year_though_the_labels_before_lack_their_answers() -> None:
    issuer_of = {"entity_name": None, "jurisdiction_of_inc": None}
    truth = filing(primary_issuer=issuer(**issuer_of, issuer_previous_names=()))
    text = render_text(truth, TextStyle("lines", "x"))
    start, end = text.index("CIK (Filer"), text.index("2. Principal")
    seen = extract_text(f"{text[:start]}{BLANK_ISSUER.strip(chr(10))}\n{text[end:]}")
    assert seen.filing.primary_issuer is not None
    assert seen.filing.primary_issuer.year_of_inc is not None
    assert seen.filing.primary_issuer.year_of_inc.value == 2006


def test_a_space_between_letters_that_text_browsers_write_without_one_is_a_doubt() -> None:
    truth = filing(primary_issuer=issuer(entity_name="\u682a\u5f0f\u4f1a\u793e \u5317\u6d77"))
    seen = extract_text(
        columns(truth).replace("\u682a\u5f0f\u4f1a\u793e \u5317\u6d77", "\u682a\u5f0f\u4f1a\u793e\u5317\u6d77")
    )
    assert differences(truth, seen.filing) != []
    assert silent(truth, seen) == []


FLUSH = """
   Name of Issuer
   Alder Creek, Inc.
   Street Address 1                         Street Address 2
   12041 MAXWELLTON ROAD
   City             State/Province/Country  ZIP/PostalCode      Phone Number of Issuer
   STUDIO CITY      TEXAS                   78701               212-555-0100
"""


def test_a_street_goes_on_behind_its_label_if_the_next_label_stands_where_its_own_column_begins() -> None:
    truth = housed(street1="12041 MAXWELLTON ROAD", street2=None, city="STUDIO CITY")
    assert differences(truth, with_part("2. Principal", FLUSH, truth).filing) == []


TIED = """
    Name of Issuer
   Alder Creek, Inc.
              Street Address 1                       Street Address 2
   1 Main Street                               Suite 400
    City       State/Province/Country      ZIP/PostalCode Phone Number of Issuer
   Austin SAINT VINCENT AND THE GRENADINES 78701          212-555-0100
"""


def test_labels_a_space_apart_of_a_row_that_is_centred() -> None:
    truth = housed(state_or_country="V1", state_or_country_description="SAINT VINCENT AND THE GRENADINES")
    assert differences(truth, with_part("2. Principal", TIED, truth).filing) == []


WRAPPED_CRD = """
   Recipient                                 Recipient CRD Number    None
   First Recipient LLC                       123
   (Associated) Broker or Dealer X None      (Associated) Broker or Dealer X None
                                             CRD Number
   None                                      None
   Street Address 1                          Street Address 2
   1 Main Street                             Suite 400
   City                                      State/Province/Country               ZIP/Postal Code
   Austin                                    TEXAS                                78701
   State(s) of Solicitation
   (select all that apply)      X All States    Foreign/non-US
   Check “All States” or check
   individual States
"""


def test_a_label_goes_on_below_a_mark_that_stands_behind_what_is_a_label_too() -> None:
    truth = filing(sales_compensation=(recipient(recipient_name="First Recipient LLC"),))
    assert differences(truth, with_part("12. Sales", WRAPPED_CRD, truth).filing) == []


LAST_WORD = """
   CIK (Filer ID Number)                      Previous Names    None Entity Type
   0000000017                                 Creekside Management    X  Corporation
   Name of Issuer                             LLC                        Limited Partnership
   Alder Creek, Inc.                                                     Limited Liability Company
   Jurisdiction of Incorporation/Organization                            General Partnership
   DELAWARE                                                              Business Trust
   Year of Incorporation/Organization                                    Other (Specify)
   X  Over Five Years Ago
      Within Last Five Years (Specify Year)
      Yet to Be Formed
"""


@pytest.mark.parametrize("wider", [False, True])
def test_a_table_as_wide_as_its_text_may_wrap_an_answer_though_it_wraps_no_label(wider: bool) -> None:
    text = columns(PLAIN)
    start, end = text.index("2. Principal Place"), text.index("5. Issuer Size")
    width = max(map(len, LAST_WORD.split("\n"))) + 80 * wider
    lines = [f"Persons who respond to the collection of information {'x' * width}"[:width] for _ in range(9)]
    seen = extract_text("\n".join(("FORM D", "1. Issuer's Identity", LAST_WORD, text[start:end], *lines)))
    assert seen.filing.primary_issuer is not None
    names = ("Creekside Management", "LLC") if wider else ("Creekside Management LLC",)
    assert seen.filing.primary_issuer.issuer_previous_names == names


LIKE_A_BOX = """
    Name of Issuer
   Alder Creek, Inc.
   Street Address 1    Street Address 2
   Suite X          No
       City         State/Province/Country ZIP/PostalCode Phone Number of Issuer
   Austin           TEXAS                  78701          212-555-0100
"""


def test_a_text_that_ends_like_a_mark_before_an_answer_like_a_box_has_none() -> None:
    truth = housed(street1="Suite X", street2="No")
    assert differences(truth, with_part("2. Principal", LIKE_A_BOX, truth).filing) == []


WRAPPED_PLACES = {
    "centred": """
    Name of Issuer
   Alder Creek, Inc.
   Street Address 1 Street Address 2
   1 Main Street    Suite 400
         City         State/Province/   ZIP/PostalCode    Phone Number of
                          Country                             Issuer
   Austin            SAINT VINCENT AND 78701             212-555-0100
                     THE GRENADINES
""",
    "left": """
   Name of Issuer
   Alder Creek, Inc.
   Street Address 1 Street Address 2
   1 Main Street    Suite 400
   City   State/Province/Country       ZIP/PostalCode Phone Number of
                                                      Issuer
   Austin SAINT VINCENT AND THE        78701          212-555-0100
          GRENADINES
""",
}


@pytest.mark.parametrize("lines", WRAPPED_PLACES.values(), ids=WRAPPED_PLACES)
def test_a_place_that_goes_on_in_the_next_line_begins_a_column(lines: str) -> None:
    truth = housed(state_or_country="V1", state_or_country_description="SAINT VINCENT AND THE GRENADINES")
    assert differences(truth, with_part("2. Principal", lines, truth).filing) == []


@pytest.mark.parametrize("streets", [("1 Main Street Suite 400", None), ("1 Main Street", "Suite 400")])
def test_an_address_whose_columns_are_lost_is_as_the_document_has_it_elsewhere(streets: tuple[str, str | None]) -> None:
    both = dict(zip(("street1", "street2"), streets, strict=True))
    one = recipient(recipient_name="First Recipient LLC")
    assert one.recipient_address is not None
    assert PLAIN.related_persons is not None
    address = one.recipient_address.model_copy(update=both)
    truth = filing(
        primary_issuer=issuer(issuer_address=address),
        related_persons=(PLAIN.related_persons[0].model_copy(update={"related_person_address": address}),),
        sales_compensation=(one.model_copy(update={"recipient_address": address}),),
    )
    assert differences(truth, with_part("12. Sales", STRUNG, truth).filing) == []


def test_a_name_is_not_told_by_words_of_two_lines() -> None:
    """Above the issuer's name stands the word that would be the last name behind a first name."""
    lines = "Last Name First Name Middle Name\nGrand River Group John"
    text = columns(filing(primary_issuer=issuer(entity_name="Grand River")))
    text = text.replace("Name of Issuer\nGrand River\n", "Group\nName of Issuer\nGroup\nGrand River\n")
    start = text.index("Last Name")
    end = text.index("Street Address 1", start)
    read = extract_text(f"{text[:start]}{lines}\n{text[end:]}").filing.related_persons
    assert read is not None
    assert read[0].related_person_name is None or read[0].related_person_name.first_name != "Group"


@pytest.mark.parametrize("sign", [r"\'", '<class name="a">', "{.data}", "``", "|/cgi-bin/", "[["])
def test_signs_of_markup_in_an_answer_are_a_doubt(sign: str) -> None:
    truth = filing(primary_issuer=issuer(entity_name="Alder Creek Holding"))
    seen = extract_text(columns(truth).replace("Alder Creek Holding", f"Alder Creek{sign} Holding"))
    assert differences(truth, seen.filing) != []
    assert silent(truth, seen) == []


def test_a_sign_for_the_end_of_a_line_is_no_answer() -> None:
    text = columns(PLAIN).replace("Street Address 2\n1 Main Street", "Street Address 2\n1 Main Street", 1)
    at = text.index("Suite 400")
    seen = extract_text(f"{text[:at]}\\{text[at + len('Suite 400') :]}")
    assert seen.filing.primary_issuer is not None
    assert seen.filing.primary_issuer.issuer_address is not None
    assert seen.filing.primary_issuer.issuer_address.street2 is None


NARROW_CITY = """
        Name of Issuer
Alder Creek, Inc.
       Street Address 1                Street Address 2
1 Main Street                   Suite 400
     City       State/Province/ ZIP/PostalCode  Phone Number of
                    Country                         Issuer
Austin          TEXAS           78701           212-555-0100
"""


def test_a_label_goes_on_below_though_the_next_one_stands_a_space_behind_its_first_line() -> None:
    assert differences(PLAIN, with_part("2. Principal", NARROW_CITY).filing) == []


def test_a_label_goes_on_below_though_its_answer_stands_a_space_behind_its_first_line() -> None:
    lines = """
   X  New Notice   Date of First 2020-01-05      First Sale Yet to
                   Sale                          Occur
      Amendment
"""
    read = with_part("7. Type", lines).filing
    assert read.type_of_filing is not None
    assert read.type_of_filing.date_of_first_sale is not None
    assert str(read.type_of_filing.date_of_first_sale.value) == "2020-01-05"


FAR_OTHER = """
   Equity                                                                                  Pooled Investment Fund
                                                                                           Interests
   Debt                                                                                    Tenant-in-Common Securities
   Option, Warrant or Other Right to Acquire Another Security                              Mineral Property Securities
   Security to be Acquired Upon Exercise of Option, Warrant or Other Right   X                 Other (describe)
   to Acquire Security
                                                                             Profits interests
"""


def test_a_mark_far_from_its_label_above_the_answer_that_goes_with_it() -> None:
    read = with_part("9. Type", FAR_OTHER).filing.types_of_securities_offered
    assert read is not None
    assert (read.is_other_type, read.description_of_other_type) == (True, "Profits interests")
