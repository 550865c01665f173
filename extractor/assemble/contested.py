"""Settles marks that two boxes may have, by what the document says elsewhere.

Where columns are lost, a mark may stand between the lines of a box's label and before another box's label. Of two such
boxes one is checked; where something else in the document tells which, it is read so, and a problem says so.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from typing import NamedTuple

from extractor.assemble.building import record_of
from extractor.engine.found import CONTESTED, Answer, BoxAnswer
from extractor.finding import BoxState, Problem, ProblemKind
from extractor.form.places import SOLICITATION_STATES, codes_of

_SOLICITATION = "states_of_solicitation"
_FUND = "industry_group.investment_fund_info.investment_fund_type"
_INDUSTRY = "industry_group.industry_group_type"
_ASSETS = "issuer_size.aggregate_net_asset_value_range"
_HEDGES = {f"{_FUND}=Hedge Fund", f"{_FUND}=Other Investment Fund"}


class _Known(NamedTuple):
    """What a document says: its answers by path, and its checked boxes as path=value."""

    answers: Mapping[str, str]
    checked: Set[str]


class _Verdict(NamedTuple):
    """Which field's box is checked, and why."""

    path: str
    reason: str


def settle_contested(
    boxes: Sequence[BoxAnswer], answers: Sequence[Answer], problems: list[Problem]
) -> Sequence[BoxAnswer]:
    """The boxes, of two that may have one mark each as the rest of the document tells; their problems say how."""
    contested: dict[tuple[str, str], list[BoxAnswer]] = {}
    for box in boxes:
        if box.rule == CONTESTED:
            contested.setdefault((record_of(box.path), _part(box.path)), []).append(box)
    if not contested:
        return boxes
    checked = {f"{box.path}={box.value}" for box in boxes if box.state is BoxState.CHECKED}
    known = _Known({answer.path: answer.raw for answer in answers}, checked)
    settled: dict[int, BoxAnswer] = {}
    for (record, part), pair in contested.items():
        verdict = _TELLING[part](record, known) if part in _TELLING else None
        rivals = [box for box in pair if verdict and box.path == verdict.path]
        if verdict and len(pair) == 2 and len(rivals) == 1:
            settled |= {id(box): _decided(box, box is rivals[0], verdict, problems) for box in pair}
    return [settled.get(id(box), box) for box in boxes]


def _part(path: str) -> str:
    """The part of the form that a box is in, within its record."""
    part = path[len(record_of(path)) :].lstrip(".").partition(".")[0]
    return _SOLICITATION if part == "foreign_solicitation" else part


def _decided(box: BoxAnswer, checked: bool, verdict: _Verdict, problems: list[Problem]) -> BoxAnswer:
    name = f"{box.path}={box.value}"
    problems[:] = [one for one in problems if one.path != name or one.kind is not ProblemKind.AMBIGUOUS]
    state = BoxState.CHECKED if checked else BoxState.UNCHECKED
    message = f"box {box.value!r}: a mark may be its own or another box's; read as {state}, since {verdict.reason}"
    problems.append(Problem(box.path, ProblemKind.INFERRED, message, box.place))
    return box._replace(state=state, rule=verdict.reason, certainty="inferred")


def _by_states(record: str, known: _Known) -> _Verdict | None:
    """Foreign/non-US, if single states are named: All States stands instead of them (a choice in the schema).

    If none is named, All States for a recipient in the United States, of whom item 12 asks for one or the other.
    """
    if any(path.startswith(f"{record}.{_SOLICITATION}.states[") for path in known.answers):
        reason = "single states are named, in whose place All States would stand"
        return _Verdict(f"{record}.foreign_solicitation", reason)
    codes = codes_of(known.answers.get(f"{record}.recipient_address.state_or_country", ""))
    if SOLICITATION_STATES.isdisjoint(codes):
        return None
    reason = "no single state is named, in whose place All States stands, and the recipient is in the United States"
    return _Verdict(f"{record}.{_SOLICITATION}.value", reason)


def _by_description(_: str, known: _Known) -> _Verdict | None:
    """The other type, if it is described."""
    described = "types_of_securities_offered.description_of_other_type" in known.answers
    reason = "another type of security is described"
    return _Verdict("types_of_securities_offered.is_other_type", reason) if described else None


def _by_fund(_: str, known: _Known) -> _Verdict | None:
    """The net assets of hedge and other investment funds, the revenues of all others, as item 4 tells.

    So item 5 of the form asks, and so do all filings in the SEC's data sets answer.
    """
    if known.checked & _HEDGES:
        return _Verdict(_ASSETS, "item 4 says that this is a fund, of which item 5 asks for the net assets")
    industry = any(name.startswith(f"{_INDUSTRY}=") for name in known.checked)
    pooled = f"{_INDUSTRY}=Pooled Investment Fund" in known.checked
    funds = any(name.startswith(f"{_FUND}=") for name in known.checked)
    if industry and (funds or not pooled):
        return _Verdict("issuer_size.revenue_range", "item 4 says that item 5 asks for this issuer's revenues")
    return None


_TELLING: Mapping[str, Callable[[str, _Known], _Verdict | None]] = {
    _SOLICITATION: _by_states,
    "types_of_securities_offered": _by_description,
    "issuer_size": _by_fund,
}
