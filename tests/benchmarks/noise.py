"""How accuracy falls with noise: `python -m tests.benchmarks.noise [XMLDIR] [--seeds N] [--faults] [--draw FILE]`.

Each filing is laid out as text in two styles, damaged as converters and character recognition damage it, at several
rates, and read. Of the fields of the truth so many are right; as written (a text that the damage is a part of,
reported as it stands); flagged (wrong or missing, with a problem on the path); silent (wrong or missing without one).
Where nobody can see a damage, as where a whole entry of a list is gone, it is silent. A table can be made again.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

import regex

from extractor.accuracy.score import score
from extractor.accuracy.truth import Truth
from extractor.errors import ExtractorError
from extractor.extract import extract_text
from extractor.model import Filing
from extractor.outputs.render import TextStyle, render_text
from tests.matrix.renderings import filings_of
from tests.matrix.scores import score as score_document

SAMPLES = Path(__file__).parents[2] / "samples"
RATES = (0.0, 0.1, 0.5, 1.0)
"""Per cent of characters, spaces, words or lines."""

STYLES = (TextStyle("tabs", "x"), TextStyle("columns", "brackets", 100))
OUTCOMES = ("right", "as written", "flagged", "silent")

LOOKALIKES: Mapping[str, str] = {
    **dict(zip("l1O0ecS5B8iIhtuagDZo", "1l0Oce5S8Bllbfvoq020", strict=True)),
    "m": "rn",
    "n": "ri",
}
"""What recognition takes letters for."""

LIGATURES = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}
LONG_WORD = regex.compile(r"(?<![\w<])[A-Za-z]{7,}(?!\w)")
APOSTROPHE = regex.compile(r"(?<=\w)'")
QUOTED = regex.compile(r'"([^"\n]*)"')

ALIKE = 0.6
"""The least likeness of an answer and the same answer with noise in it."""

Noise = Callable[[str, float, Random], str]


def _letters(text: str, rate: float, chance: Random) -> str:
    return "".join(LOOKALIKES[one] if one in LOOKALIKES and chance.random() < rate else one for one in text)


def _spaces(written: str) -> Noise:
    """Single spaces within lines dropped or doubled."""
    return lambda text, rate, chance: regex.sub(
        r"(?<=\S) (?=\S)", lambda _: written if chance.random() < rate else " ", text
    )


def _lines(times: int) -> Noise:
    """Lines that hold anything missing, or twice there."""

    def damaged(text: str, rate: float, chance: Random) -> str:
        lines = text.splitlines(keepends=True)
        return "".join(line * times if line.strip() and chance.random() < rate else line for line in lines)

    return damaged


def _hyphens(text: str, rate: float, chance: Random) -> str:
    """Long words broken over two lines."""

    def broken(match: regex.Match[str]) -> str:
        word = match.group()
        return f"{word[:4]}-\n{word[4:]}" if chance.random() < rate else word

    return LONG_WORD.sub(broken, text)


def _quotes(text: str, *_: object) -> str:
    return QUOTED.sub("\u201c\\1\u201d", APOSTROPHE.sub("\u2019", text))


def _ligatures(text: str, *_: object) -> str:
    for letters, sign in LIGATURES.items():
        text = text.replace(letters, sign)
    return text


KINDS: Mapping[str, Noise] = {
    "letters taken for others": _letters,
    "spaces dropped": _spaces(""),
    "spaces doubled": _spaces("  "),
    "words hyphenated": _hyphens,
    "lines missing": _lines(0),
    "lines doubled": _lines(2),
}
ALWAYS: Mapping[str, Noise] = {"smart quotes": _quotes, "ligatures": _ligatures}
"""Noise that is everywhere or nowhere."""


def outcomes(truth: Filing, text: str) -> tuple[Counter[str], list[str]]:
    """How many fields came out how, and the silent ones, a line each."""
    try:
        seen = extract_text(text)
    except ExtractorError:
        return Counter(flagged=score_document(truth, text.encode())[0].fields), []
    found: Counter[str] = Counter()
    lines = []
    words = " ".join(text.split())
    for one in score(Truth("", truth), seen).mistakes:
        how = "flagged" if one.problems else "as written" if _stands(one.expected, one.got, words) else "silent"
        found[how] += 1
        if how == "silent":
            lines.append(f"{one.path}: expected {one.expected!r}, got {one.got!r}")
    found["right"] = score_document(truth, text.encode())[0].right
    return found, lines


def _stands(expected: object, got: object, words: str) -> bool:
    """Whether an answer stands in the document as it was reported, and is the true one but for the noise in it."""
    if not (isinstance(expected, str) and isinstance(got, str)):
        return False
    parts = [" ".join(part.split()) for part in got.split("; ")]
    return all(part in words for part in parts) and SequenceMatcher(None, expected, got).ratio() >= ALIKE


Row = tuple[str, float, Counter[str]]


def measured(filings: Sequence[tuple[str, Filing]], seeds: int, faults: list[str]) -> Iterator[Row]:
    """The outcomes by kind of noise and rate."""
    texts = [(name, truth, render_text(truth, style)) for name, truth in filings for style in STYLES]
    for kind, noise in (*KINDS.items(), *ALWAYS.items()):
        for rate in RATES if kind in KINDS else (100.0,):
            total: Counter[str] = Counter()
            for seed in range(seeds if 0 < rate < 100 else 1):
                for number, (name, truth, text) in enumerate(texts):
                    chance = Random(f"{kind} {rate} {seed} {number}")
                    one, lines = outcomes(truth, noise(text, rate / 100, chance))
                    total += one
                    faults += [f"{kind} {rate:g} %: {name}: {line}" for line in lines]
            yield kind, rate, total


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows as a table of Markdown."""
    yield "| noise | rate | right | as written | flagged | silent |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for kind, rate, counts in rows:
        shares = (f"{100 * counts[one] / counts.total():.2f} %" for one in OUTCOMES)
        yield f"| {kind} | {'all' if rate == 100 else f'{rate:g} %'} | {' | '.join(shares)} |"


