"""The parts of a batch run, one by one: finding inputs, reading them, journals, workers, stores, progress."""

import importlib
import io
import json
import os
import tarfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from unittest.mock import Mock

import pytest

from extractor.batch.assembly import assemble, write
from extractor.batch.content import read
from extractor.batch.crew import Progress
from extractor.batch.inputs import Where, find_inputs
from extractor.batch.journal import Entry, Journal, Place, keep
from extractor.batch.members import Input, Unlisted
from extractor.batch.out import OutputInUse, opened
from extractor.batch.pool import Worker
from extractor.batch.progress import shown, summary
from extractor.batch.reading import read_input
from extractor.batch.remote import resolved
from extractor.batch.row import Row, Status
from extractor.batch.rows import lines
from extractor.batch.run import Order, run
from extractor.batch.server import context
from extractor.batch.shards import Shard, done, rows_of
from extractor.batch.store import Folder, Remote, Store, store_at
from extractor.batch.tasks import Assembly, Chunk, Settings, stop_file
from extractor.batch.worker import work
from tests.batches import SAMPLES, many, tree

XML = (SAMPLES / "alder-creek-robotics.xml").read_bytes()
SETTINGS = Settings(("jsonl", "xml", "tsv", "sqlite"), 60.0, 2**30, "1")


def found(*arguments: str, column: str = "text") -> list[Input]:
    return list(find_inputs(arguments, Where(column)))


def contents(*arguments: str, column: str = "text") -> dict[str, bytes | str]:
    """What is read of each input, or the class of the error that stands for it."""
    return {
        source.name: source.part.error if isinstance(source.part, Unlisted) else read(source)
        for source in found(*arguments, column=column)
    }


@pytest.fixture(autouse=True)
def _there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_folders_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a.txt", "a/deep/er/y.txt", "B.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    assert [source.name for source in found("in")] == [
        f"in/{name}" for name in ("B.txt", "a/deep/er/y.txt", "a/z.txt", "a.txt", "b.txt")
    ]
    assert [source.name for source in found("in/*.txt")] == ["in/B.txt", "in/a.txt", "in/b.txt"]
    assert [source.name for source in found("in/**/*.txt")][-1] == "in/b.txt"
    assert len(found("in/**/*.txt")) == 5
    assert len(found("in/**")) == 5


def test_a_list_names_inputs(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"1")
    (tmp_path / "list").write_bytes(b"one.txt\r\n\nno\xff.txt\n")
    assert contents("@list") == {"one.txt": b"1", "no\udcff.txt": "FileNotFoundError"}
    assert contents("@absent") == {"@absent": "FileNotFoundError"}


@pytest.mark.parametrize("opening", ["", "gz", "bz2", "xz"])
def test_members_of_tars_are_read_in_place(opening: str, tmp_path: Path) -> None:
    name = tmp_path / ("a.tar" + (opening and f".{opening}"))
    made = io.BytesIO()
    with tarfile.TarFile.taropen("a", "w", made) as archive:
        for member, data in (("x.txt", b"first"), ("d/y.txt", b""), ("x.txt", b"second")):
            info = tarfile.TarInfo(member)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "x.txt"
        archive.addfile(link)
        folder = tarfile.TarInfo("d")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    pack = importlib.import_module({"gz": "gzip", "bz2": "bz2", "xz": "lzma"}[opening]).compress if opening else bytes
    name.write_bytes(pack(made.getvalue()))
    expected = {"!x.txt": b"first", "!d/y.txt": b"", "!x.txt#2": b"second", "!link": "NotADocument"}
    assert contents(name.name) == {name.name + member: data for member, data in expected.items()}
    name.write_bytes(pack(made.getvalue())[: 40 if opening else 700])
    cut = contents(name.name)
    assert cut[name.name] in ("ReadError", "EOFError", "LZMAError")
    assert len(cut) == (1 if opening else 2)


