"""The PDF reader: what it refuses, and that it says why."""

import logging
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import BrokenInput, EmptyInput, EncryptedInput, ExtractorError, ImageOnlyInput, UnreadableInput
from extractor.readers import pdf as reader
from extractor.readers import pdf_file
from extractor.readers.pdf import Engine, read_pdf
from extractor.readers.pdf_packing import most_unpacked, unpack, unpacked_size
from tests.pdfs import Page, browser, pdf, picture, read, rect, seen, stream, text


@pytest.mark.parametrize("data", [b"", b" \n\t", pdf(["0 g"]), pdf([rect(10, 10, 400, 400)])])
def test_an_empty_document_is_refused(data: bytes) -> None:
    with pytest.raises(EmptyInput):
        read_pdf(data)


@pytest.mark.parametrize("data", [b"FORM D", b"\x89PNG\r\n", b"%PDF-1.4", b"%PDF-1.7\n" + b"x" * 5000])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenInput):
        read_pdf(data)


def test_a_document_without_pages_is_refused() -> None:
    with pytest.raises(BrokenInput, match="none"):
        read_pdf(pdf())


def test_a_password_is_asked_for_only_if_the_reader_must_give_it() -> None:
    page = [text(50, 100, "Name of Issuer")]
    with pytest.raises(EncryptedInput, match="password"):
        read_pdf(pdf(page, password="open sesame"))
    assert seen(pdf(page, password="owner")).items == ["Name of Issuer"]


def test_an_unknown_encryption_is_refused() -> None:
    data = pdf([text(50, 100, "x")], password="owner").replace(b"/Filter /Standard", b"/Filter /Nobodys!")
    with pytest.raises(EncryptedInput):
        read_pdf(data)


TWO = pdf(*([text(50, 100 + row, f"page {page} row {row}") for row in range(0, 400, 20)] for page in "12"), packed=True)


def test_a_cut_file_is_refused_or_read_whole() -> None:
    whole = seen(TWO).items
    for length in range(0, len(TWO), 61):
        try:
            assert seen(TWO[:length]).items == whole
        except (BrokenInput, EmptyInput):
            continue


def test_a_damaged_page_is_named() -> None:
    damaged = bytearray(TWO)
    damaged[TWO.rindex(b"\nstream\n") + 60] ^= 0xFF
    with pytest.raises(BrokenInput, match="page 2"):
        read_pdf(bytes(damaged))


def test_a_stream_that_only_lacks_its_checksum_is_read() -> None:
    assert unpack(zlib.compress(b"words " * 50)[:-4], ["FlateDecode"]) == b"words " * 50


@pytest.mark.parametrize(
    ("packed", "filters"),
    [
        (b"0 g 0 g ", []),
        (zlib.compress(zlib.compress(b"0 g 0 g ")), ["Fl", "FlateDecode"]),
        (b"\x030 g \x030 g \x80junk", ["RunLengthDecode"]),
        (b"30 20 67 20 3020 6720>", ["AHx"]),
    ],
)
def test_text_is_unpacked_whatever_packs_it(packed: bytes, filters: list[str]) -> None:
    assert unpack(packed, filters) == b"0 g 0 g "


def test_lzw_is_unpacked_as_the_standard_says() -> None:
    assert unpack(bytes.fromhex("800B6050220C0C8501"), ["LZWDecode"]) == b"-----A---B"  # ISO 32000-1, 7.4.4.2


def test_text_that_nothing_unpacks_is_damaged() -> None:
    picture_of_text = b"<< /Length 4 /Filter /DCTDecode >>\nstream\nxxxx\nendstream"
    with pytest.raises(BrokenInput, match="DCTDecode"):
        read_pdf(pdf([text(50, 100, "a")], objects={11: picture_of_text}))


@pytest.mark.parametrize(
    ("gone", "why"),
    [(b"/Contents 13 0 R", "page 2"), (b"/Kids [10 0 R 12 0 R]", "2 pages, but only 1"), (b"/F 3 0 R", "page 1")],
)
def test_a_missing_part_is_not_passed_over(gone: bytes, why: str) -> None:
    instead = {b"/Kids [10 0 R 12 0 R]": b"/Kids [10 0 R 98 0 R]"}.get(gone, gone.split()[0] + b" 98 0 R")
    with pytest.raises(BrokenInput, match=why):
        read_pdf(TWO.replace(gone, instead, 1))


PICTURE = "q 612 0 0 792 0 0 cm /P100 Do Q"


