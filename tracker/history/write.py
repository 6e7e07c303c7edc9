"""What one tick leaves for the history, whole: positions, refused fixes, crossings. It commits or is spooled as one.

The spooled form: the length of a JSON head (uint32 little-endian), the head (number of rows, documents, refused fixes,
crossings), then the rows as an array of POSITION. The mark of the spool's files is its version.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from tracker.model.batch import Extra, FixBatch
from tracker.model.crossing import Crossing
from tracker.model.refusal import Refusal
from tracker.pipeline.outcome import Outcome

__all__ = ["POSITION", "CrossingRow", "RefusedFix", "Write", "document_of"]

_HEAD = struct.Struct("<I")
_MOST_REFUSED = 1_000

POSITION = np.dtype(
    [
        ("device", "<i4"),
        ("fix_time", "<i8"),  # microseconds since 1970
        ("received_at", "<i8"),
        ("latitude", "<f8"),
        ("longitude", "<f8"),
        ("speed", "<f4"),  # NaN unknown; so with the next five
        ("course", "<f4"),
        ("altitude", "<f4"),
        ("accuracy", "<f4"),
        ("hdop", "<f4"),
        ("battery", "<f4"),
        ("distance", "<f4"),  # metres from the previous position
        ("cell", "<i8"),
        ("member", "<i4"),  # registry key; -1 nobody
    ]
)
"""The columns of `positions`, without attributes."""


@dataclass(frozen=True, slots=True)
class RefusedFix:
    """A fix kept apart. Times are microseconds since 1970; numbers that are not finite are None.

    detail: what else is known of it, JSON values.
    """

    device: int
    reason: str
    fix_time: int | None
    received_at: int
    latitude: float | None
    longitude: float | None
    detail: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class CrossingRow:
    """A geofence entered or left; geofence and device are keys, kind is `enter` or `exit`, times are microseconds."""

    geofence: int
    device: int
    member: int | None
    kind: str
    fix_time: int
    decided_at: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Write:
    """n positions as columns of POSITION's names, each of shape (n,), and what else commits with them.

    doubtful: bool, shape (n,): the row may be stored already. documents: row -> JSON text of its attributes.
    """

    columns: Mapping[str, npt.NDArray[Any]]
    doubtful: npt.NDArray[np.bool_]
    documents: Mapping[int, bytes] = field(default_factory=dict)
    refused: Sequence[RefusedFix] = ()
    crossings: Sequence[CrossingRow] = ()

    def __len__(self) -> int:
        return len(self.doubtful)

    @classmethod
    def of(cls, outcome: Outcome, batch: FixBatch, members: npt.NDArray[np.int32] | None) -> Write:
        """What is to be stored of a judged batch; members: key a row of `outcome.accepted`, -1 nobody; None: nobody."""
        accepted = outcome.accepted
        columns = {name: getattr(accepted, name) for name in POSITION.names or () if hasattr(accepted, name)}
        columns["distance"] = np.nan_to_num(outcome.distance)
        columns["cell"] = outcome.cell.view(np.int64) if outcome.cell.dtype == np.uint64 else outcome.cell
        columns["member"] = np.full(len(accepted), -1, np.int32) if members is None else members
        return cls(
            columns=columns,
            doubtful=outcome.doubtful,
            documents={row: document_of(extra) for row, extra in accepted.extras.items()},
            refused=_refused(outcome.verdicts, batch),
            crossings=[_crossing(one, columns) for one in outcome.crossings],
        )

    def take(self, rows: npt.NDArray[np.intp]) -> Write:
        """The named positions alone, without the refused fixes and crossings."""
        return Write(
            columns={name: values[rows] for name, values in self.columns.items()},
            doubtful=self.doubtful[rows],
            documents={new: self.documents[old] for new, old in enumerate(rows.tolist()) if old in self.documents},
        )

    def encode(self) -> bytes:
        """The spooled form."""
        head = orjson.dumps(
            {
                "rows": len(self),
                "documents": [[row, text.decode()] for row, text in self.documents.items()],
                "refused": [asdict(one) for one in self.refused],
                "crossings": [asdict(one) for one in self.crossings],
            }
        )
        rows = np.empty(len(self), POSITION)
        for name, values in self.columns.items():
            rows[name] = values
        return _HEAD.pack(len(head)) + head + rows.tobytes()

    @classmethod
    def decode(cls, data: bytes) -> Write:
        """Read the spooled form. No row counts as doubtful: most were never stored, and the store notices."""
        (length,) = _HEAD.unpack_from(data)
        head = orjson.loads(data[_HEAD.size : _HEAD.size + length])
        rows = np.frombuffer(data, POSITION, head["rows"], _HEAD.size + length)
        return cls(
            columns={name: np.ascontiguousarray(rows[name]) for name in POSITION.names or ()},
            doubtful=np.zeros(len(rows), np.bool_),
            documents={row: text.encode() for row, text in head["documents"]},
            refused=[RefusedFix(**one) for one in head["refused"]],
            crossings=[CrossingRow(**one) for one in head["crossings"]],
        )

    def refused_row(self, row: int, reason: str, detail: dict[str, object] | None = None) -> RefusedFix:
        """One of the positions as a refused fix."""
        at = {name: values[row].item() for name, values in self.columns.items()}
        return RefusedFix(
            device=at["device"], reason=reason, fix_time=at["fix_time"], received_at=at["received_at"],
            latitude=at["latitude"], longitude=at["longitude"], detail=detail,
        )  # fmt: skip


def document_of(extra: Extra) -> bytes:
    """JSON text of the attributes; the event word stands among them as `event`."""
    attributes = dict(extra.attributes)
    if extra.event is not None:
        attributes["event"] = extra.event
    return orjson.dumps(attributes, default=str, option=orjson.OPT_NON_STR_KEYS)


def _refused(verdicts: npt.NDArray[np.int8], batch: FixBatch) -> list[RefusedFix]:
    """Those with a reason; of a batch with very many, the first thousand."""
    rows = np.flatnonzero(verdicts != Refusal.NONE)[:_MOST_REFUSED]
    return [_refused_fix(row, Refusal(int(verdicts[row])).word, batch) for row in rows.tolist()]


def _refused_fix(row: int, reason: str, batch: FixBatch) -> RefusedFix:
    extra = batch.extras.get(row)
    return RefusedFix(
        device=int(batch.device[row]),
        reason=reason,
        fix_time=int(batch.fix_time[row]),
        received_at=int(batch.received_at[row]),
        latitude=_finite(batch.latitude[row]),
        longitude=_finite(batch.longitude[row]),
        detail=_known(("speed", "course", "altitude", "accuracy", "hdop", "battery"), row, batch)
        | ({"event": extra.event} if extra is not None and extra.event is not None else {}),
    )


def _known(names: Iterable[str], row: int, batch: FixBatch) -> dict[str, object]:
    values = {name: _finite(getattr(batch, name)[row]) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _finite(value: np.floating[Any]) -> float | None:
    return float(value) if np.isfinite(value) else None


def _crossing(crossing: Crossing, columns: Mapping[str, npt.NDArray[Any]]) -> CrossingRow:
    rows = np.flatnonzero(columns["device"] == crossing.device)
    member = int(columns["member"][rows[0]]) if len(rows) else -1
    return CrossingRow(
        geofence=crossing.geofence,
        device=crossing.device,
        member=member if member >= 0 else None,
        kind=str(crossing.kind),
        fix_time=crossing.fix_time,
        decided_at=int(columns["received_at"][rows[-1]]) if len(rows) else crossing.fix_time,
        latitude=crossing.latitude,
        longitude=crossing.longitude,
    )
