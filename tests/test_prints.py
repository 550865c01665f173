"""Prints of our own samples in some of the ways of `tests.prints`, read by each engine."""

from pathlib import Path

import pytest

from tests.browser import browser
from tests.prints import ENGINES, WAYS, Way, chosen, main, print_all, read

SAMPLES = Path(__file__).parents[1] / "samples"
CHOSEN = [way for way in WAYS if str(way) in {"60% a4 none", "80% letter wide lines", "120% letter wide"}]
SAMPLE = "mercer-street-credit"


@pytest.mark.parametrize("way", CHOSEN, ids=str)
@pytest.mark.parametrize("sample", [SAMPLE, "five-rivers-programs"])
def test_a_print_is_read_right(sample: str, way: Way, tmp_path: Path) -> None:
    browser()
    (one,) = print_all([SAMPLES / f"{sample}.xml"], [way], tmp_path)
    for engine in ENGINES:
        scored, faults = read(one, engine)
        assert (scored.perfect, faults) == (1, [])


def test_each_way_differs() -> None:
    assert (len(CHOSEN), len(set(map(str, WAYS))), len(WAYS)) == (3, 48, 48)


def test_a_folder_without_filings_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "expected XML files" in capsys.readouterr().err


def test_ways_are_chosen_by_how_their_names_begin() -> None:
    assert list(map(str, chosen(["120% a4 wide", "60% letter n"]))) == [
        *("60% letter none", "60% letter none lines", "120% a4 wide", "120% a4 wide lines"),
    ]
    assert [len(chosen([scale])) for scale in ("60%", "80% a4", "1", "")] == [12, 6, 24, 48]


def test_a_table_has_a_line_for_each_engine_and_way_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    browser()
    (tmp_path / f"{SAMPLE}.xml").write_bytes((SAMPLES / f"{SAMPLE}.xml").read_bytes())
    assert main([str(tmp_path), "--engine", "pdfplumber", "--only", "80% a4 none lines"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.split()[:7] == ["pdfplumber", "80%", "a4", "none", "lines", "1", "filings,"]


def test_a_way_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / f"{SAMPLE}.xml").write_bytes((SAMPLES / f"{SAMPLE}.xml").read_bytes())
    assert main([str(tmp_path), "--only", "90%"]) == 2
    assert "60% letter none" in capsys.readouterr().err
