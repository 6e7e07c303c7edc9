"""Distances and directions on the sphere of mean earth radius; scalars and arrays alike.

A sphere is within 0.6 % of the ellipsoid and needs no iteration; every figure of this program that is a distance uses
it, so figures agree with each other. Angles are degrees, distances metres.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

__all__ = ["EARTH_RADIUS_M", "bearing", "chord_to_metres", "destination", "distance", "distances", "unit_vectors"]

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius R1 of the IUGG, metres."""

Doubles = npt.NDArray[np.float64]


def distance(latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float) -> float:
    """Great-circle metres between two places (haversine: exact for near and far, poles and antimeridian)."""
    a, b = math.radians(latitude_a), math.radians(latitude_b)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(longitude_b - longitude_a) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def distances(
    latitude_a: npt.ArrayLike, longitude_a: npt.ArrayLike, latitude_b: npt.ArrayLike, longitude_b: npt.ArrayLike
) -> Doubles:
    """`distance` for arrays that broadcast; shape of the broadcast."""
    a, b = np.radians(latitude_a), np.radians(latitude_b)
    half = np.sin((b - a) / 2) ** 2
    half = half + np.cos(a) * np.cos(b) * np.sin(np.radians(np.subtract(longitude_b, longitude_a)) / 2) ** 2
    metres: Doubles = 2 * EARTH_RADIUS_M * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return metres


def bearing(latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float) -> float:
    """Degrees true in [0, 360) at a towards b along the great circle."""
    a, b, turn = math.radians(latitude_a), math.radians(latitude_b), math.radians(longitude_b - longitude_a)
    east = math.sin(turn) * math.cos(b)
    north = math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(turn)
    return math.degrees(math.atan2(east, north)) % 360.0 % 360.0  # twice: -1e-17 % 360 is 360.0


def destination(latitude: float, longitude: float, bearing_degrees: float, metres: float) -> tuple[float, float]:
    """(latitude, longitude) at that distance and initial bearing; longitude in [-180, 180)."""
    a, angle, course = math.radians(latitude), metres / EARTH_RADIUS_M, math.radians(bearing_degrees)
    sine = math.sin(a) * math.cos(angle) + math.cos(a) * math.sin(angle) * math.cos(course)
    b = math.asin(max(-1.0, min(1.0, sine)))
    turn = math.atan2(math.sin(course) * math.sin(angle) * math.cos(a), math.cos(angle) - math.sin(a) * math.sin(b))
    return math.degrees(b), (longitude + math.degrees(turn) + 540.0) % 360.0 - 180.0


def unit_vectors(latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> Doubles:
    """Points on the unit sphere, shape (..., 3). Chords between them order places as great circles do."""
    a, b = np.radians(latitude), np.radians(longitude)
    ring = np.cos(a)
    return np.stack([ring * np.cos(b), ring * np.sin(b), np.sin(a)], axis=-1)


def chord_to_metres(chord: npt.ArrayLike) -> Doubles:
    """Length of a chord of the unit sphere (0 to 2) to metres along the great circle."""
    metres: Doubles = 2 * EARTH_RADIUS_M * np.arcsin(np.clip(np.divide(chord, 2), 0.0, 1.0))
    return metres
