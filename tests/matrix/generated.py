"""Filings by the number, of answers drawn at random: the same number and seed give the same filings."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from types import MappingProxyType
from unittest import mock

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.internal.conjecture import providers

from extractor.model import Filing
from tests.pages import FAIR_KIND, NASTY_KIND, PLAIN_KIND, Kind, pages

KINDS: Mapping[str, Kind] = MappingProxyType({"plain": PLAIN_KIND, "fair": FAIR_KIND, "nasty": NASTY_KIND})
"""What the filings are made of: plain answers, or names that look like the form (see `tests.pages`)."""


def generated(count: int, start: int, kind: str = "plain") -> list[tuple[str, Filing]]:
    """So many filings, each with its name. start: the seed."""
    found: list[Filing] = []

    @seed(start)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(pages(KINDS[kind]))
    def draw(filing: Filing) -> None:
        found.append(filing)

    with _no_constants_of_ours():
        draw()
    return [(f"{kind}-{start}-{number:04}", filing) for number, filing in enumerate(found)]


def _no_constants_of_ours() -> AbstractContextManager[object]:
    """Draws without the constants of the modules that are loaded, which would give other filings with each change."""
    if not hasattr(providers, "_get_local_constants"):
        return nullcontext()
    return mock.patch.object(providers, "_get_local_constants", type(providers._get_local_constants()))
