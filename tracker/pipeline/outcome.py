"""What the pipeline says of a tick's batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.model.batch import FixBatch
from tracker.model.crossing import Crossing

__all__ = ["Outcome"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """m accepted of n rows, with what was found out about each, and a verdict for all n.

    accepted: sorted by (device, fix_time). accepted_rows: shape (m,), their rows in the batch.
    late: (m,) not newer than the device's last position: for the history only. doubtful: (m,) may be stored already.
    distance: (m,) metres from the device's previous position while moving, else 0. cell: (m,) H3 cell.
    moving: (m,) whether the device was on its way. verdicts: (n,) a Refusal code each. crossings: in fix-time order.
    """

    accepted: FixBatch
    accepted_rows: npt.NDArray[np.intp]
    late: npt.NDArray[np.bool_]
    doubtful: npt.NDArray[np.bool_]
    distance: npt.NDArray[np.float32]
    cell: npt.NDArray[np.uint64]
    moving: npt.NDArray[np.bool_]
    verdicts: npt.NDArray[np.int8]
    crossings: list[Crossing]
