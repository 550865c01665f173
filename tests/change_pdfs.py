"""Changes in PDFs that are drawn: how they are written, and what the drawing library cannot do."""

import io
from collections.abc import Callable, Sequence

import pikepdf


def rewritten(data: bytes, **options: object) -> bytes:
    """The PDF written anew by qpdf."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(target, deterministic_id=True, **options)  # type: ignore[arg-type]
    return target.getvalue()


def updated(data: bytes) -> bytes:
    """The PDF with an update behind it that gives its catalogue a new version."""
    start = data.rindex(b"startxref") + 9
    previous = int(data[start:].split()[0])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number, size = pdf.Root.objgen[0], len(pdf.objects) + 1
        catalogue = pdf.Root.unparse(resolved=True)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    out = bytearray(data.rstrip() + b"\n")
    place = len(out)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, catalogue)
    table = len(out)
    out += b"xref\n%d 1\n%010d 00000 n \n" % (number, place)
    return bytes(out) + trailer % (size, number, previous, table)


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The PDF after a change."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def characters(pdf: pikepdf.Pdf, signs: dict[int, str]) -> pikepdf.Object:
    """The stream that tells which characters the codes of a font are."""
    told = "".join(f"<{code:02X}> <{ord(sign):04X}> " for code, sign in signs.items())
    text = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n{len(signs)} beginbfchar {told}endbfchar endcmap end end"
    )
    return pdf.make_stream(text.encode())


def fonts(pdf: pikepdf.Pdf, name: str) -> list[pikepdf.Dictionary]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/BaseFont") == name]


def zapf_told(pdf: pikepdf.Pdf) -> None:
    signs = {0x34: "\N{HEAVY CHECK MARK}", 0x71: "\N{LOWER RIGHT SHADOWED WHITE SQUARE}"}
    fonts(pdf, "/ZapfDingbats")[0].ToUnicode = characters(pdf, signs)


def wingdings_told(pdf: pikepdf.Pdf) -> None:
    """Make Wingdings of Courier, and tell its characters."""
    font = fonts(pdf, "/Courier")[0]
    font.Subtype, font.BaseFont = pikepdf.Name.TrueType, pikepdf.Name.Wingdings
    font.FirstChar, font.LastChar, font.Widths = 0, 255, pikepdf.Array([891] * 256)
    font.ToUnicode = characters(pdf, {0xFE: "\N{BALLOT BOX WITH CHECK}", 0xA8: "\N{BALLOT BOX}"})
    del font["/Encoding"]


def without_state(pdf: pikepdf.Pdf) -> None:
    """Leave the state of buttons to the value of their fields."""
    for note in pdf.pages[0].Annots:
        del note["/AS"]


def noted(
    subtype: str, boxes: Sequence[tuple[float, float, float]], key: str, value: Callable[[float, float], object]
) -> Callable[[pikepdf.Pdf], None]:
    """Lay a note over each box (x, y, side). key, value: its entry, made of x and y."""

    def change(pdf: pikepdf.Pdf) -> None:
        notes = []
        for x, y, side in boxes:
            rect = pikepdf.Array([x, y, x + side, y + side])
            note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(subtype), Rect=rect)
            note[key] = value(x, y)
            notes.append(note)
        pdf.pages[0].Annots = pikepdf.Array(notes)

    return change


def strokes(x: float, y: float) -> pikepdf.Array:
    return pikepdf.Array([[x + 1, y + 1, x + 8, y + 8], [x + 1, y + 8, x + 8, y + 1]])


def with_structure(pdf: pikepdf.Pdf) -> None:
    """Tell which marked parts of the page are paragraphs."""
    sheet = pdf.pages[0]
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    orders = [(order.operands, str(order.operator)) for order in pikepdf.parse_content_stream(sheet)]
    numbers = [operands[1].MCID for operands, operator in orders if operator == "BDC"]
    parts = [
        pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, P=root, Pg=sheet.obj, K=number)
        )
        for number in numbers
    ]
    assert parts
    root.K = pikepdf.Array(parts)
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, pikepdf.Dictionary(Marked=True)


def with_font(pdf: pikepdf.Pdf) -> None:
    """Add the font that does not say which letters it draws."""
    described = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name.Untold,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        DW=500,
    )
    pdf.pages[0].Resources.Font.Untold = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name.Untold,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(described)]),
    )


def with_corner(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].MediaBox = pikepdf.Array([100, 50, 712, 842])
