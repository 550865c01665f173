"""The report as a page: its figures, its texts that can do no harm, and what a real browser makes of it."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import quote

import lxml.html
import pytest
import regex
from PIL import Image

from extractor.accuracy.page import MOST_MISTAKES, to_html, write_page
from extractor.accuracy.page.rows import LONGEST
from extractor.accuracy.report import (
    BoxScore,
    FieldKind,
    FieldScore,
    FilingScore,
    GroupScore,
    ListScore,
    Mistake,
    Rate,
    Report,
    Score,
    from_json,
)
from extractor.finding import BoxState
from extractor.source import Place
from tests.browser import open_page, shoot
from tests.conftest import ROOT, Formd
from tests.keyboard import NAMED, press

HOSTILE = (
    "</script><script>alert(1)</script><img src=http://127.0.0.1:9/x.png onerror=alert(2)>\"'`{{7*7}}"
    "\u202egnp.exe\u2066\x00\x1b[31m\ud800&amp;]]>--><svg onload=alert(3)>"
)
EXAMPLE = ROOT / "tests" / "data" / "report-example.json"
IMAGES = ROOT / "docs" / "images"
NAME = "related_persons[].related_person_name.last_name"
SOLD = "offering_sales_amounts.total_amount_sold"
GOOD = "primary_issuer.cik"


def field(path: str, kind: FieldKind, item: str, score: Score) -> FieldScore:
    return FieldScore(path=path, item=item, kind=kind, score=score, formats={"text": score})


def report(*more: Mistake, filings: tuple[FilingScore, ...] = (), path: str = NAME) -> Report:
    """A report of three filings, with a mistake of each kind, and more."""
    name, sold = Score(right=6, wrong=1, missing=1, flagged=1), Score(right=2, invented=1, blank=1, flagged=0)
    total = Score(right=11, wrong=1, missing=1, invented=1, blank=1, exact=11, flagged=1)
    return Report(
        extractor="0.1.0",
        total=total,
        fields=(
            field(GOOD, "number", "1", Score(right=3)),
            field(path, "name", "3", name),
            field("issuer_size.revenue_range", "box", "5", Score(blank=3)),
            field(SOLD, "amount", "13", sold),
        ),
        items={"1": Score(right=3), "3": name, "13": sold},
        kinds={"number": Score(right=3), "name": name, "amount": sold},
        formats={"text": total},
        boxes=BoxScore(path="", seen={truth: dict.fromkeys(BoxState, 2) for truth in BoxState}),
        box_fields=(),
        groups=(GroupScore(label="Industry Group", paths=("x",), whole=Rate(hits=2, trials=3)),),
        lists=(ListScore(path="related_persons", expected=8, got=7, paired=7, order=Rate(hits=1, trials=2)),),
        filings=(
            FilingScore(name="one.txt", truth="one.xml", format="text", score=name),
            FilingScore(name="two.pdf", truth="two.xml", format="pdf", score=sold),
            FilingScore(name="three.txt", truth="three.xml", format="text", score=Score(right=3)),
            *filings,
        ),
        exact=Rate(hits=9, trials=9),
        inferred=Rate(hits=2, trials=3),
        places=Rate(hits=9, trials=10),
        mistakes=(
            Mistake("one.txt", "text", path, f"{path}0", "wrong", "Berg", "Burg", raw="Burg", flagged=True,
                    place=Place(line=7, columns=(3, 6)), certainty="inferred", problems=("inferred: the nearer",)),
            Mistake("one.txt", "text", path, "related_persons[1].x", "missing", "Ng", None),
            Mistake("two.pdf", "text", SOLD, SOLD, "invented", None, "5", place=Place(2, (1, 2, 3, 4)), raw="$5"),
            *more,
        ),
    )  # fmt: skip


HOSTILE_REPORT = report(
    Mistake(
        HOSTILE, "text", HOSTILE, HOSTILE, "wrong", HOSTILE, HOSTILE, HOSTILE, HOSTILE, None, None, False, (HOSTILE,)
    ),
    filings=(FilingScore(name=HOSTILE, truth=HOSTILE, format="text", score=Score(wrong=1), error=HOSTILE),),
    path=HOSTILE,
).model_copy(update={"without_truth": (HOSTILE,), "unread": ((HOSTILE, HOSTILE),), "extractor": HOSTILE})


def found(dom: str, path: str) -> list[Any]:
    """The elements or attributes at an XPath."""
    return cast("list[Any]", lxml.html.fromstring(dom).xpath(path))


def rows(dom: str, table: str = "list") -> list[list[str]]:
    """The texts of a table's cells, row by row."""
    return [
        ["".join(cell.itertext()).strip() for cell in row] for row in found(dom, f"//table[@id='{table}']/tbody/tr")
    ]


