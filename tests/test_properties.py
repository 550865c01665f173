"""Laws of the whole way: a filing, laid out in any way a page is held, is read back as it was, or with a problem.

From HTML and every text that keeps rows and columns a filing comes back whole, with answers that look like labels,
options and headings too. What place cannot tell, or what lost its columns, may be lost, but never without a problem on
its path.

The usual run is short and always the same. `FORMD_EXAMPLES=10000 python -m pytest --no-cov tests/test_properties.py`
tries so many new filings, in every style, on each law; what it finds is kept here as an example.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractor.extract import extract_text
from extractor.form.places import SOLICITATION_STATES, name_of
from extractor.model import Filing, SolicitationState, StatesOfSolicitation
from extractor.outputs.page.text import MarkStyle, TextLayout, write_text
from extractor.outputs.render import PageOptions, TextStyle, lay_out, render_html
from extractor.readers.edgar import from_edgar_xml
from tests.pages import FAIR_KIND, LARGE_KIND, NASTY_KIND, pages
from tests.silence import silent
from tests.truth import differences

ASKED = os.environ.get("FORMD_EXAMPLES")
EXAMPLES = settings(
    max_examples=int(ASKED or 40),
    deadline=None,
    derandomize=ASKED is None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FEW = settings(EXAMPLES, max_examples=max(3, EXAMPLES.max_examples // 100))

FAIR_PAGES, NASTY_PAGES, LARGE_PAGES = (pages(kind) for kind in (FAIR_KIND, NASTY_KIND, LARGE_KIND))

OPTIONS = st.builds(
    PageOptions,
    issuers=st.sampled_from(("pairs", "grouped")),
    states=st.sampled_from(("rows", "line", "columns")),
    blank_cells=st.sampled_from(("dropped", "kept")),
)


@st.composite
def styles(draw: st.DrawFn, layout: TextLayout) -> TextStyle:
    """Styles of a layout, mixtures of marks among them; columns are wide enough to wrap no label.

    Nobody aligns columns around markup.
    """
    ways = st.sampled_from([name for name in get_args(MarkStyle) if (layout, name) != ("columns", "inputs")])
    return TextStyle(
        layout,
        marks=draw(ways),
        width=draw(st.integers(120, 200)),
        escape_dollars=draw(st.booleans()),
        mixed_with=tuple(draw(st.just([]) | st.lists(ways, max_size=2))),
    )


ONE_OF_EACH = st.tuples(*(styles(layout) for layout in get_args(TextLayout)))

BASE = from_edgar_xml((Path(__file__).parents[1] / "samples" / "red-clay-fertilizer.xml").read_bytes())


def renamed(*names: str) -> Filing:
    """A filing whose issuer had some names before."""
    assert BASE.primary_issuer is not None
    issuer = BASE.primary_issuer.model_copy(update={"issuer_previous_names": names})
    return BASE.model_copy(update={"primary_issuer": issuer})


def explained(clarification: str) -> Filing:
    """A filing that explains what it has used."""
    used = BASE.use_of_proceeds.model_copy(update={"clarification_of_response": clarification})
    return BASE.model_copy(update={"use_of_proceeds": used})


def sold_everywhere() -> Filing:
    """A filing whose only recipient solicits in each state by name."""
    names = ((code, name_of(code)) for code in sorted(SOLICITATION_STATES))
    states = tuple(SolicitationState(state=code, description=name) for code, name in names)
    listed = StatesOfSolicitation(states=states)
    return BASE.model_copy(
        update={
            "sales_compensation": (BASE.sales_compensation[0].model_copy(update={"states_of_solicitation": listed}),)
        }
    )


Documents = dict[str, str]


def documents(filing: Filing, styles: Sequence[TextStyle], options: PageOptions) -> Documents:
    """A filing as a page and as text in some styles, by the name of the layout."""
    page = lay_out(filing, options)
    return {"html": render_html(filing, options), **{style.layout: write_text(page, style) for style in styles}}


def wrong(filing: Filing, written: Documents) -> dict[str, list[str]]:
    """What is not as it was once the documents are read, by layout; without columns, what of it has no problem."""
    read = {layout: extract_text(text) for layout, text in written.items()}
    faults = {
        layout: silent(filing, seen) if layout == "lines" else differences(filing, seen.filing)
        for layout, seen in read.items()
    }
    return {layout: lines for layout, lines in faults.items() if lines}


def unsaid(filing: Filing, written: Documents) -> dict[str, list[str]]:
    """What is wrong and has no problem on its path, by layout."""
    faults = {layout: silent(filing, extract_text(text)) for layout, text in written.items()}
    return {layout: lines for layout, lines in faults.items() if lines}


@EXAMPLES
@given(FAIR_PAGES, ONE_OF_EACH, OPTIONS)
@example(sold_everywhere(), [TextStyle("columns", width=120)], PageOptions(states="line"))
def test_a_filing_comes_back_whole(filing: Filing, styles: Sequence[TextStyle], options: PageOptions) -> None:
    assert wrong(filing, documents(filing, styles, options)) == {}


@FEW
@given(LARGE_PAGES, ONE_OF_EACH, OPTIONS)
def test_a_large_filing_comes_back_whole(filing: Filing, styles: Sequence[TextStyle], options: PageOptions) -> None:
    assert wrong(filing, documents(filing, styles, options)) == {}


@EXAMPLES
@given(NASTY_PAGES, ONE_OF_EACH, OPTIONS)
@example(renamed("Date Palm Inc", "X"), [TextStyle("tabs"), TextStyle("pipes"), TextStyle("columns")], PageOptions())
@example(renamed("Debt", "Washington", "X"), [TextStyle("tabs", "markdown"), TextStyle("pipes")], PageOptions())
@example(explained("Signature and Submission"), [TextStyle("columns", width=120)], PageOptions())
@example(renamed("I", "X", "Yes & No Partners"), [TextStyle("columns", "markdown")], PageOptions())
def test_a_nasty_filing_is_never_wrong_without_a_problem(
    filing: Filing, styles: Sequence[TextStyle], options: PageOptions
) -> None:
    assert unsaid(filing, documents(filing, styles, options)) == {}
