"""What the processes of a command take: time by the clock, processor time and memory, by the role of each process."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

EVERY = 0.1
"""Seconds between two looks; what a process takes after the last look at it is not seen."""

_PARENT, _TIMES = 1, slice(11, 13)
"""Where a process's parent and ticks (user, system) stand in its `stat`, after its name."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a command took. seconds: by the clock. processor: seconds of each role. peak: most bytes of one of a role.

    Roles: parent, the command itself; server, what it starts; worker, what that starts.
    """

    seconds: float
    processor: Mapping[str, float]
    peak: Mapping[str, int]

    @property
    def whole(self) -> float:
        """The processor time of all processes."""
        return sum(self.processor.values())


def watch(command: Sequence[str], cwd: Path, code: int = 0) -> Use:
    """Run a command to its end. Raises CalledProcessError unless it ends with the code."""
    spent: dict[int, float] = {}
    peak: dict[str, int] = {}
    roles: dict[int, str] = {}
    start = time.monotonic()
    with subprocess.Popen(command, cwd=cwd) as process:
        roles[process.pid] = "parent"
        while process.poll() is None:
            for pid, parent, seconds in sorted(_processes()):
                role = roles.get(pid) or _BELOW.get(roles.get(parent, ""))
                if role:
                    roles[pid] = role
                    spent[pid] = seconds
                    peak[role] = max(peak.get(role, 0), peak_memory(pid))
            time.sleep(EVERY)
    if process.returncode != code:
        raise subprocess.CalledProcessError(process.returncode, command)
    by_role: dict[str, float] = {}
    for pid, seconds in spent.items():
        by_role[roles[pid]] = by_role.get(roles[pid], 0.0) + seconds
    return Use(time.monotonic() - start, by_role, peak)


_BELOW: Mapping[str, str] = MappingProxyType({"parent": "server", "server": "worker", "worker": "worker"})
"""The role of what a process of a role starts."""


def _processes() -> Iterator[tuple[int, int, float]]:
    """Yield number, parent and processor time of each process, where the system tells."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            facts = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        ticks = sum(map(int, facts[_TIMES]))
        yield int(entry.parent.name), int(facts[_PARENT]), ticks / os.sysconf("SC_CLK_TCK")


def peak_memory(pid: int) -> int:
    """The most bytes of memory that a process has had, where the system tells it; else 0."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)