@pytest.mark.parametrize("opening", ["", "gz"])
def test_a_tar_that_just_stops_or_goes_on_with_something_else_is_told(opening: str, tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.TarFile.taropen("a", "w", made) as archive:
        for member in ("x.txt", "y.txt", "z.txt"):
            info = tarfile.TarInfo(member)
            info.size = 600
            archive.addfile(info, io.BytesIO(member.encode() * 120))
    data = made.getvalue()
    each = 512 + 1024  # a header, and 600 bytes in blocks of 512
    name = "a.tar" + (opening and f".{opening}")
    pack = importlib.import_module("gzip").compress if opening else bytes
    for damaged, whole in (
        (data[: 2 * each], 2),
        (data[: 2 * each + 100], 2),
        (data[: 3 * each], 3),
        (data[:each] + b"\x07" * 512 + data[each + 512 :], 1),
    ):
        (tmp_path / name).write_bytes(pack(damaged))
        told = contents(name)
        assert list(told) == [f"{name}!{member}" for member in ("x.txt", "y.txt", "z.txt")[:whole]] + [name]
        assert told[name] == "ReadError"
    (tmp_path / name).write_bytes(pack(data))
    assert list(contents(name)) == [f"{name}!{member}" for member in ("x.txt", "y.txt", "z.txt")]


def test_members_of_zips_are_read_in_place(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.txt", b"first")
        archive.mkdir("d")
        archive.writestr("d/y.txt", b"second")
    assert contents("a.zip") == {"a.zip!x.txt": b"first", "a.zip!d/y.txt": b"second"}
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[35] ^= 255
    (tmp_path / "a.zip").write_bytes(data)
    os.utime(tmp_path / "a.zip", ns=(1, 1))
    first, second = found("a.zip")
    with pytest.raises((zipfile.BadZipFile, importlib.import_module("zlib").error)):
        read(first)
    assert read(second) == b"second"


def test_texts_of_tables_are_read_in_place(tmp_path: Path) -> None:
    arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    texts = ["one", None, "drei ½"]
    parquet.write_table(arrow.table({"body": texts, "n": [1, 2, 3]}), tmp_path / "t.parquet")
    assert contents("t.parquet", column="body") == {
        "t.parquet:1": b"one",
        "t.parquet:2": "NoText",
        "t.parquet:3": "drei ½".encode(),
    }
    assert contents("t.parquet", column="absent") == {"t.parquet": "ValueError"}
    assert contents("t.parquet", "t.parquet", column="n") == {"t.parquet": "ValueError"}
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "t.parquet").read_bytes()[:100])
    assert contents("cut.parquet", column="body") == {"cut.parquet": "ArrowInvalid"}
    (tmp_path / "t.jsonl").write_text('{"body": "one"}\n\n{"body": "\\ud800x"}\n', encoding="utf-8")
    assert contents("t.jsonl", column="body") == {"t.jsonl:1": b"one", "t.jsonl:3": "\ufffdx".encode()}