def text_of(dom: str, name: str) -> str:
    return "".join(found(dom, f"//*[@id='{name}']")[0].itertext())


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    (tmp_path / "one.txt").write_text("a filing")
    write_page(report(), path)
    return path


def test_the_heat_map_has_the_worst_field_first_with_its_figures(tmp_path: Path) -> None:
    html = to_html(report(), tmp_path)
    assert [row[0] for row in rows(html, "heatmap")] == [SOLD, NAME]
    assert rows(html, "heatmap")[0] == [SOLD, "13", "amount", "1", "66.6%", "66.6%"]
    assert "1 field without a mistake" in html
    assert "1 more field is blank in every truth and every result" in html


@pytest.mark.parametrize(
    ("right", "wrong", "figure", "level"),
    [(1000, 0, "100%", "0"), (99_999, 1, "99.9%", "1"), (99, 1, "99.0%", "1"), (95, 5, "95.0%", "2"),
     (949, 51, "94.9%", "3"), (8, 2, "80.0%", "3"), (1, 9999, "0.0%", "4")],
)  # fmt: skip
def test_no_figure_is_rounded_to_the_better_side(
    right: int, wrong: int, figure: str, level: str, tmp_path: Path
) -> None:
    score = Score(right=right, wrong=wrong)
    given = report().model_copy(update={"fields": (field(SOLD, "amount", "13", score),)})
    cell = found(to_html(given, tmp_path), "//table[@class='heatmap']/tbody/tr/td[@class='heat']")[0]
    assert ("".join(cell.itertext()).strip(), cell.get("data-level")) == (figure, level)


def test_nothing_is_fetched_and_nothing_but_the_own_script_and_style_is_let_run(tmp_path: Path) -> None:
    html = to_html(HOSTILE_REPORT, tmp_path)
    policy = found(html, "//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert regex.fullmatch(
        r"default-src 'none'; script-src 'sha256-\S+'; style-src 'sha256-\S+'; base-uri 'none'; form-action 'none'",
        policy,
    )
    assert not found(html, "//@src | //link | //iframe | //object | //*[@style] | //@*[starts-with(name(), 'on')]")
    assert all(href.startswith(("#", "./", "../")) for href in found(html, "//@href"))
    assert len(found(html, "//script")) == 2


def test_hostile_text_is_text_and_shows_what_it_hides(tmp_path: Path) -> None:
    html = to_html(HOSTILE_REPORT, tmp_path)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert not set("\u202e\u2066\x00\x1b\ud800") & set(html)
    assert "\\u202egnp.exe\\u2066\\x00\\x1b[31m\\ud800" in text_of(html, "heatmap")
    write_page(HOSTILE_REPORT, tmp_path / "written.html")


def test_a_long_value_is_cut_with_a_word_about_it(tmp_path: Path) -> None:
    long = Mistake("one.txt", "text", SOLD, SOLD, "wrong", "5", "y" * (LONGEST + 1234))
    html = to_html(report(long), tmp_path)
    assert "yyy\\u2026 (1,234 more characters)" in html
    assert "y" * (LONGEST + 1) not in html


def test_mistakes_beyond_the_page_are_counted_and_the_silent_stay(tmp_path: Path) -> None:
    silent = Mistake("three.txt", "text", SOLD, SOLD, "wrong", "5", "the silent one")
    flagged = [replace(silent, got=f"n{number}", flagged=True) for number in range(MOST_MISTAKES)]
    html = to_html(report(*flagged, silent), tmp_path)
    assert "4 mistakes are left out here." in html
    assert f"holds the first 20,000 of {MOST_MISTAKES + 4:,}" in text_of(html, "cut-mistakes")
    assert "the silent one" in html
    assert f'"n{MOST_MISTAKES - 1}"' not in html
    assert "left out here" not in to_html(report(), tmp_path)


