"""One turn of the stateful stages: at most one fix of each device, so that whole columns can be judged at once."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tracker.model.crossing import Crossing
from tracker.pipeline.limits import Limits
from tracker.pipeline.states import DeviceStates

__all__ = ["Turn"]


@dataclass(slots=True, kw_only=True)
class Turn:
    """n fixes of n different devices on their way through the stages; all arrays of shape (n,).

    What the stages find out: verdict (a Refusal code), late, doubtful, distance, moving, crossings.
    """

    limits: Limits
    states: DeviceStates
    device: npt.NDArray[np.int32]
    fix_time: npt.NDArray[np.int64]
    latitude: npt.NDArray[np.float64]
    longitude: npt.NDArray[np.float64]
    speed: npt.NDArray[np.float32]
    accuracy: npt.NDArray[np.float32]
    verdict: npt.NDArray[np.int8]
    late: npt.NDArray[np.bool_]
    doubtful: npt.NDArray[np.bool_]
    moving: npt.NDArray[np.bool_]
    distance: npt.NDArray[np.float32]
    gap: npt.NDArray[np.float64]
    crossings: list[Crossing] = field(default_factory=list)

    def going_on(self) -> npt.NDArray[np.intp]:
        """The rows that are still believed and newer than what is known."""
        return np.flatnonzero((self.verdict == 0) & ~self.late)