@pytest.mark.parametrize("piece", [1, 3, 1000])
@pytest.mark.parametrize("text", [b"", b"one", b"one\n", b"\n \nlonger line\n\n\r\nlast"])
def test_lines_are_found_a_piece_at_a_time(piece: int, text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.batch.rows.PIECE", piece)
    found = [(number, text[start : start + size]) for number, start, size in lines(io.BytesIO(text))]
    assert found == [(number, line) for number, line in enumerate(io.BytesIO(text), 1) if line.strip()]


def test_a_file_that_has_grown_since_it_was_listed_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one")
    [source] = found("a.txt")
    (tmp_path / "a.txt").write_bytes(b"one and two")
    assert read(source) == b"one and two"


def test_a_file_that_is_gone_when_it_is_read_has_its_row(tmp_path: Path) -> None:
    memory = importlib.import_module("fsspec").filesystem("memory")
    memory.pipe("/gone/a.txt", b"A")
    (tmp_path / "b.txt").write_bytes(b"B")
    sources = found("memory://gone", "b.txt")
    memory.rm("/gone", recursive=True)
    (tmp_path / "b.txt").unlink()
    for source in sources:
        row = read_input(source, SETTINGS, lambda sha256, size: None).row
        assert (row.input, row.status, row.error) == (source.name, Status.FAILED, "FileNotFoundError")


def test_results_below_a_url_of_inputs_are_no_inputs(tmp_path: Path) -> None:
    memory = importlib.import_module("fsspec").filesystem("memory")
    memory.pipe({"/in/a.txt": b"A", "/in/out/jsonl/part-00000.jsonl": b"{}", "/in/out2/b.txt": b"B"})
    try:
        where = Where("text", resolved("memory://in/out/"))
        assert [source.name for source in find_inputs(["memory://in"], where)] == [
            *("memory:///in/a.txt", "memory:///in/out2/b.txt")
        ]
    finally:
        memory.rm("/in", recursive=True)


def test_files_that_are_fetched_piece_by_piece_are_read_as_others(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = importlib.import_module("fsspec").filesystem("memory")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("c.txt", "C")
    memory.pipe(
        {"/far/a.jsonl": b'{"text":"one"}\n{"text":"two"}', "/far/b.txt": b"BB", "/far/z.zip": packed.getvalue()}
    )
    fetching = importlib.import_module("fsspec.spec").AbstractFileSystem._open  # as file systems of servers have it
    monkeypatch.setattr("fsspec.implementations.memory.MemoryFileSystem._open", fetching)
    try:
        assert contents("memory://far") == {
            "memory:///far/a.jsonl:1": b"one",
            "memory:///far/a.jsonl:2": b"two",
            "memory:///far/b.txt": b"BB",
            "memory:///far/z.zip!c.txt": b"C",
        }
    finally:
        memory.rm("/far", recursive=True)


def test_a_server_that_does_not_send_what_was_asked_for_is_no_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = importlib.import_module("fsspec").filesystem("memory")
    memory.pipe("/served/a.txt", b"A")
    try:
        [source] = found("memory://served")
        refusing = Mock(side_effect=ValueError("no parts of files here"))
        monkeypatch.setattr("fsspec.implementations.memory.MemoryFileSystem._open", refusing)
        row = read_input(source, SETTINGS, lambda sha256, size: None).row
        assert (row.status, row.error, row.message) == (Status.FAILED, "OSError", "ValueError: no parts of files here")
    finally:
        memory.rm("/served", recursive=True)


def test_urls_are_inputs(tmp_path: Path) -> None:
    memory = importlib.import_module("fsspec").filesystem("memory")
    memory.pipe({"/in/a.txt": b"A", "/in/d/b.txt": b"B"})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("c.txt", "C")
    memory.pipe({"/in/z.zip": packed.getvalue()})
    try:
        assert contents("memory://in") == {
            "memory:///in/a.txt": b"A",
            "memory:///in/d/b.txt": b"B",
            "memory:///in/z.zip!c.txt": b"C",
        }
        assert contents("memory://in/*.txt") == {"memory:///in/a.txt": b"A"}
        assert contents("memory://nowhere") == {"memory://nowhere": "FileNotFoundError"}
        assert contents("nosuch://x") == {"nosuch://x": "ValueError"}
    finally:
        memory.rm("/in", recursive=True)


def order(folder: str, **options: object) -> Order:
    settings = Settings(("jsonl", "parquet", "tsv", "sqlite", "xml"), 60.0, 2**30, "1")
    return Order((folder,), Where(), settings, workers=1, shard=5, **options)  # type: ignore[arg-type]


def test_a_url_holds_what_a_folder_holds(tmp_path: Path) -> None:
    paths = many(tmp_path / "in", 12)
    stores: list[Store] = [store_at(f"file://{tmp_path}/url"), store_at(str(tmp_path / "folder"))]
    assert [type(store) for store in stores] == [Remote, Folder]
    for changed in (False, True):
        if changed:
            paths[7].write_bytes(XML)
        for store in stores:
            with opened(store, order("in")):
                progress = run(order("in"), store, lambda progress: None)
            assert (progress.total.total(), progress.exit_code) == (12, 0)
            assert progress.earlier.total() == (11 if changed else 0)
        assert tree(tmp_path / "url") == tree(tmp_path / "folder")
    with opened(stores[0], order("in", fresh=True)):
        assert not list(done(stores[0], 5))


def test_results_belong_to_one_run(tmp_path: Path) -> None:
    store = store_at(str(tmp_path / "out"))
    with opened(store, order("in")), pytest.raises(OutputInUse, match="another run"), opened(store, order("in")):
        pass


@pytest.mark.parametrize(
    ("name", "content"), [("run.json", "[]"), ("run.json", "{"), ("run.json", '{"to": 1}'), ("xml/mine", "my own")]
)
@pytest.mark.parametrize("fresh", [False, True])
def test_what_others_wrote_is_not_touched(name: str, content: str, fresh: bool, tmp_path: Path) -> None:
    (tmp_path / "out" / "xml").mkdir(parents=True)
    (tmp_path / "out" / name).write_text(content, encoding="utf-8")
    with pytest.raises(OutputInUse, match="another place"), opened(store_at("out"), order("in", fresh=fresh)):
        pass
    assert (tmp_path / "out" / name).read_text(encoding="utf-8") == content


def test_a_removal_that_was_killed_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(tmp_path / "in", 3)
    store = store_at("out")
    with opened(store, order("in")):
        run(order("in"), store, lambda progress: None)
    with monkeypatch.context() as patch:
        patch.setattr("extractor.batch.store.Folder.remove", Mock(side_effect=SystemExit))
        with pytest.raises(SystemExit), opened(store, order("in", fresh=True)):
            pass
    assert list((tmp_path / "out" / "jsonl").iterdir())
    with opened(store, order("in")):
        assert not (tmp_path / "out" / "jsonl").exists()


def place(folder: Path, run_: str, earlier: tuple[str, ...] = (), key: str = "key") -> Place:
    return Place(folder / "part-00000", 0, run_, key, earlier)


def test_a_journal_keeps_whole_lines_of_the_same_request(tmp_path: Path) -> None:
    entry = Entry(Row("a", Status.DONE), {"jsonl": b'{"a": "\\t"}'})
    with Journal(place(tmp_path, "1")) as journal:
        journal.begin(0)
        journal.end(0, entry)
        journal.begin(1)
        journal.see(1, "ab", 5)
    assert keep(place(tmp_path, "2", ("1",))).finished == {0: entry}
    assert keep(place(tmp_path, "2", ("1",))).begun == {}
    kept = keep(place(tmp_path, "1"))
    assert (kept.begun, kept.last, kept.seen) == ({0: 1, 1: 1}, 1, {1: ("ab", 5)})
    assert keep(place(tmp_path, "1", key="other")).finished == {}
    whole = place(tmp_path, "1").path.read_bytes()
    for length in range(len(whole)):
        place(tmp_path, "1").path.write_bytes(whole[:length])
        assert keep(place(tmp_path, "1")).finished in ({}, {0: entry})
    with Journal(place(tmp_path, "1")) as journal:
        journal.end(1, entry)
    assert keep(place(tmp_path, "1")).finished[1] == entry


def chunk(folder: Path, count: int, run_: str = "1") -> Chunk:
    inputs = tuple(
        Input(str(path), str(path), path.stat().st_size, str(path.stat().st_mtime_ns)) for path in many(folder, count)
    )
    return Chunk(0, place(folder.parent / "work", run_), inputs, SETTINGS)


def test_a_worker_reads_a_chunk_and_goes_on_where_another_died(tmp_path: Path) -> None:
    task = chunk(tmp_path / "in", 3)
    with Journal(task.place) as journal:
        for _ in range(3):
            journal.begin(1)
    report = work(task)
    assert report.whole
    assert report.outcomes == Counter({(Status.PROBLEMS, ""): 2, (Status.FAILED, "Killed"): 1})
    assert work(task).outcomes == report.outcomes


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("Fatal Python error: Segmentation fault\n\n", (Status.FAILED, "Crashed")),
        ("Current thread 0x1 (most recent call first):\n", (Status.TIMED_OUT, "TimedOut")),
        ("", (Status.PROBLEMS, "")),
    ],
)
def test_the_last_words_of_a_worker_say_what_became_of_its_document(
    word: str, outcome: tuple[Status, str], tmp_path: Path
) -> None:
    task = chunk(tmp_path / "in", 1)
    with Journal(task.place) as journal:
        journal.begin(0)
        journal.see(0, "abc", 7)
    task.place.note.write_text(word, encoding="utf-8")
    assert work(task).outcomes == Counter({outcome: 1})
    [entry] = keep(task.place).finished.values()
    assert (entry.row.sha256 == "abc") == bool(word)


