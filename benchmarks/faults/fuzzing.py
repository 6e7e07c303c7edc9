"""Fault 15: five million inputs to every decoder of what strangers send, a twentieth of them guided by coverage."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import re
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.account import Fault, Result
from benchmarks.faults.fuzz.decoders import DECODERS, Decoder

__all__ = ["FAULTS"]

SEED = 1
GUIDED = 0.05
GOAL = "read, or refused in its own words, within 10 s"
_EXECUTED = re.compile(r"number_of_executed_units:\s*(\d+)")
_FOUND = ("refused", "slowest_ms", "processor_s")
_LONGEST_TOLD = 300


@dataclass(slots=True)
class _Run:
    """What one decoder was given. fault: the error and the input that made it, "" where there was none."""

    guided: int = 0
    blind: int = 0
    refused: int = 0
    slowest_ms: float = 0.0
    processor_s: float = 0.0
    fault: str = ""

    @property
    def inputs(self) -> int:
        return self.guided + self.blind


async def _fuzzed(share: float) -> list[Result]:
    """As many at once as there are cores."""
    began, used_s, slots = time.monotonic(), _children_s(), asyncio.Semaphore(os.cpu_count() or 1)
    runs = await asyncio.gather(*(_one(decoder, share, slots) for decoder in DECODERS))
    inputs = sum(run.inputs for run in runs)
    notes = (
        f"{inputs:,} inputs in {time.monotonic() - began:.0f} s, {_children_s() - used_s:.0f} s of processor; "
        f"{sum(run.guided for run in runs):,} of them guided by coverage; seed {SEED}"
    )
    kept = not any(run.fault for run in runs)
    whole = Result(f"fuzzing of {len(DECODERS)} decoders", notes=notes, goal=GOAL, kept=kept)
    return [whole, *(_told(decoder, run) for decoder, run in zip(DECODERS, runs, strict=True))]


def _told(decoder: Decoder, run: _Run) -> Result:
    notes = run.fault or (
        f"{run.inputs:,} inputs, {run.blind / run.processor_s:,.0f} a second of processor where not watched; "
        f"{run.refused / max(run.blind, 1):.0%} refused; the slowest took {run.slowest_ms:.1f} ms"
    )
    return Result(f"fuzzing: {decoder.name}", notes=notes, goal=GOAL, kept=not run.fault)


async def _one(decoder: Decoder, share: float, slots: asyncio.Semaphore) -> _Run:
    run, inputs = _Run(), max(100, round(decoder.inputs * share))
    with tempfile.TemporaryDirectory(prefix="gridwarden-fuzzing-") as name:
        folder = Path(name)
        for inner in ("corpus", "found"):
            (folder / inner).mkdir()
        for number, data in enumerate(decoder.first()):
            (folder / "corpus" / f"{number:05}").write_bytes(data[: decoder.longest])
        async with slots:
            if importlib.util.find_spec("atheris") is not None:  # it has wheels for some systems only
                said = await _said(run, "guided", decoder, round(inputs * GUIDED), folder)
                run.guided = sum(map(int, _EXECUTED.findall(said)))
            if not run.fault:
                run.blind = inputs - min(run.guided, inputs)
                said = await _said(run, "blind", decoder, run.blind, folder)
            if not run.fault:
                found = json.loads(said.splitlines()[-1])
                run.refused, run.slowest_ms, run.processor_s = (found[each] for each in _FOUND)
    return run


async def _said(run: _Run, how: str, decoder: Decoder, inputs: int, folder: Path) -> str:
    """All that one process wrote; `run.fault` where it found one, which is printed whole."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"benchmarks.faults.fuzz.{how}", decoder.name, str(inputs), str(SEED), str(folder),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    written, _ = await process.communicate()
    said = written.decode("utf-8", "replace")
    if process.returncode:
        culprit = next((path.read_bytes() for path in sorted((folder / "found").iterdir())), b"")
        error = next((line for line in said.splitlines() if re.match(r"\S*(Error|Exception|TakesLong)\b", line)), "")
        run.fault = f"{error or said[-_LONGEST_TOLD:]} at {culprit!r}"[:_LONGEST_TOLD].replace("|", "¦")
        print(f"{decoder.name}: {said}\ninput: {culprit!r}", flush=True)
    return said


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


FAULTS = (Fault(15, "fuzzing", _fuzzed),)
