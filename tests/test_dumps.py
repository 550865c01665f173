"""Dumps of text browsers: labels centred in columns a space apart, answers that wrap, tables strung into lines."""

import pytest

from extractor.extract import Extraction, extract_text
from extractor.model import Filing
from tests.silence import silent
from tests.test_adversary import PLAIN, columns, filing, issuer
from tests.truth import differences

HEADINGS = ("1. Issuer's Identity", "2. Principal Place", "3. Related Persons", "4. Industry Group")


def with_item(number: int, lines: str, truth: Filing = PLAIN) -> Extraction:
    """The reading of a text in columns one of whose first items stands there in other lines."""
    text = columns(truth)
    start = text.index("\n", text.index(HEADINGS[number - 1])) + 1
    end = text.index(HEADINGS[number])
    return extract_text(f"{text[:start]}\n{lines.strip(chr(10))}\n\n{text[end:]}")


def with_issuer(lines: str, **issuer_of: object) -> tuple[Filing, Extraction]:
    """A filing with another issuer, and the reading of a text whose item 1 stands there in other lines."""
    truth = filing(primary_issuer=issuer(**issuer_of))
    return truth, with_item(1, lines, truth)


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