def test_pages_of_pictures_are_refused() -> None:
    with pytest.raises(ImageOnlyInput, match=r"page 1 of 1.*OCR"):
        read_pdf(pdf([PICTURE], objects={100: picture()}))
    with pytest.raises(ImageOnlyInput, match="page 2 of 3"):
        read_pdf(pdf([text(50, 100, "a")], [PICTURE], [text(50, 100, "b")], objects={100: picture()}))


def test_a_picture_with_a_browsers_lines_around_it_is_refused() -> None:
    data = pdf(browser(1, 2, text(50, 100, "a")), browser(2, 2, PICTURE), objects={100: picture()})
    with pytest.raises(ImageOnlyInput, match="page 2"):
        read_pdf(data)


def test_letters_drawn_as_shapes_are_refused() -> None:
    letters = [f"{50 + 4 * place} 700 m {52 + 4 * place} 706 l {53 + 4 * place} 700 l f" for place in range(120)]
    with pytest.raises(ImageOnlyInput):
        read_pdf(pdf(letters))


def test_a_blank_page_and_a_small_picture_are_passed_over() -> None:
    logo = "q 20 0 0 20 50 50 cm /P100 Do Q"
    data = pdf([text(50, 100, "a")], ["0 g"], [logo], objects={100: picture()})
    assert seen(data).items == ["a"]


def test_text_recognised_under_a_picture_is_read_and_said_so() -> None:
    data = pdf([PICTURE, text(50, 100, "Name of Issuer", before="3 Tr")], objects={100: picture()})
    items, source = seen(data)
    assert items == ["Name of Issuer"]
    assert source.facts["text_layer"] == "recognised"
    assert "text_layer" not in read_pdf(pdf([text(50, 100, "a")])).facts


def test_unpainted_text_beside_painted_text_is_not_read_even_over_a_picture() -> None:
    draws = [PICTURE, text(50, 100, "hidden", before="3 Tr"), text(50, 120, "plain")]
    assert seen(pdf(draws, objects={100: picture()})).items == ["plain"]


def test_text_without_characters_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="page 1"):
        read_pdf(pdf([f"BT /C 10 Tf 50 700 Td <{'0041' * 40}> Tj ET"]))


def test_a_single_unknown_character_is_shown_as_one() -> None:
    assert read("BT /C 10 Tf 50 700 Td <0041> Tj ET", text(50, 120, "Issuer")) == [
        "\N{REPLACEMENT CHARACTER}",
        "Issuer",
    ]


def test_limits_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    page = [text(50, 100, "a")]
    for name, data in (
        ("MAX_BYTES", pdf(page)),
        ("MAX_PAGES", pdf(page, page, page)),
        ("MAX_UNPACKED", pdf([*page, "0 g " * 500], packed=True)),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(pdf_file, name, 2 if name == "MAX_PAGES" else 20)
            with pytest.raises(UnreadableInput):
                read_pdf(data)
        assert read_pdf(data).items
    monkeypatch.setattr(reader, "MAX_OBJECTS", 3)
    with pytest.raises(UnreadableInput, match="draws more"):
        read_pdf(pdf([text(50, 100, "four")]))


def test_orders_without_end_that_paint_nothing_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_OBJECTS", 5000)
    with pytest.raises(UnreadableInput, match="draws more"):
        read_pdf(pdf([text(50, 100, "a"), "q Q " * 20_000]))


def test_a_drawing_that_draws_itself_a_million_times_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_OBJECTS", 5000)
    forms = {
        number: stream(
            f"/P{number + 1} Do ".encode() * 10,
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
            f"/Resources << /XObject << /P{number + 1} {number + 1} 0 R >> >>",
        )
        for number in range(100, 108)
    }
    forms[108] = stream(b"0 g", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    with pytest.raises(UnreadableInput, match="draws more"):
        read_pdf(pdf(["/P100 Do"], objects=forms))


def test_a_packed_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "MAX_UNPACKED", 10_000_000)
    with pytest.raises(UnreadableInput, match="unpacks"):
        read_pdf(pdf([text(50, 100, "a")], objects={100: stream(b"\0" * 20_000_000, packed=True)}))


def test_what_may_be_a_bomb_by_its_packed_size_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "MAX_UNPACKED", 50_000)
    noise = stream(bytes(index * index % 251 for index in range(20_000)), packed=True)
    data = pdf([text(50, 100, "a")], objects={100: noise, 101: noise}, packed=True)
    assert most_unpacked(b"", data[data.index(b"x\x9c") :], 50_000) > 50_000
    assert seen(data).items == ["a"]
    with pytest.raises(UnreadableInput, match="unpacks"):
        read_pdf(pdf([text(50, 100, "a")], objects={100: noise, 101: noise, 102: noise}))


