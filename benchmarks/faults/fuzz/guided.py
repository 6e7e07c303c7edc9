"""`python -m benchmarks.faults.fuzz.guided NAME INPUTS SEED FOLDER`: one decoder, by atheris (libFuzzer).

Inputs that reach what none reached before are kept in FOLDER/corpus and changed further. What is neither read nor
refused in the decoder's own words, or takes ten seconds or a gigabyte, lies in FOLDER/found then, and the exit status
is not 0.

A process of its own: atheris rewrites the bytecode of what it watches as that is imported, and ends the process.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

import atheris

from benchmarks.faults.fuzz.changes import json_changed

_WATCHED = ["tracker", "registry", "dispatch", "simulators"]

with atheris.instrument_imports(include=_WATCHED, enable_loader_override=False):
    from benchmarks.faults.fuzz.decoders import Decoder, decoder_of

_BOUNDS = ("-timeout=10", "-rss_limit_mb=1024")


def main(name: str, inputs: str, seed: str, folder: str) -> None:
    decoder = decoder_of(name)
    options = (f"-runs={inputs}", f"-seed={seed}", f"-max_len={decoder.longest}", f"-artifact_prefix={folder}/found/")
    changes = {"custom_mutator": _changed} if decoder.is_json else {}
    atheris.Setup(["fuzz", *options, *_BOUNDS, "-print_final_stats=1", f"{folder}/corpus"], _taking(decoder), **changes)
    atheris.Fuzz()


def _taking(decoder: Decoder) -> Callable[[bytes], None]:
    def take(data: bytes) -> None:
        try:
            decoder.read(data)
        except decoder.refusals:
            return

    return take


def _changed(data: bytes, most: int, seed: int) -> bytes:
    """As a value, every other time; else, and where it is none, as bytes."""
    value = json_changed(data, most, random.Random(seed)) if seed % 2 else None
    return bytes(atheris.Mutate(data, most)) if value is None else value


if __name__ == "__main__":
    main(*sys.argv[1:])
