"""Where results go: a folder, or a URL. A file appears there under its name when it is whole, and not before."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from extractor.batch.remote import FileSystem, file_system, is_url

WORK = ".formd"
"""The folder of what a run keeps for itself, within that of the results."""


class Store(Protocol):
    """A place of results; names are relative, with / between their parts."""

    @property
    def work(self) -> Path:
        """The folder on this machine for journals and drafts."""

    def put(self, draft: Path, name: str) -> None:
        """Move a file, or a folder with its files, to its name; what had that name before is replaced."""

    def settle(self, folder: str) -> None:
        """Make sure that the names in a folder outlive a power cut."""

    def read(self, name: str) -> bytes | None:
        """The content of a file, None where there is none."""

    def local(self, name: str, draft: Path) -> Path | None:
        """A file to read on this machine, which may be a copy at the draft's path; None where there is none."""

    def size(self, name: str) -> int | None:
        """The bytes of a file, or of all files of a folder; None where there is none."""

    def names(self, folder: str) -> list[str]:
        """The names of the files of a folder, in order."""

    def remove(self, name: str) -> None:
        """Remove a file or a folder, if it is there."""


def store_at(out: str) -> Store:
    """The store of a folder or URL. Raises MissingProgram or ValueError for a URL of a kind that is not known."""
    return Remote(out) if is_url(out) else Folder(Path(out).resolve())


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on this machine."""

    root: Path

    @property
    def work(self) -> Path:
        """The folder for journals and drafts, on the same disk as the results."""
        return self.root / WORK

    def put(self, draft: Path, name: str) -> None:
        """Move a file or folder to its name, once the disk has it."""
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if draft.is_dir():
            self.remove(name)
        else:
            _settle(draft)
        draft.replace(target)

    def settle(self, folder: str) -> None:
        """Wait until the disk has the names."""
        _settle(self.root / folder)

    def read(self, name: str) -> bytes | None:
        """The content of a file."""
        try:
            return (self.root / name).read_bytes()
        except FileNotFoundError:
            return None

    def local(self, name: str, draft: Path) -> Path | None:
        """The file itself."""
        path = self.root / name
        return path if path.exists() else None

    def size(self, name: str) -> int | None:
        """The bytes of a file, or of the files of a folder."""
        path = self.root / name
        if path.is_dir():
            return sum(file.stat().st_size for file in path.iterdir())
        return path.stat().st_size if path.exists() else None

    def names(self, folder: str) -> list[str]:
        """The names of the files of a folder."""
        path = self.root / folder
        return sorted(f"{folder}/{file.name}" for file in path.iterdir()) if path.is_dir() else []

    def remove(self, name: str) -> None:
        """Remove a file or a folder."""
        path = self.root / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    """Wait until the disk has a file or the names of a folder."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no handle of a folder to wait for
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class Remote:
    """A URL, by fsspec. Object stores show an object when it is whole; elsewhere a file is moved to its name."""

    url: str

    @property
    def work(self) -> Path:
        """A folder of this machine for journals and drafts, the same for each run to this URL."""
        named = "".join(sign if sign.isalnum() else "-" for sign in self.url)
        return Path(tempfile.gettempdir()) / f"formd-{os.getuid() if hasattr(os, 'getuid') else ''}-{named}"

    def put(self, draft: Path, name: str) -> None:
        """Copy a file or folder to its name, and remove it here. Raises OSError, whatever the file system raises."""
        try:
            self._put(draft, name)
        except OSError:
            raise
        except Exception as error:
            raise OSError(f"{name}: {error}") from error

    def _put(self, draft: Path, name: str) -> None:
        system, root = file_system(self.url)
        self.remove(name)
        for path in sorted(draft.iterdir()) if draft.is_dir() else [draft]:
            target = f"{root}/{name}/{path.name}" if draft.is_dir() else f"{root}/{name}"
            system.makedirs(target.rpartition("/")[0], exist_ok=True)
            system.put_file(str(path), f"{target}.part")
            system.mv(f"{target}.part", target)
            path.unlink()

    def settle(self, folder: str) -> None:
        """Nothing: what is there is there."""

    def read(self, name: str) -> bytes | None:
        """The content of a file."""
        system, path = self._now(name)
        try:
            with system.open(path, "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def local(self, name: str, draft: Path) -> Path | None:
        """A copy of the file."""
        content = self.read(name)
        if content is None:
            return None
        draft.write_bytes(content)
        return draft

    def size(self, name: str) -> int | None:
        """The bytes of a file, or of the files of a folder."""
        system, path = self._now(name)
        found = system.find(path, detail=True)
        return sum(int(str(facts["size"])) for facts in found.values()) if found else None

    def names(self, folder: str) -> list[str]:
        """The names of the files of a folder."""
        system, path = self._now(folder)
        return sorted(f"{folder}/{found.rpartition('/')[2]}" for found in system.find(path, detail=True))

    def remove(self, name: str) -> None:
        """Remove a file or a folder."""
        system, path = self._now(name)
        if system.exists(path):
            system.rm(path, recursive=True)

    def _now(self, name: str) -> tuple[FileSystem, str]:
        """The file system and the path of a name; what was listed there is forgotten, for other processes write too."""
        system, root = file_system(self.url)
        path = f"{root}/{name}"
        system.invalidate_cache(path)
        return system, path


@contextmanager
def drafting(store: Store) -> Iterator[Path]:
    """A new folder for drafts, which is gone afterwards."""
    folder = store.work / "drafts"
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def put_text(store: Store, name: str, text: str) -> None:
    """Write a text to its name."""
    with drafting(store) as draft:
        path = draft / "text"
        path.write_text(text, encoding="utf-8", newline="")
        store.put(path, name)
