"""Puts the page together: figures, charts and data into the template, under a policy that lets nothing else run."""

import base64
import hashlib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from extractor.accuracy.page import figures, rows
from extractor.accuracy.page.charts import charts
from extractor.accuracy.report import Report
from extractor.errors import MissingProgram
from extractor.outputs.files import write
from extractor.outputs.printable import printable

MOST_MISTAKES = 20_000
"""So many mistakes stand on the page; of more it says how many it leaves out, and that the JSON has them."""

MOST_FILINGS = 20_000
"""So many filings stand on the page, likewise."""


def write_page(report: Report, path: Path) -> None:
    """Write the report to one HTML file, which appears once it is complete.

    Links to the filings are relative to the page. MissingProgram: the extra `report` is not installed; OSError.
    """
    write([to_html(report, path.parent)], path)


def to_html(report: Report, home: Path) -> str:
    """The report as one page. home: the directory that the page will lie in. MissingProgram as `write_page`."""
    try:
        import jinja2
        import markupsafe
        import vl_convert  # noqa: F401  (the charts need it; it is asked for here, so that nothing is half done)
    except ImportError as error:
        raise MissingProgram(
            f"the page needs the extra 'report', of which {error.name} is not installed; "
            "install it with: pip install 'formd-extractor[report]'"
        ) from None
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["shown"] = printable
    script, style = _file("report.js"), _file("report.css")
    # Vega escapes the texts that it draws; style and script are files of ours.
    safe = {
        "script": markupsafe.Markup(script),
        "style": markupsafe.Markup(style),
        "charts": {name: markupsafe.Markup(svg) for name, svg in charts(report).items()},
    }
    template = environment.from_string(_file("report.html.jinja"))
    return template.render(**safe, **_content(report, home), policy=_policy(script, style))


def _file(name: str) -> str:
    return resources.files("extractor.accuracy.page").joinpath(name).read_text("utf-8")


def _policy(script: str, style: str) -> str:
    """The page's Content Security Policy: this script and this style, and nothing from anywhere."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


def _content(report: Report, home: Path) -> Mapping[str, object]:
    """What the template shows."""
    mistakes = rows.mistakes_of(report, MOST_MISTAKES)
    filings = rows.filings_of(report, MOST_FILINGS)
    bad, good, silent_fields = figures.heat(report)
    return {
        "report": report,
        "tiles": figures.tiles(report),
        "formats": figures.formats_of(report),
        "levels": [name for name, _ in figures.LEVELS],
        "bad": bad,
        "good": good,
        "never_said": silent_fields,
        "percent": figures.percent,
        "span": figures.span,
        "count": figures.count,
        "cut_mistakes": len(report.mistakes) - len(mistakes),
        "cut_filings": len(report.filings) - len(filings),
        "most_mistakes": MOST_MISTAKES,
        "most_filings": MOST_FILINGS,
        "fields": list(dict.fromkeys(printable(mistake.field) for mistake in mistakes)),
        "data": rows.data(mistakes, filings, [rows.link(filing.path or filing.name, home) for filing in filings]),
    }
