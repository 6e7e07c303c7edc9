"""What the pipeline believes, as numbers."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Thresholds of the stages; times in microseconds, lengths in metres, speeds in m/s.

    max_age, max_lead: how far before and after the server's clock a fix time may lie; max_age None = any.
    max_speed: between two positions, beyond which the later is a jump; jump_slack: added for the receivers' noise.
    believe_after: as many jumps in a row that agree with each other are believed: the earlier place was the wrong one.
    moving_speed: from here on a device is on its way. anchor_radius: without a speed, so far from where it stood.
    stopped_after: standing for so long is a stop.
    """

    max_age: int | None = 30 * 86_400_000_000
    max_lead: int = 300_000_000
    max_speed: float = 100.0
    jump_slack: float = 50.0
    believe_after: int = 3
    moving_speed: float = 0.7
    anchor_radius: float = 25.0
    stopped_after: int = 120_000_000
