"""Small PDFs of items 7 to 11 with their boxes drawn in every way: `python -m tests.make_pdfs` writes tests/data/pdf.

What each of them says stands here, in `EXPECTED`: it is what the drawing was told, and never what was read.
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pikepdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractor.finding import BoxState
from tests.change_pdfs import (
    changed,
    noted,
    rewritten,
    strokes,
    updated,
    wingdings_told,
    with_corner,
    with_font,
    with_structure,
    without_state,
    zapf_told,
)

ROOM: Final = Path(__file__).parent / "data" / "pdf"

BOXES: Final = (
    ("type_of_filing.new_or_amendment.is_amendment=false", 60, 700, ("New Notice",), True),
    ("type_of_filing.date_of_first_sale.yet_to_occur=true", 330, 700, ("First Sale Yet to Occur",), False),
    ("type_of_filing.new_or_amendment.is_amendment=true", 60, 682, ("Amendment",), False),
    ("duration_of_offering.more_than_one_year=true", 400, 630, ("Yes",), False),
    ("duration_of_offering.more_than_one_year=false", 450, 630, ("No",), True),
    ("types_of_securities_offered.is_equity_type=true", 60, 580, ("Equity",), True),
    (
        "types_of_securities_offered.is_pooled_investment_fund_type=true", 330, 580,
        ("Pooled Investment Fund Interests",), False,
    ),
    ("types_of_securities_offered.is_debt_type=true", 60, 562, ("Debt",), False),
    ("types_of_securities_offered.is_tenant_in_common_type=true", 330, 562, ("Tenant-in-Common Securities",), True),
    (
        "types_of_securities_offered.is_option_to_acquire_type=true", 60, 544,
        ("Option, Warrant or Other Right to Acquire", "Another Security"), True,
    ),
    ("types_of_securities_offered.is_mineral_property_type=true", 330, 544, ("Mineral Property Securities",), False),
    (
        "types_of_securities_offered.is_security_to_be_acquired_type=true", 60, 514,
        ("Security to be Acquired Upon Exercise of", "Option, Warrant or Other Right to Acquire", "Security"), False,
    ),
    ("types_of_securities_offered.is_other_type=true", 330, 514, ("Other (describe)",), False),
    ("business_combination_transaction.is_business_combination_transaction=true", 400, 430, ("Yes",), False),
    ("business_combination_transaction.is_business_combination_transaction=false", 450, 430, ("No",), True),
)  # fmt: skip
"""The boxes: name, x and base line of the box, lines of its label, and whether it is checked."""

EXPECTED: Final = {name: BoxState.CHECKED if on else BoxState.UNCHECKED for name, _, _, _, on in BOXES}

TEXTS: Final = (
    (40, 725, "7. Type of Filing"),
    (160, 700, "Date of First Sale"),
    (260, 700, "2024-03-18"),
    (40, 655, "8. Duration of Offering"),
    (40, 630, "Does the Issuer intend this offering to last more than one year?"),
    (40, 605, "9. Type(s) of Securities Offered (select all that apply)"),
    (40, 455, "10. Business Combination Transaction"),
    (40, 430, "Is this offering being made in connection with a business combination"),
    (40, 418, "transaction, such as a merger, acquisition or exchange offer?"),
    (40, 396, "Clarification of Response (if Necessary):"),
    (40, 365, "11. Minimum Investment"),
    (40, 340, "Minimum investment accepted from any outside investor"),
    (330, 340, "$25,000"),
    (380, 340, "USD"),
)

Draw = Callable[[Canvas, float, float, bool], None]
"""Draws a box whose label's base line is y: canvas, x, y, whether it is checked."""

SIDE: Final = 9.0


def rect(canvas: Canvas, x: float, y: float) -> None:
    canvas.rect(x, y - 1, SIDE, SIDE)


def four_lines(canvas: Canvas, x: float, y: float) -> None:
    x1, y0, y1 = x + SIDE, y - 1, y - 1 + SIDE
    canvas.lines([(x, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x, y1), (x, y1, x, y0)])


def one_path(canvas: Canvas, x: float, y: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x, y - 1)
    for dx, dy in ((SIDE, 0), (SIDE, SIDE), (0, SIDE), (0, 0)):
        path.lineTo(x + dx, y - 1 + dy)
    canvas.drawPath(path)


