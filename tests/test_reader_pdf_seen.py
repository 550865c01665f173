"""What a viewer does not show: text outside of a clip, on a hidden layer, or transparent. No engine reads it."""

import pytest

from extractor.errors import UnreadableInput
from extractor.readers.pdf import read_pdf
from tests.pdfs import Page, line, pdf, read, rect, seen, stream, text

BODY = text(50, 300, "body")
CATALOG = "<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [101 0 R 102 0 R] /D << {} >> >> >>"
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 612 792] {} /Resources << /Font << /F 3 0 R >> {} >>"


@pytest.mark.parametrize(
    ("clip", "shown"),
    [
        ("40 680 200 30 re W n", ["Amount 25"]),
        ("40 680 200 30 re W* n", ["Amount 25"]),
        ("40 680 48 30 re W n", ["Amount"]),
        ("40 600 200 30 re W n", []),
        ("40 680 200 30 re W n 300 680 200 30 re W n", []),
        ("1 0 0 1 0 -80 cm 40 680 200 30 re W n 1 0 0 1 0 80 cm", []),
        ("q 40 600 200 30 re W n Q", ["Amount 25"]),
        ("40 680 m 240 680 l 240 710 l 40 710 l h W n", ["Amount 25"]),
    ],
)
def test_text_shows_within_its_clip(clip: str, shown: list[str]) -> None:
    assert read(f"q {clip} BT /F 10 Tf 50 692 Td (Amount 25) Tj ET Q", BODY) == [*shown, "body"]


def test_a_mark_outside_of_its_clip_is_none() -> None:
    cross = [line(102, 92, 108, 98), line(102, 98, 108, 92)]
    box, label = rect(100, 90, 10, 10), text(114, 99, "Debt")
    assert read(box, *cross, label) == ["[X]", "Debt"]
    assert read(box, "q 0 0 90 90 re W n", *cross, "Q", label) == ["[ ]", "Debt"]


def test_a_form_shows_within_its_own_bounds() -> None:
    form = stream(
        b"BT /F 10 Tf 0 2 Td (Amount) Tj 0 30 Td (25) Tj ET", FORM.format("", "").replace("612 792", "200 20")
    )
    assert seen(pdf(["q 1 0 0 1 50 690 cm /P100 Do Q", BODY], objects={100: form})).items == ["Amount", "body"]


def test_a_form_begins_with_the_colour_of_the_page() -> None:
    form = stream(b"BT /F 10 Tf 50 692 Td (white) Tj ET", FORM.format("", ""))
    assert seen(pdf(["q 1 g /P100 Do Q", BODY], objects={100: form})).items == ["body"]


@pytest.mark.parametrize(
    ("state", "shown"), [("/ca 0", []), ("/ca 0.01", []), ("/ca 1", ["gone"]), ("/CA 0", ["gone"])]
)
def test_transparent_text_is_not_read(state: str, shown: list[str]) -> None:
    form = stream(b"/G gs BT /F 10 Tf 50 692 Td (gone) Tj ET", FORM.format("", f"/ExtGState << /G << {state} >> >>"))
    assert seen(pdf(["/P100 Do", BODY], objects={100: form})).items == [*shown, "body"]


LAYERS = "/Properties << /L 101 0 R /M 102 0 R /N 103 0 R >>"


@pytest.mark.parametrize(
    ("setting", "member", "drawn", "shown"),
    [
        ("/OFF [101 0 R]", "", "/OC /L BDC {} EMC", []),
        ("/OFF [102 0 R]", "", "/OC /L BDC {} EMC", ["gone"]),
        ("/BaseState /OFF", "", "/OC /L BDC {} EMC", []),
        ("/BaseState /OFF /ON [101 0 R]", "", "/OC /L BDC {} EMC", ["gone"]),
        ("/AS [<< /Event /View /OCGs [101 0 R] >>]", "", "/OC /L BDC {} EMC", []),
        ("/OFF [101 0 R]", "", "/OC /M BDC /Span BMC {} EMC EMC", ["gone"]),
        ("/OFF [101 0 R]", "", "/OC /L BDC EMC {}", ["gone"]),
        ("/OFF [101 0 R]", "", "/OC /L BDC q 1 0 0 1 0 0 cm Q {} EMC", []),
        ("/OFF [101 0 R]", "/OCGs [101 0 R 102 0 R]", "/OC /N BDC {} EMC", ["gone"]),
        ("/OFF [101 0 R]", "/OCGs [101 0 R 102 0 R] /P /AllOn", "/OC /N BDC {} EMC", []),
        ("/OFF [101 0 R]", "/OCGs 101 0 R /P /AnyOff", "/OC /N BDC {} EMC", ["gone"]),
        ("/OFF [101 0 R]", "/OCGs [101 0 R 102 0 R] /P /AllOff", "/OC /N BDC {} EMC", []),
        ("/OFF [101 0 R]", "/VE [/Not 101 0 R]", "/OC /N BDC {} EMC", ["gone"]),
        ("/OFF [101 0 R]", "/VE [/And 102 0 R [/Or 101 0 R 101 0 R]]", "/OC /N BDC {} EMC", []),
    ],
)
def test_hidden_layers_are_not_read(setting: str, member: str, drawn: str, shown: list[str]) -> None:
    draws = drawn.format("BT /F 10 Tf 50 692 Td (gone) Tj ET")
    objects = {
        1: CATALOG.format(setting).encode(),
        100: stream(draws.encode(), FORM.format("", LAYERS)),
        101: b"<< /Type /OCG /Name (One) /Usage << /View << /ViewState /OFF >> >> >>",
        102: b"<< /Type /OCG /Name (Two) >>",
        103: f"<< /Type /OCMD {member} >>".encode(),
    }
    assert seen(pdf(["/P100 Do", BODY], objects=objects)).items == [*shown, "body"]


def test_a_form_or_a_note_on_a_hidden_layer_is_not_read() -> None:
    objects = {
        1: CATALOG.format("/OFF [101 0 R]").encode(),
        100: stream(b"BT /F 10 Tf 50 692 Td (gone) Tj ET", FORM.format("/OC 101 0 R", "")),
        101: b"<< /Type /OCG /Name (One) >>",
        102: b"<< /Type /OCG /Name (Two) >>",
        104: b"<< /Type /Annot /Subtype /FreeText /Rect [50 600 90 620] /Contents (note) /OC 101 0 R >>",
    }
    page = Page(f"/P100 Do {BODY}", entries="/Annots [104 0 R]")
    assert seen(pdf(page, objects=objects)).items == ["body"]
    with pytest.raises(UnreadableInput, match="layers that are not shown"):
        read_pdf(pdf(page, objects=objects), "pdfium")
