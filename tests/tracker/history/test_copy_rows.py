from __future__ import annotations

import struct
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tracker.history.copy_rows import CopyColumn, CopyTable

TABLE = CopyTable(
    "things",
    (
        CopyColumn("number", "int4"),
        CopyColumn("moment", "timestamptz"),
        CopyColumn("size", "float4", nullable=True),
        CopyColumn("owner", "int4", nullable=True),
        CopyColumn("good", "bool"),
    ),
    "facts",
)
EPOCH_2000_US = 946_684_800_000_000


def unpack(data: bytes) -> list[tuple[Any, ...]]:
    """Read binary COPY by the page of PostgreSQL's documentation, one value after another."""
    assert data[:19] == b"PGCOPY\n\xff\r\n\0" + bytes(8)
    at, rows = 19, []
    while (fields := struct.unpack_from(">h", data, at)[0]) != -1:
        at += 2
        row: list[Any] = []
        for form in (">i", ">q", ">f", ">i", ">?", None)[:fields]:
            (length,) = struct.unpack_from(">i", data, at)
            at += 4
            value = None if length < 0 else data[at : at + length]
            row.append(struct.unpack(form, value)[0] if value is not None and form else value)
            at += max(length, 0)
        rows.append(tuple(row))
    assert data[at:] == b"\xff\xff"
    return rows


ROWS = st.lists(
    st.tuples(
        st.integers(0, 2**31 - 1),
        st.integers(-(2**50), 2**50),
        st.none() | st.floats(width=32, allow_nan=False),
        st.none() | st.integers(0, 2**31 - 1),
        st.booleans(),
        st.none() | st.binary(max_size=9),
    ),
    max_size=12,
)


@given(ROWS)
def test_what_is_packed_is_what_the_documentation_reads(rows: list[tuple[Any, ...]]) -> None:
    numbers, moments, sizes, owners, goods, facts = zip(*rows, strict=True) if rows else ((),) * 6
    data = TABLE.pack(
        {
            "number": np.array(numbers, np.int32),
            "moment": np.array(moments, np.int64) + EPOCH_2000_US,
            "size": np.array(sizes, np.float32),
            "owner": np.array([-1 if owner is None else owner for owner in owners], np.int32),
            "good": np.array(goods, np.uint8),
        },
        {row: document for row, document in enumerate(facts) if document is not None},
    )
    expected = [(*row[:5], None if row[5] is None else b"\x01" + row[5]) for row in rows]
    assert sorted(unpack(data), key=repr) == sorted(expected, key=repr)


def test_the_statement_names_the_columns() -> None:
    assert TABLE.statement == "COPY things (number, moment, size, owner, good, facts) FROM STDIN (FORMAT BINARY)"