def test_an_extra_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.errors import MissingProgram

    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)
    with pytest.raises(MissingProgram, match=r"pip install 'formd-extractor\[report\]'"):
        write_page(report(), tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_links_lead_to_files_that_are_there_as_seen_from_the_page(tmp_path: Path) -> None:
    filing = tmp_path / "in" / "a b#1?.pdf"
    filing.parent.mkdir()
    filing.write_text("x")
    out = tmp_path / "out"
    out.mkdir()
    there = FilingScore(name=str(filing), truth="t", format="pdf", score=Score(wrong=1))
    html = to_html(report(filings=(there,)), out)
    assert '"../in/a%20b%231%3F.pdf"' in html
    assert html.count('"href": ""') == 3  # the others are not there


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 defines it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_can_be_told_from_their_ground(scheme: int) -> None:
    style = (ROOT / "extractor" / "accuracy" / "page" / "report.css").read_text(encoding="utf-8")
    blocks = regex.findall(r":root \{(.*?)\}", style, regex.DOTALL)
    colour = dict(regex.findall(r"--([\w-]+): (\#[0-9a-f]{6})", blocks[scheme]))
    texts = [(ink, ground) for ink in ("ink", "soft", "link") for ground in ("page", "card")]
    texts += [("ink", ground) for ground in ("mark", "heat1", "heat2", "heat3")] + [("heat4-ink", "heat4")]
    assert [pair for pair in texts if contrast(colour[pair[0]], colour[pair[1]]) < 4.5] == []
    drawn = ("first", "second", "wrong", "missing", "invented")
    assert [name for name in drawn if contrast(colour[name], colour["page"]) < 3] == []


@pytest.mark.parametrize(
    ("fragment", "shown"),
    [
        ("", ["Ng", "", "Berg"]),
        ("#kind=missing", ["Ng"]),
        ("#warned=flagged", ["Berg"]),
        ("#warned=silent", ["Ng", ""]),
        (f"#field={quote(SOLD)}", [""]),
        ("#q=bUrG", ["Berg"]),
        ("#q=ONE.txt", ["Ng", "Berg"]),
        ("#filing=one.txt&kind=wrong", ["Berg"]),
        ("#format=pdf", []),
        ("#mistakes", ["Ng", "", "Berg"]),
    ],
)
def test_the_filters_stand_in_the_address(fragment: str, shown: list[str], page: Path, tmp_path: Path) -> None:
    opened = open_page(page, fragment, tmp_path)
    expected = [row[2].removesuffix("nothing") for row in rows(opened.dom)]
    assert expected == shown
    assert f"{len(shown)} mistake" in text_of(opened.dom, "shown")
    assert (opened.console, opened.asked) == ((), ())


def test_keys_reach_all_that_can_be_done_in_order_and_show_where_they_are(page: Path, tmp_path: Path) -> None:
    active = "a[href],button:enabled,input,select,summary,[tabindex='0']"
    everything = f'[...document.querySelectorAll("{active}")].filter(one => one.checkVisibility()).map({NAMED})'
    _, names = press(page, tmp_path, [], everything)
    assert isinstance(names, list)
    assert {"input q", "select field", "select warned", "button Clear"} <= set(names)
    focused, _ = press(page, tmp_path, ["Tab"] * len(names), "0")
    assert [one.rpartition("|")[0] for one in focused] == names
    assert "none" not in {one.rpartition("|")[2] for one in focused}


def test_a_search_typed_with_keys_filters_the_mistakes(page: Path, tmp_path: Path) -> None:
    focused, _ = press(page, tmp_path, ["Tab"] * 60, "0")
    before = next(number for number, one in enumerate(focused) if one.startswith("input q|"))
    shown = "new Promise(done => setTimeout(() => done(document.getElementById('shown').textContent), 500))"
    _, said = press(page, tmp_path, [*["Tab"] * (before + 1), *"burg"], shown)
    assert "1 mistake" in str(said)


def test_the_evidence_of_a_filing_says_what_the_document_says_and_where(page: Path, tmp_path: Path) -> None:
    dom = open_page(page, "#filing=one.txt", tmp_path).dom
    evidence = text_of(dom, "filing")
    for said in ("6 right, 2 mistakes", "BergGotBurg", "In the documentBurg", "line 7 columns 3-6", "the nearer"):
        assert said in evidence
    dom = open_page(page, "#filing=absent.txt", tmp_path).dom
    assert "No filing of this name" in text_of(dom, "filing")


def test_rows_name_place_and_filing_and_lead_to_them(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "two.pdf").write_text("x")
    write_page(report(), page)
    links = found(open_page(page, "", tmp_path).dom, "//table[@id='list']/tbody/tr[2]//a/@href")
    assert links == ["./two.pdf#page=2", "./two.pdf#page=2", "#filing=two.pdf"]


def test_hostile_text_does_nothing_in_a_browser(tmp_path: Path) -> None:
    write_page(HOSTILE_REPORT, tmp_path / "hostile.html")
    shown = rows(open_page(tmp_path / "hostile.html", "", tmp_path).dom)
    name = next(row[6] for row in shown if "script" in row[6]).removesuffix(" evidence")
    opened = open_page(tmp_path / "hostile.html", f"#filing={quote(name)}", tmp_path)
    assert (opened.console, opened.asked) == ((), ())
    assert not found(opened.dom, "//img | //*[@onload] | //*[@onerror]")
    assert len(found(opened.dom, "//script")) == 2
    assert "</script><script>alert(1)</script>" in text_of(opened.dom, "list")
    assert len(found(opened.dom, "//article")) == 1


def test_the_browser_tells_of_errors_and_of_requests(tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<!DOCTYPE html><img src='http://127.0.0.1:9/x.png'><script>throw Error('seen')</script>")
    opened = open_page(bad, "", tmp_path)
    assert any("seen" in line for line in opened.console)
    assert opened.asked == ("http://127.0.0.1:9/x.png",)


def test_ten_thousand_mistakes_are_shown_a_hundred_at_a_time(tmp_path: Path) -> None:
    one = Mistake("three.txt", "text", SOLD, SOLD, "wrong", "5", "6")
    write_page(report(*(replace(one, got=f"n{number}") for number in range(10_000))), tmp_path / "large.html")
    assert (tmp_path / "large.html").stat().st_size < 6_000_000
    dom = open_page(tmp_path / "large.html", "#kind=wrong&page=100", tmp_path).dom
    assert "Rows 9,901–10,000 of 10,001 mistakes" in text_of(dom, "shown")
    assert len(rows(dom)) == 100


SIZE = (1280, 3300)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_of_the_example(scheme: Literal["light", "dark"], tmp_path: Path) -> None:
    """FORMD_PICTURES=1 writes them into the docs."""
    write_page(from_json(EXAMPLE.read_bytes()), tmp_path / "report.html")
    picture = tmp_path / f"report-{scheme}.png"
    shoot(tmp_path / "report.html", picture, scheme, SIZE)
    with Image.open(picture) as seen:
        assert seen.size == SIZE
        grey = seen.convert("L")
        corner = grey.getpixel((2, 2))
        assert isinstance(corner, int)
        assert (corner > 200) is (scheme == "light")
        levels = grey.histogram()
        unlike = sum(number for level, number in enumerate(levels) if abs(level - corner) > 60)
        assert 0.01 < unlike / sum(levels) < 0.5  # it holds text and drawings, and is no blank or black page
        if os.environ.get("FORMD_PICTURES"):
            IMAGES.mkdir(exist_ok=True)
            seen.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(IMAGES / picture.name, optimize=True)
    assert (IMAGES / picture.name).is_file()


def test_the_command_writes_the_page_with_links_to_the_filings(formd: Formd, tmp_path: Path) -> None:
    filing = tmp_path / "filings" / "alder-creek-robotics.txt"
    filing.parent.mkdir()
    text = (ROOT / "samples" / filing.name).read_text(encoding="utf-8")
    assert "1200 QUARRY ROAD" in text
    filing.write_text(text.replace("1200 QUARRY ROAD", "12 QUARRY ROAD"), encoding="utf-8")
    page = tmp_path / "report.html"
    code, _, _ = formd("accuracy", filing.parent, ROOT / "samples" / "alder-creek-robotics.xml", "--html", page)
    assert code == 0
    dom = open_page(page, "#kind=wrong", tmp_path).dom
    mistakes = [row[:5] for row in rows(dom)]
    assert [
        "primary_issuer.issuer_address.street1",
        "wrong",
        "1200 QUARRY ROAD",
        "12 QUARRY ROAD",
        "silent",
    ] in mistakes
    assert found(dom, "//table[@id='list']/tbody/tr[1]/td[6]/a/@href") == ["./filings/alder-creek-robotics.txt"]