@given(st.binary(max_size=2000), st.integers(0, 3))
def test_no_stream_unpacks_to_more_than_is_reckoned(data: bytes, times: int) -> None:
    for _ in range(times):
        data = zlib.compress(data * 9, 9)
    assert most_unpacked(b"", data, 1 << 30) >= unpacked_size(b"", data, 1 << 30)


RUNS = bytes([129, 32]) * (1 << 23) + b"\x80"
"""1 GB of blanks as runs."""


@cache
def flat(count: int) -> bytes:
    """So many pieces of 16 MB of blanks."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * (1 << 24)) for _ in range(count)) + packer.flush()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
@pytest.mark.parametrize(
    ("filters", "pack"),
    [
        ("/FlateDecode", lambda: flat(64)),
        ("[/FlateDecode /FlateDecode]", lambda: zlib.compress(flat(64), 9)),
        ("[/FlateDecode /RunLengthDecode]", lambda: zlib.compress(RUNS, 9)),
        ("[/#46lateDecode /Fl /RL]", lambda: zlib.compress(zlib.compress(RUNS, 9), 9)),
        ("[/ASCIIHexDecode /FlateDecode /FlateDecode]", lambda: zlib.compress(flat(64), 9).hex().encode() + b">"),
        ("[/FlateDecode /LZWDecode]", lambda: zlib.compress(bytes(1 << 24), 9)),
    ],
)
@pytest.mark.parametrize("number", [11, 100], ids=["what the page draws", "another stream"])
def test_a_bomb_never_lies_unpacked_in_memory(filters: str, pack: Callable[[], bytes], number: int, root: Path) -> None:
    """A few kilobytes, most of them, that unpack to a gigabyte."""
    packed = pack()
    code = (
        "import sys; from pathlib import Path; from extractor.readers.pdf import read_pdf\n"
        "try: read_pdf(sys.stdin.buffer.read())\n"
        "except Exception as error: print(type(error).__name__)\n"
        "status = Path('/proc/self/status').read_text().split()\n"
        "print(int(status[status.index('VmHWM:') + 1]) // 1024)"  # getrusage would count what the parent had
    )
    bomb = f"<< /Length {len(packed)} /Filter {filters} >>\nstream\n".encode() + packed + b"\nendstream"
    data = pdf([text(50, 100, "a")], objects={number: bomb})
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input=data, cwd=root, check=True, capture_output=True, timeout=120)
    error, most = done.stdout.split()
    assert error == b"UnreadableInput"
    assert int(most) < 300


def test_a_page_of_two_hundred_inches_is_read_and_two_thousand_pages_are_not() -> None:
    wide = Page("BT /F 10 Tf 50 14300 Td (Name of Issuer) Tj ET", width=14400, height=14400)
    assert seen(pdf(wide)).items == ["Name of Issuer"]
    with pytest.raises(UnreadableInput, match="at most 500 pages"):
        read_pdf(pdf(*[["0 g"]] * 2000))


@pytest.mark.parametrize("note", ["<< /Subtype /Widget /FT >>", "<< /Subtype /FreeText /Rect [1 2 (x) 4] >>"])
@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_a_page_with_a_damaged_note_is_refused(note: str, engine: Engine) -> None:
    page = Page(text(50, 100, "a"), entries="/Annots [100 0 R]")
    with pytest.raises(BrokenInput, match="page 1 of the PDF is damaged"):
        read_pdf(pdf(page, objects={100: note.encode()}), engine)


def test_pdfminer_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    handlers, logging.root.handlers = logging.root.handlers, []
    try:
        read_pdf(pdf([text(50, 100, "a"), "(x) Td /Nope gs 1 (a) 3 rg"]))
    finally:
        logging.root.handlers = handlers
    assert capfd.readouterr() == ("", "")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_spoiled_file_is_read_or_refused(data: st.DataObject) -> None:
    spoiled = bytearray(TWO)
    for place in data.draw(st.lists(st.integers(0, len(TWO) - 1), min_size=1, max_size=8)):
        spoiled[place] = data.draw(st.integers(0, 255))
    try:
        source = read_pdf(bytes(spoiled))
    except ExtractorError:
        return
    assert source.items