def bars(canvas: Canvas, x: float, y: float) -> None:
    for bar in ((0, 0, SIDE, 0.6), (0, SIDE - 0.6, SIDE, 0.6), (0, 0, 0.6, SIDE), (SIDE - 0.6, 0, 0.6, SIDE)):
        canvas.rect(x + bar[0], y - 1 + bar[1], bar[2], bar[3], stroke=0, fill=1)


def circle(canvas: Canvas, x: float, y: float) -> None:
    canvas.circle(x + SIDE / 2, y - 1 + SIDE / 2, SIDE / 2)


def letter(canvas: Canvas, x: float, y: float, sign: str = "X") -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(x + SIDE / 2, y + 0.5, sign)


def cross(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(x + 1.5, y + 0.5, x + SIDE - 1.5, y + SIDE - 2.5)
    canvas.line(x + 1.5, y + SIDE - 2.5, x + SIDE - 1.5, y + 0.5)


def tick(canvas: Canvas, x: float, y: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x + 1.5, y + 3)
    path.lineTo(x + 4, y + 0.5)
    path.lineTo(x + 7.5, y + 6.5)
    canvas.drawPath(path)


def block(canvas: Canvas, x: float, y: float) -> None:
    canvas.rect(x + 2, y + 1, SIDE - 4, SIDE - 4, stroke=0, fill=1)


def dot(canvas: Canvas, x: float, y: float) -> None:
    canvas.circle(x + SIDE / 2, y - 1 + SIDE / 2, 2.2, stroke=0, fill=1)


def icon(*, crossed: bool) -> ImageReader:
    picture = Image.new("L", (9, 9), 255)
    for at in range(9):
        if crossed:
            picture.putpixel((at, at), 0)
            picture.putpixel((at, 8 - at), 0)
        else:
            for edge in ((at, 0), (at, 8), (0, at), (8, at)):
                picture.putpixel(edge, 0)
    return ImageReader(picture)


def picture(canvas: Canvas, x: float, y: float) -> None:
    canvas.drawImage(icon(crossed=True), x + 1, y, SIDE - 2, SIDE - 2)


def form(canvas: Canvas, x: float, y: float) -> None:
    if not canvas.hasForm("mark"):
        canvas.beginForm("mark")
        cross(canvas, 0, 0)
        canvas.endForm()
    canvas.saveState()
    canvas.translate(x, y)
    canvas.doForm("mark")
    canvas.restoreState()


def boxed(frame: Callable[[Canvas, float, float], None], mark: Callable[[Canvas, float, float], None]) -> Draw:
    def draw(canvas: Canvas, x: float, y: float, on: bool) -> None:
        frame(canvas, x, y)
        if on:
            mark(canvas, x, y)

    return draw


def glyphs(font: str, on: str, off: str) -> Draw:
    def draw(canvas: Canvas, x: float, y: float, checked: bool) -> None:
        canvas.setFont(font, 10)
        canvas.drawString(x, y, on if checked else off)

    return draw


def blocks(canvas: Canvas, x: float, y: float, on: bool) -> None:
    canvas.rect(x, y - 1, SIDE, SIDE, stroke=not on, fill=on)


def bare_letter(canvas: Canvas, x: float, y: float, on: bool) -> None:
    if on:
        letter(canvas, x, y)


def icons(canvas: Canvas, x: float, y: float, on: bool) -> None:
    canvas.drawImage(icon(crossed=on), x, y - 1, SIDE, SIDE)


def buttons(canvas: Canvas, x: float, y: float, on: bool) -> None:
    canvas.acroForm.checkbox(name=f"box{x}-{y}", x=x, y=y - 1, size=SIDE, checked=on, borderWidth=0.5)


def radios(canvas: Canvas, x: float, y: float, on: bool) -> None:
    for value, left, bottom in (("is so", x, y - 1), ("is not", 20, 20)):
        selected = on == (value == "is so")
        canvas.acroForm.radio(
            name=f"group{x}-{y}", value=value, x=left, y=bottom, size=SIDE, selected=selected, borderWidth=0.5
        )


KINDS: Final[dict[str, Draw]] = {
    "letter-in-rectangle": boxed(rect, letter),
    "small-x-in-rectangle": boxed(rect, lambda canvas, x, y: letter(canvas, x, y, "x")),
    "cross-in-rectangle": boxed(rect, cross),
    "tick-in-rectangle": boxed(rect, tick),
    "block-in-rectangle": boxed(rect, block),
    "picture-in-rectangle": boxed(rect, picture),
    "form-in-rectangle": boxed(rect, form),
    "letter-in-four-lines": boxed(four_lines, letter),
    "cross-in-one-path": boxed(one_path, cross),
    "letter-in-bars": boxed(bars, letter),
    "block-in-bars": boxed(bars, block),
    "dot-in-circle": boxed(circle, dot),
    "solid-blocks": blocks,
    "zapf-dingbats": glyphs("ZapfDingbats", "\N{HEAVY CHECK MARK}", "\N{LOWER RIGHT SHADOWED WHITE SQUARE}"),
    "ballot-boxes": glyphs("DejaVu", "\N{BALLOT BOX WITH X}", "\N{BALLOT BOX}"),
    "brackets": glyphs("Helvetica", "[X]", "[ ]"),
    "letters-without-frames": bare_letter,
    "crosses-without-frames": lambda canvas, x, y, on: cross(canvas, x, y) if on else None,
    "pictures": icons,
    "check-boxes": buttons,
    "radio-buttons": radios,
}
"""Ways to draw a box; of `pictures`, nobody can tell the states who does not look at the pictures."""

DRAWN: Final = KINDS["cross-in-rectangle"]


def page(canvas: Canvas, draw: Draw, text: Callable[[Canvas, float, float, str], None]) -> None:
    """Draw the items."""
    canvas.setLineWidth(0.5)
    for x, y, words in TEXTS:
        text(canvas, x, y, words)
    for _, x, y, label, on in BOXES:
        draw(canvas, x, y, on)
        for row, words in enumerate(label):
            text(canvas, x + SIDE + 4, y - 11 * row, words)


def words_of(canvas: Canvas, x: float, y: float, words: str) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(x, y, words)


def twice(canvas: Canvas, x: float, y: float, words: str) -> None:
    words_of(canvas, x, y, words)
    words_of(canvas, x + 0.3, y, words)


def backwards(canvas: Canvas, x: float, y: float, words: str) -> None:
    canvas.setFont("Helvetica", 9)
    for at in reversed(range(len(words))):
        canvas.drawString(x + canvas.stringWidth(words[:at], "Helvetica", 9), y, words[at])


def subset(canvas: Canvas, x: float, y: float, words: str) -> None:
    canvas.setFont("DejaVu", 8)
    canvas.drawString(x, y, words)


def drawn(
    draw: Draw = DRAWN,
    text: Callable[[Canvas, float, float, str], None] = words_of,
    size: tuple[float, float] = (612, 792),
    before: Callable[[Canvas], None] = lambda canvas: None,
    after: Callable[[Canvas], None] = lambda canvas: None,
) -> bytes:
    """A PDF of one page with the items. before, after: what is done to the page before and after they are drawn."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=True, pageCompression=True)
    before(canvas)
    page(canvas, draw, text)
    after(canvas)
    canvas.save()
    return target.getvalue()


def upwards(canvas: Canvas) -> None:
    """Draw the page upwards on a sheet that lies on its side."""
    canvas.translate(792, 0)
    canvas.rotate(90)


def turned(canvas: Canvas) -> None:
    """Draw the page upwards, on a sheet that is shown upright."""
    canvas.setPageRotation(90)
    upwards(canvas)


def beside(canvas: Canvas) -> None:
    """Leave the right half of a sheet for another page."""
    canvas.scale(0.62, 0.62)


def second(canvas: Canvas) -> None:
    """Draw another page beside the first."""
    canvas.translate(396 / 0.62, 0)
    for y, label, amount in (
        (725, "13. Offering and Sales Amounts", ""),
        (700, "Total Offering Amount", "$1,000,000"),
        (682, "Total Amount Sold", "$400,000"),
        (664, "Total Remaining to be Sold", "$600,000"),
    ):
        words_of(canvas, 40, y, label)
        words_of(canvas, 200, y, amount)


def shifted(canvas: Canvas) -> None:
    """Draw the page where the corner of the sheet is not at 0, 0."""
    canvas.translate(100, 50)


def tagged(canvas: Canvas, x: float, y: float, words: str) -> None:
    canvas.addLiteral(f"/P << /MCID {len(canvas._code)} >> BDC")
    words_of(canvas, x, y, words)
    canvas.addLiteral("EMC")


def untold(canvas: Canvas, x: float, y: float, words: str) -> None:
    codes = "".join(f"{ord(sign) + 300:04X}" for sign in words)
    canvas.addLiteral(f"BT /Untold 9 Tf {x} {y} Td <{codes}> Tj ET")


def unseen(canvas: Canvas) -> None:
    """Text that is white, unpainted or off the page where answers are looked for."""
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    words_of(canvas, 330, 328, "$99,999")
    canvas.restoreState()
    text = canvas.beginText(62, 682)
    text.setFont("Helvetica", 9)
    text.setTextRenderMode(3)
    text.textOut("X")
    text.setTextRenderMode(0)
    canvas.drawText(text)
    words_of(canvas, 700, 340, "$88,888")


def in_form(canvas: Canvas) -> None:
    """Begin a form that the page draws."""
    canvas.beginForm("page")


def end_form(canvas: Canvas) -> None:
    canvas.endForm()
    canvas.doForm("page")


def cropped(canvas: Canvas) -> None:
    canvas.translate(150, 90)
    canvas.setCropBox((150, 90, 762, 882))


CHECKED: Final = [(x, y - 1, SIDE) for _, x, y, _, on in BOXES if on]
"""The corner and side of each box that is checked."""


def empty() -> bytes:
    """The page with nothing in its boxes."""
    return drawn(boxed(rect, lambda canvas, x, y: None))


CHANGED: Final[dict[str, Callable[[], bytes]]] = {
    "zapf-dingbats-told": lambda: changed(drawn(KINDS["zapf-dingbats"]), zapf_told),
    "wingdings-told": lambda: changed(drawn(glyphs("Courier", "\xfe", "\xa8")), wingdings_told),
    "check-boxes-by-value": lambda: changed(drawn(buttons), without_state),
    "typed-over": lambda: changed(empty(), noted("/FreeText", CHECKED, "/Contents", lambda x, y: "X")),
    "drawn-over": lambda: changed(empty(), noted("/Ink", CHECKED, "/InkList", strokes)),
}
"""Further ways to show a box, by what is changed in a PDF that is drawn."""

PAGES: Final[dict[str, Callable[[], bytes]]] = {
    "a4": lambda: drawn(size=(595.28, 841.89)),
    "landscape": lambda: drawn(size=(792, 612), before=lambda canvas: canvas.scale(0.77, 0.77)),
    "rotated": lambda: drawn(size=(792, 612), before=turned),
    "running-up": lambda: drawn(size=(792, 612), before=upwards),
    "two-up": lambda: drawn(size=(792, 612), before=beside, after=second),
    "cropped": lambda: drawn(size=(900, 1000), before=cropped),
    "offset": lambda: changed(drawn(size=(712, 842), before=shifted), with_corner),
    "tagged": lambda: changed(drawn(text=tagged), with_structure),
    "untold-font": lambda: changed(drawn(text=untold), with_font),
    "in-a-form": lambda: drawn(before=in_form, after=end_form),
    "printed-twice": lambda: drawn(text=twice),
    "drawn-backwards": lambda: drawn(text=backwards),
    "subset-font": lambda: drawn(text=subset),
    "unseen-text": lambda: drawn(after=unseen),
    "object-streams": lambda: rewritten(drawn(), object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "linearized": lambda: rewritten(drawn(), linearize=True),
    "updated": lambda: updated(drawn()),
}
"""PDFs whose pages, fonts or files are unusual."""


def main() -> None:
    """Write all of them."""
    pdfmetrics.registerFont(TTFont("DejaVu", "DejaVuSans.ttf"))
    ROOM.mkdir(parents=True, exist_ok=True)
    made = {f"box-{name}": drawn(draw) for name, draw in KINDS.items()}
    made |= {f"box-{name}": make() for name, make in CHANGED.items()}
    made |= {f"page-{name}": make() for name, make in PAGES.items()}
    for name, data in made.items():
        (ROOM / f"{name}.pdf").write_bytes(data)


if __name__ == "__main__":
    main()
