"""Texts that lay the form out as converters do: centred labels, wraps around a line, columns a space apart, frames."""

from extractor.extract import Extraction, extract_text
from tests.test_adversary import PLAIN, columns, filing, issuer, replaced
from tests.truth import differences

PERSON = "related_persons[0].related_person_"


def problems_of(extraction: Extraction, path: str) -> list[str]:
    return [problem.message for problem in extraction.problems if problem.path == path]


def with_address(*lines: str) -> Extraction:
    """The reading of a text in columns whose first person's address stands in other lines."""
    text = columns(PLAIN)
    at = text.index("Street Address 1", text.index("3. Related Persons"))
    end = text.index("Relationship", at)
    return extract_text(text[:at] + "\n".join(lines) + "\n\n" + text[end:])


def test_labels_centred_above_their_answers() -> None:
    seen = with_address(
        "   Street Address 1        Street Address 2",
        "1 Main Street           Suite 400",
        "      City           State/Province/Country      ZIP/PostalCode",
        "Austin                  TEXAS                   78701",
    )
    assert differences(PLAIN, seen.filing) == []


def test_a_missing_answer_below_centred_labels_shifts_nothing_unreported() -> None:
    seen = with_address(
        "   Street Address 1        Street Address 2",
        "                        Suite 400",
        "      City           State/Province/Country      ZIP/PostalCode",
        "Austin                  TEXAS                   78701",
    )
    address = seen.filing.related_persons[0].related_person_address
    assert address is not None
    assert address.street1 is None
    assert address.street2 == "Suite 400" or problems_of(seen, f"{PERSON}address.street2")
    assert problems_of(seen, f"{PERSON}address.street1")


def test_an_answer_that_runs_on_below_the_next_label_is_left_open() -> None:
    seen = with_address(
        "Street Address 1   Street Address 2",
        "1 Main Street      Suite 400",
        "City     State/Province/Country   ZIP/PostalCode",
        "Saint Austin TEXAS                78701",
    )
    address = seen.filing.related_persons[0].related_person_address
    assert address is not None
    assert (address.city, address.state_or_country, address.zip_code) == (None, None, "78701")
    assert problems_of(seen, f"{PERSON}address.city")
    assert problems_of(seen, f"{PERSON}address.state_or_country")


def test_a_label_wraps_around_the_line_of_its_mark() -> None:
    truth = filing(primary_issuer=issuer(issuer_previous_names=("Old Creek LLC",)))
    text = columns(truth)
    line = next(line for line in text.split("\n") if "Previous Names" in line)
    at = line.index("Previous Names")
    wrapped = "\n".join((" " * at + "Previous", replaced(line, "Previous Names", " " * 14), " " * at + "Names"))
    assert differences(truth, extract_text(replaced(text, line, wrapped)).filing) == []


def test_a_frame_around_a_number_is_no_text() -> None:
    text = columns(PLAIN)
    line = next(line for line in text.split("\n") if line.endswith(" 3"))
    framed = f"{line[:-1]}| 3 |"
    edge = " " * (len(line) - 1) + "+---+"
    assert differences(PLAIN, extract_text(replaced(text, line, f"{edge}\n{framed}\n{edge}")).filing) == []


def test_numbered_links_are_no_text() -> None:
    text = replaced(columns(PLAIN), "0000000017", "[1]0000000017")
    listed = f"{text}\n\nReferences\n\n   1. https://www.example.org/company?CIK=0000000017\n"
    assert differences(PLAIN, extract_text(listed).filing) == []
