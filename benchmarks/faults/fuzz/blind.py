"""`python -m benchmarks.faults.fuzz.blind NAME INPUTS SEED FOLDER`: one decoder, unwatched and so many times as fast.

Inputs are made of those in FOLDER/corpus. What is neither read nor refused in the decoder's own words, or takes ten
seconds, lies in FOLDER/found then. Else it prints how many were refused, the slowest one's milliseconds and
the seconds of processor that all of them took.
"""

from __future__ import annotations

import json
import random
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from benchmarks.faults.fuzz.changes import bytes_changed, json_changed
from benchmarks.faults.fuzz.decoders import Decoder, decoder_of

MOST_S = 10


class TakesLong(BaseException):
    """No error that a decoder could take for one of its own."""


def main(name: str, inputs: str, seed: str, folder: str) -> None:
    signal.signal(signal.SIGALRM, _interrupt)
    print(json.dumps(fuzzed(decoder_of(name), int(inputs), int(seed), Path(folder))))


def fuzzed(decoder: Decoder, inputs: int, seed: int, folder: Path) -> dict[str, float]:
    """refused: how many; slowest_ms: of one; processor_s: of all. Raises what a decoder must not."""
    dice = random.Random(seed)
    corpus = [path.read_bytes() for path in sorted((folder / "corpus").iterdir())]
    refused, slowest_s, started = 0, 0.0, time.process_time()
    for _ in range(inputs):
        data = _made(decoder, corpus, dice)
        began = time.perf_counter()
        try:
            refused += _is_refused(decoder, data)
        except BaseException:
            (folder / "found" / "blind").write_bytes(data)
            raise
        slowest_s = max(slowest_s, time.perf_counter() - began)
    return {"refused": refused, "slowest_ms": slowest_s * 1e3, "processor_s": time.process_time() - started}


def _made(decoder: Decoder, corpus: Sequence[bytes], dice: random.Random) -> bytes:
    data = dice.choice(corpus)
    value = json_changed(data, decoder.longest, dice) if decoder.is_json and dice.random() < 0.5 else None
    return bytes_changed(data, corpus, decoder.longest, dice) if value is None else value


def _is_refused(decoder: Decoder, data: bytes) -> bool:
    signal.alarm(MOST_S)
    try:
        decoder.read(data)
    except decoder.refusals:
        return True
    finally:
        signal.alarm(0)
    return False


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise TakesLong(f"longer than {MOST_S} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