def drawn(rows: Sequence[Row]) -> str:
    """The curves as an SVG: a panel for each kind of noise, a line for each outcome but "right"."""
    import vl_convert

    values = [
        {"noise": kind, "rate": rate, "outcome": one, "share": 100 * counts[one] / counts.total()}
        for kind, rate, counts in rows
        if kind in KINDS
        for one in OUTCOMES[1:]
    ]
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": {"background": "white", "font": "Arial, Liberation Sans, Helvetica, sans-serif"},
        "data": {"values": values},
        "mark": {"type": "line", "point": True},
        "width": 220,
        "height": 150,
        "encoding": {
            "facet": {"field": "noise", "type": "nominal", "columns": 3, "title": None, "sort": list(KINDS)},
            "x": {"field": "rate", "type": "quantitative", "title": "rate, %"},
            "y": {"field": "share", "type": "quantitative", "title": "fields, %"},
            "color": {"field": "outcome", "type": "nominal", "title": None, "sort": list(OUTCOMES[1:])},
            "strokeDash": {"field": "outcome", "type": "nominal", "title": None, "sort": list(OUTCOMES[1:])},
        },
    }
    return str(vl_convert.vegalite_to_svg(json.dumps(chart)))


def main(arguments: Sequence[str]) -> int:
    """Print the table, and the silent faults on demand; 2 where there is nothing to read."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.noise", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLES, help="a folder of XML; the samples")
    parser.add_argument("--seeds", type=int, default=2, help="how often each text is damaged at each rate")
    parser.add_argument("--faults", action="store_true", help="list what is silent")
    parser.add_argument("--draw", type=Path, metavar="FILE", help="draw the curves into FILE, as SVG")
    options = parser.parse_args(arguments)
    filings = filings_of(options.folder)
    if not filings:
        sys.stderr.write(f"{options.folder}: expected XML files of filings, seen none\n")
        return 2
    faults: list[str] = []
    rows = list(measured(filings, options.seeds, faults))
    sys.stdout.writelines(f"{line}\n" for line in table(rows))
    sys.stdout.writelines(f"{line}\n" for line in faults if options.faults)
    if options.draw:
        options.draw.write_text(drawn(rows), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