def test_a_worker_stops_after_the_document_in_hand(tmp_path: Path) -> None:
    task = chunk(tmp_path / "in", 2)
    task.place.folder.mkdir(parents=True)
    stop_file(tmp_path / "work").touch()
    report = work(task)
    assert (report.whole, report.outcomes.total()) == (False, 0)


def test_a_shard_holds_what_its_journals_say(tmp_path: Path) -> None:
    task = chunk(tmp_path / "in", 3)
    work(task)
    store = Folder(tmp_path / "out")
    assemble(Assembly(Shard(2, 10), ((task.place, 3),), SETTINGS, store))
    [shard] = done(store, 10)
    assert [row.document for row in rows_of(store, shard)] == [21, 22, 23]
    assert not task.place.folder.exists()
    lines = (tmp_path / "out" / "jsonl" / "part-00002.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["document"] for line in lines] == [21, 22, 23]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_on_a_terminal_and_json_elsewhere() -> None:
    progress = Progress(outcomes=Counter({(Status.DONE, ""): 3, (Status.REFUSED, "NotAFormD"): 2}))
    progress.interrupted = progress.ended = True
    for stream, quiet, said in (
        (Terminal(), False, "2 failed"),
        (io.StringIO(), False, '"failed": 2'),
        (Terminal(), True, ""),
    ):
        with shown(stream, lambda: 9, quiet=quiet) as show:
            show(progress)
        assert said in stream.getvalue()
        assert bool(stream.getvalue()) == bool(said)
    assert progress.exit_code == 130
    text = "\n".join(summary(progress, "out/manifest"))
    assert "5 inputs: 3 with a result, 2 without" in text
    assert "refused: NotAFormD 2" in text
    assert "--retry-failed reads these inputs again" in text
    assert "goes on from here" in text


def test_what_other_processes_write_at_a_url_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """File systems of servers remember what they have listed."""
    kind = importlib.import_module("fsspec.implementations.memory").MemoryFileSystem
    listed: dict[str, dict[str, object]] = {}
    find = kind.find

    def remembering(self: object, path: str, **options: object) -> dict[str, object]:
        return listed.setdefault(path, find(self, path, **options))

    monkeypatch.setattr(kind, "find", remembering)
    monkeypatch.setattr(kind, "invalidate_cache", lambda self, path=None: listed.clear())
    memory = importlib.import_module("fsspec").filesystem("memory")
    store = store_at("memory://shared")
    try:
        assert store.names("done") == []
        assert store.size("done/a") is None
        memory.pipe("/shared/done/a", b"AAA")
        assert store.names("done") == ["done/a"]
        assert store.size("done/a") == 3
        assert store.read("done/a") == b"AAA"
    finally:
        memory.rm("/shared", recursive=True)


def test_a_shard_without_any_xml_is_done_where_there_are_no_empty_folders() -> None:
    store = store_at("memory://bare")
    shard = Shard(0, 10)
    try:
        write(shard, iter([Entry(Row("a", Status.REFUSED))]), SETTINGS, store)
        assert list(done(store, 10)) == [shard]
        store.remove("jsonl/part-00000.jsonl")
        assert list(done(store, 10)) == []
    finally:
        importlib.import_module("fsspec").filesystem("memory").rm("/bare", recursive=True)


def test_a_worker_that_was_killed_while_it_had_nothing_to_do_is_replaced(tmp_path: Path) -> None:
    worker = Worker(context())
    nothing = Chunk(0, place(tmp_path, "1"), (), SETTINGS)
    try:
        assert worker.submit(nothing).result(60).whole
        executor = worker._executor
        assert executor is not None
        for process in [*executor._processes.values()]:
            process.kill()
        deadline = time.monotonic() + 60
        while not executor._broken and time.monotonic() < deadline:
            time.sleep(0.01)
        assert worker.submit(nothing).result(60).whole
    finally:
        worker.close(wait=True)
