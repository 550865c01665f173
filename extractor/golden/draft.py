"""Drafts of a truth: what was read of a filing, for a person to confirm answer by answer."""

import datetime
from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from extractor.extract import Extraction
from extractor.finding import BoxState, Finding, Problem
from extractor.form.spec import Box
from extractor.golden.answers import TO_BE_TYPED
from extractor.golden.file import Entry, Origin, TruthFile, Unread
from extractor.golden.questions import Question, lists, questions
from extractor.model import Issuer, SolicitationState
from extractor.outputs.explain import described
from extractor.outputs.paths import lies_below, value_at


def draft(extraction: Extraction, source: Origin, more: Mapping[str, int] | None = None) -> TruthFile:
    """The draft of an extraction's truth: nothing is confirmed, and what is uncertain is left to be typed.

    more: for lists by their path, the number of their entries, where that is more than was read.
    """
    read = {path: _length(value_at(extraction.filing, path)) for path in lists()}
    counts = {path: max(number, (more or {}).get(path, 0)) for path, number in read.items()}
    added = tuple(f"{path}[{index}]" for path in lists() for index in range(read[path], counts[path]))
    drafting = _Drafting(extraction, added)
    entries = tuple(drafting.entry(question) for question in questions(counts))
    unread = tuple(Unread(text=one.text, place=str(one.place), confirmed=False) for one in extraction.leftovers)
    return TruthFile(source=source, entries=entries, unread=unread)


def _length(value: object) -> int:
    return len(value) if isinstance(value, tuple) else 0


class _Drafting:
    """Makes the entries of one extraction; added: the paths of list entries that were not read but asked for."""

    def __init__(self, extraction: Extraction, added: tuple[str, ...]) -> None:
        self.extraction = extraction
        self.added = added

    def entry(self, question: Question) -> Entry:
        """The entry of one question."""
        findings = [finding for finding in self.extraction.findings if self._answers(finding, question)]
        uncertain = tuple(dict.fromkeys(self._doubts(question, findings)))
        return Entry(
            path=question.path,
            label=question.label,
            uncertain=uncertain,
            raw="; ".join(dict.fromkeys(finding.raw for finding in findings if finding.raw)),
            place="; ".join(dict.fromkeys(str(finding.place) for finding in findings if finding.place)),
            boxes=tuple(box.label for box in question.boxes),
            value=TO_BE_TYPED if uncertain else self._value(question),
            confirmed=False,
        )

    def _answers(self, finding: Finding, question: Question) -> bool:
        """Whether a finding is an answer to a question; of boxes only those that are checked, for their places."""
        if question.kind == "entries":
            return False
        if question.kind == "boxes":
            return any(finding.path == box.name for box in question.boxes) and self._state(finding.path) == "checked"
        return lies_below(question.path, finding.path)

    def _doubts(self, question: Question, findings: list[Finding]) -> Iterator[str]:
        """Why a person must type the answer."""
        if any(lies_below(path, question.path) for path in self.added):
            yield "not read: this entry was asked for"
            return
        if question.kind == "entries" and any(lies_below(question.path, path) for path in self.added):
            yield "more entries were asked for than were read"
        yield from (described(one) for one in self.extraction.problems if _touches(one, question))
        yield from (f"inferred: {one.rule}" for one in findings if one.certainty == "inferred")
        for box in question.boxes:
            if self._state(box.name) is BoxState.UNKNOWN:
                yield f"the box {box.label!r} was not seen"
        if question.required and self._value(question) is None:
            yield "missing: the form asks every filer for this"

    def _state(self, name: str) -> BoxState:
        """The state of a box; one that the filing's edition does not print, or that XML leaves out, is unchecked."""
        state = self.extraction.boxes.get(name, BoxState.UNCHECKED)
        left_out = state is BoxState.UNKNOWN and self.extraction.format == "edgar"
        return BoxState.UNCHECKED if left_out else state

    def _value(self, question: Question) -> JsonValue:
        """The answer as it was read."""
        if question.kind == "boxes":
            return [box.label for box in question.boxes if self._is_checked(box)]
        value = value_at(self.extraction.filing, question.path)
        if question.kind == "entries":
            return _length(value)
        if question.path.endswith(".issuer_previous_names"):
            return _previous_names(value_at(self.extraction.filing, question.path.rpartition(".")[0]))
        return _plain(value)

    def _is_checked(self, box: Box) -> bool:
        return self._state(box.name) is BoxState.CHECKED


def _touches(problem: Problem, question: Question) -> bool:
    """Whether a problem makes an answer uncertain: it stands on the field, above it, or below it."""
    if question.kind == "entries":
        whole_entry = problem.path.endswith("]") and problem.path.count("[") == 1
        return lies_below(problem.path, question.path) or (whole_entry and lies_below(question.path, problem.path))
    field = problem.path.partition("=")[0]
    paths = {question.path, *(box.path for box in question.boxes)}
    below = not question.boxes and lies_below(question.path, field)  # an element of the question's list
    return below or any(lies_below(field, path) for path in paths)


def _previous_names(issuer: object) -> JsonValue:
    """The previous names as a page shows them, as one list; EDGAR's XML has two."""
    if not isinstance(issuer, Issuer):
        return None
    named = [names for names in (issuer.issuer_previous_names, issuer.edgar_previous_names) if names is not None]
    return list(dict.fromkeys(name for names in named for name in names)) if named else None


def _plain(value: object) -> JsonValue:
    """A value of the filing as a person types it."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, SolicitationState):
        return value.state
    if isinstance(value, datetime.date):
        return value.isoformat()
    assert value is None or isinstance(value, str | int)
    return value
