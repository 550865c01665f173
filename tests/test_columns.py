"""Columns set with spaces, in a text with markup: written around it, or before it came."""

from pathlib import Path

import pytest
import regex

from extractor.extract import extract_text
from extractor.outputs.render import TextStyle, render_text
from extractor.readers.edgar import from_edgar_xml
from extractor.readers.text import read_text
from extractor.source import Cell
from tests.silence import silent
from tests.truth import all_wrong, differences

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.xml"))


def edges(text: str) -> dict[str, float]:
    return {item.text: item.x0 for item in read_text(text).items if isinstance(item, Cell)}


def test_markup_that_columns_were_set_around_is_as_wide_as_it_is_written() -> None:
    seen = edges('Name    <input type="checkbox"/> None    City\n' + "Red Clay".ljust(41) + "Rye")
    assert seen["City"] == seen["Rye"] == 41


def test_markup_that_came_into_columns_later_has_no_width() -> None:
    seen = edges(r"Sold     Left" + "\n" + r"\$10      \$20" + "\n" + r"\$1,000   \$2,000")
    assert seen["Left"] == seen["$20"] == seen["$2,000"] == 9


def test_cells_of_table_rows_stay_where_their_index_puts_them() -> None:
    seen = edges("<tr><td>City</td><td>ZIP</td></tr>\n<tr><td>Rye</td><td>10580</td></tr>")
    assert (seen["City"], seen["ZIP"]) == (seen["Rye"], seen["10580"])


@pytest.mark.parametrize("width", [80, 200])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_columns_of_inputs_are_read_as_their_truth(path: Path, width: int) -> None:
    truth = from_edgar_xml(path.read_bytes())
    seen = extract_text(render_text(truth, TextStyle("columns", "inputs", width=width)))
    assert silent(truth, seen) == []
    assert all_wrong(truth, seen) == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_marks_a_line_above_their_labels(sample: Path) -> None:
    filing = from_edgar_xml(sample.read_bytes())
    lines = render_text(filing, TextStyle("columns", "x", 100)).splitlines()
    text = "\n".join(part for line in lines for part in raised(line))
    assert text.count("\n") > len(lines) + 5
    assert differences(filing, extract_text(text).filing) == []


def raised(line: str) -> list[str]:
    """A line, and above it one with its marks, if it has some before words."""
    marks = [match.start() for match in regex.finditer(r"(?:^|(?<=  ))X(?= {1,4}\S)", line)]
    if not marks:
        return [line]
    upper = "".join("X" if at in marks else " " for at in range(len(line)))
    return [upper.rstrip(), "".join(" " if at in marks else sign for at, sign in enumerate(line))]
