"""A file of 1,000,000 residents through an import job, over HTTP: sent in parts, checked, sealed and stored in chunks.

Made-up residents with identity and telephone numbers, in 250,000 homes that are there already; the file says each
one's organisation. sent_s: until all parts lie sealed in the database; stored_s: until the job is done; found_s: until
everybody can be searched for, too. cpu_s and peak_mb are the server's, without its database; load: the machine's load
average of the last minute at the end. `python -m benchmarks imports [--rows 100000]`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.product import Product, running_product, token_of
from benchmarks.search import PEOPLE_A_HOME, RESIDENTS, fill_homes, names, until_searchable
from registry.privacy.model import check_character
from simulators.city.seed import write_import_files

__all__ = ["Row", "main"]

_HEADER = "id,organisation,household,relation,name,gender,birth_date,identity,telephone"
_PART_BYTES = 16 * 2**20
_PASSWORD = "anna has a password"


@dataclass(frozen=True)
class Row:
    """One file. rows_s: rows a second while it was stored."""

    name: str
    rows: int
    mb: float
    sent_s: float
    stored_s: float
    rows_s: float
    found_s: float
    cpu_s: float
    peak_mb: float
    load: float


def main(seconds: float = 10.0, residents: int = RESIDENTS) -> list[Row]:
    """seconds: unused, the file ends it."""
    random = np.random.default_rng(6)
    with running_product(1) as product, tempfile.TemporaryDirectory() as folder:
        files = write_import_files(Path(folder), members=1)
        product.command("import", "organisations", str(files["organisations"]))
        with product.database() as connection:
            fill_homes(connection, residents // PEOPLE_A_HOME, random)
            until_searchable(connection)
            homes = connection.execute(
                "SELECT f.id, o.id FROM households f JOIN organisations o ON o.key = f.organisation ORDER BY f.key"
            ).fetchall()
        file = Path(folder) / "people.csv"
        file.write_text(_file(residents, homes, random), encoding="utf-8")
        return [_imported(product, file, residents)]


def _file(residents: int, homes: list[tuple[str, str]], random: np.random.Generator) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADER.split(","))
    writer.writerows(_people(residents, homes, random))
    return text.getvalue()


def _people(residents: int, homes: list[tuple[str, str]], random: np.random.Generator) -> Iterator[tuple[str, ...]]:
    days = random.integers(0, 80 * 365, residents).tolist()
    for n, (name, day) in enumerate(zip(names(residents, random), days, strict=True)):
        household, organisation = homes[n // PEOPLE_A_HOME % len(homes)]
        born = date(1940, 1, 1) + timedelta(days=day)
        digits = f"990101{born:%Y%m%d}{n % 1000:03}"
        yield (
            f"P{n}", organisation, household, "not_related" if n % PEOPLE_A_HOME else "head", name,
            "male" if n % 2 else "female", f"{born}", digits + check_character(digits), f"100{n:08}",
        )  # fmt: skip


def _imported(product: Product, file: Path, residents: int) -> Row:
    caller, cpu_s, began = _Caller(product), product.cpu_s(), time.monotonic()
    job = caller.ask("/import-jobs", json.dumps({"kind": "people", "name": file.name}).encode())["id"]
    with file.open("rb") as data:
        for number, part in enumerate(iter(lambda: data.read(_PART_BYTES), b""), start=1):
            caller.ask(f"/import-jobs/{job}/parts?number={number}", part, "text/csv")
    sent = time.monotonic()
    caller.ask(f"/import-jobs/{job}/start", b"")
    while (told := caller.ask(f"/import-jobs/{job}"))["state"] == "running":
        time.sleep(1)
    stored = time.monotonic()
    assert (told["state"], told["rows"], told["refused"]) == ("done", residents, 0), told
    with product.database() as connection:
        until_searchable(connection)
    return Row(
        "people.csv", residents, file.stat().st_size / 2**20, sent - began, stored - sent, residents / (stored - sent),
        time.monotonic() - stored, product.cpu_s() - cpu_s, product.peak_mb(), os.getloadavg()[0],
    )  # fmt: skip


class _Caller:
    """An administrator of the city."""

    def __init__(self, product: Product) -> None:
        product.command("user", "add", "anna", "--role", "administrator", "--password-stdin", stdin=_PASSWORD)
        self._at = f"http://{product.at['http']}/api/v1"
        self._headers = {"Authorization": f"Bearer {token_of(self._at, 'anna', _PASSWORD)}"}

    def ask(self, path: str, body: bytes | None = None, media_type: str = "application/json") -> Any:
        """GET, or POST where there is a body."""
        asked = urllib.request.Request(f"{self._at}{path}", body, {"Content-Type": media_type} | self._headers)
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)
