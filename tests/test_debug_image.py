"""Pictures of pages with what was read on them."""

from pathlib import Path

import pytest
from PIL import Image

from extractor.errors import UnreadableInput
from extractor.extract import extract
from extractor.finding import BoxState
from extractor.outputs.debug_image import ANSWER, RESOLUTION, STATES, Color, draw_pages
from tests.conftest import Formd
from tests.make_pdfs import ROOM


def shows(picture: Image.Image, x: float, y: float, color: Color) -> bool:
    """Whether a colour, or nearly it (a picture has few), is around a point of the page."""
    column, row = round(x * RESOLUTION / 72), round(y * RESOLUTION / 72)
    pixels = [picture.getpixel((column + step, row)) for step in (-2, -1, 0, 1, 2)]
    near = [
        [abs(one - two) for one, two in zip(pixel, color, strict=True)] for pixel in pixels if isinstance(pixel, tuple)
    ]
    return any(max(steps) < 8 for steps in near)


@pytest.mark.parametrize("name", ["box-letter-in-rectangle", "page-cropped", "page-rotated"])
def test_each_answer_and_box_is_framed_where_it_stands(name: str, tmp_path: Path) -> None:
    path = ROOM / f"{name}.pdf"
    read = extract(path)
    (written,) = draw_pages(path.read_bytes(), read, tmp_path, "x")
    assert written == tmp_path / "x-page-1.png"
    boxes = {finding.place for finding in read.findings if finding.path in read.boxes}
    with Image.open(written) as picture:
        for finding in read.findings:
            if finding.path not in read.boxes and finding.place in boxes:
                continue  # what a box says besides its own state
            if finding.place is not None and finding.place.box is not None:
                x0, top, _, bottom = finding.place.box
                state = read.boxes.get(finding.path)
                color = ANSWER if state is None else STATES[state]
                assert shows(picture.convert("RGB"), x0, (top + bottom) / 2, color), finding
    assert BoxState.CHECKED in read.boxes.values()


def test_only_a_pdf_has_pages(tmp_path: Path, sample: Path) -> None:
    with pytest.raises(UnreadableInput, match="read as text"):
        draw_pages(sample.read_bytes(), extract(sample), tmp_path, "x")


def test_the_command_draws_each_page_of_each_input(formd: Formd, tmp_path: Path, sample: Path) -> None:
    one, two = ROOM / "page-a4.pdf", ROOM / "page-landscape.pdf"
    code, _, err = formd("extract", one, two, "--debug-image", tmp_path / "drawn")
    assert (code, err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "drawn").iterdir()) == [
        "page-a4-page-1.png",
        "page-landscape-page-1.png",
    ]
    code, _, err = formd("extract", sample, "--debug-image", tmp_path / "drawn")
    assert code == 1
    assert "expected a PDF to draw the pages of" in err
    assert formd("extract", "-", "--debug-image", tmp_path)[0] == 2
