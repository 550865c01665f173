"""Results against truths, in one process or several, to one report."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

from pydantic import JsonValue, TypeAdapter

from extractor.accuracy.evidence import opened, shows
from extractor.accuracy.inputs import Input, read
from extractor.accuracy.published import anls_of
from extractor.accuracy.report import Report
from extractor.accuracy.score import score, score_missing
from extractor.accuracy.tally import Tally
from extractor.accuracy.truth import Truth
from extractor.accuracy.truths import Truths, names_of, truths_given
from extractor.errors import ExtractorError, MissingProgram
from extractor.extract import Extraction
from extractor.model import Filing
from extractor.outputs.to_json import from_json

CHUNK = 40
"""Inputs that a process takes at once."""

Result = Extraction | Mapping[str, JsonValue]
"""An extraction, or one as `outputs.to_json` says it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run does beside comparing.

    anls: it computes ANLS*. places: it opens each filing's document and looks at the places that are cited.
    missing: truths without a result count, with all their answers missing.
    """

    anls: bool = False
    places: bool = False
    missing: bool = True


DEFAULT = Options()


def compare(
    results: Iterable[Result] | Mapping[str, Result], truths: Mapping[str, Filing | Truth], options: Options = DEFAULT
) -> Report:
    """The report of results against truths.

    results: extractions, or what `formd extract` writes of them; a mapping gives each the name by which its truth is
    found. truths: filings (or `Truth`s, which may speak of some fields only) by stem or accession number.
    ValidationError: a mapping is no result.

    >>> from extractor.extract import extract
    >>> from extractor.readers.edgar import from_edgar_xml
    >>> truth = from_edgar_xml(Path("samples/alder-creek-robotics.xml").read_bytes())
    >>> report = compare([extract("samples/alder-creek-robotics.txt")], {"alder-creek-robotics": truth})
    >>> report.total.recall, report.total.mistakes
    (1.0, 0)
    """
    run = Run(truths_given(truths), options)
    named = results.items() if isinstance(results, Mapping) else (("", one) for one in results)
    for name, one in named:
        run.take(one if isinstance(one, Extraction) else from_json(_JSON.dump_json(dict(one))), name)
    return run.report()


_JSON: TypeAdapter[dict[str, JsonValue]] = TypeAdapter(dict[str, JsonValue])


def compare_inputs(
    inputs: Sequence[Input],
    truths: Truths,
    options: Options = DEFAULT,
    *,
    jobs: int = 1,
    done: Callable[[int], None] = lambda count: None,
) -> Report:
    """The report of files against truths. jobs: processes to use; done: told of each number of inputs just finished."""
    run = Run(truths, options)
    if jobs > 1 and len(inputs) > CHUNK:
        for part, count in _in_processes(inputs, run, jobs):
            run.join(part)
            done(count)
    else:
        for one in inputs:
            run.take_input(one)
            done(1)
    return run.report()


@dataclass(slots=True)
class Run:
    """A run under way: what is to be compared with what, and what was found so far."""

    truths: Truths
    options: Options = DEFAULT
    tally: Tally = field(default_factory=Tally)
    matched: set[str] = field(default_factory=set)
    without_truth: list[str] = field(default_factory=list)
    unread: set[tuple[str, str]] = field(default_factory=set)

    def take_input(self, one: Input) -> None:
        """Compare a result, or a filing to extract; of what cannot be read, all answers are missing."""
        try:
            extraction = read(one)
        except (ExtractorError, OSError) as error:
            name = self.truths.name_for(names_of(str(one.path)))
            if name is not None:
                self._missing(name, one.name, str(error))
            elif one.is_result:
                self.unread.add((one.name, str(error)))
            else:
                self.without_truth.append(one.name)
            return
        self.take(extraction, str(one.path) if one.extent is None else "")

    def take(self, extraction: Extraction, name: str = "") -> None:
        """Compare an extraction; name: what else its truth may be called after."""
        names = (*(names_of(name) if name else ()), *names_of(extraction.name, extraction.facts))
        found = self.truths.name_for(names)
        if found is None:
            self.without_truth.append(extraction.name or name)
            return
        truth = self._truth(found)
        if truth is None:
            return
        if not extraction.name:
            extraction = replace(extraction, name=name or found)
        with ExitStack() as stack:
            path = Path(extraction.name)
            document = None
            if self.options.places and path.is_file():
                document = stack.enter_context(opened(path.read_bytes(), extraction.format))
            scored = score(truth, extraction, partial(shows, document) if document else None)
        if self.options.anls:
            scored = replace(scored, anls=anls_of(truth, extraction))
        self.tally.add(scored)

    def _truth(self, name: str) -> Truth | None:
        self.matched.add(name)
        try:
            truth, faults = self.truths.read(name)
        except MissingProgram:
            raise
        except (ExtractorError, OSError) as error:
            self.unread.add((name, str(error)))
            return None
        self.unread.update((name, fault) for fault in faults)
        return truth

    def _missing(self, name: str, path: str = "", error: str = "") -> None:
        truth = self._truth(name)
        if truth:
            self.tally.add(score_missing(truth, path, error))

    def join(self, other: "Run") -> None:
        """Take over what another run found."""
        self.tally.join(other.tally)
        self.matched |= other.matched
        self.without_truth += other.without_truth
        self.unread |= other.unread

    def report(self) -> Report:
        """The report, once the truths that have no result are counted."""
        if self.truths.tables:
            self.unread.update(self.truths.tables.damaged)
        lacking = [name for name in self.truths.names() if name not in self.matched]
        if self.options.missing:
            for name in lacking:
                self._missing(name)
        return self.tally.report(without_truth=self.without_truth, without_result=lacking, unread=self.unread)


def _in_processes(inputs: Sequence[Input], run: Run, jobs: int) -> Iterator[tuple[Run, int]]:
    """What several processes find, chunk by chunk, with the number of inputs in each."""
    chunks = (inputs[start : start + CHUNK] for start in range(0, len(inputs), CHUNK))
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(run.truths, run.options)) as pool:
        waiting: dict[Future[Run], int] = {}
        while True:
            for chunk in islice(chunks, 2 * jobs - len(waiting)):
                waiting[pool.submit(_work, chunk)] = len(chunk)
            if not waiting:
                return
            for one in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield one.result(), waiting.pop(one)


_HERE: list[tuple[Truths, Options]] = []
"""What a process of the pool works with: set once when it starts, so that it is not sent with every chunk."""


def _start(truths: Truths, options: Options) -> None:
    _HERE[:] = [(truths, options)]


def _work(chunk: Sequence[Input]) -> Run:
    truths, options = _HERE[0]
    run = Run(truths, options)
    for one in chunk:
        run.take_input(one)
    run.truths = Truths({}, {}, None, {})  # whoever asked has them
    return run
