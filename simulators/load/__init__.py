"""Load generators that are not the limit of what they measure: prebuilt messages, non-blocking sockets, one epoll."""

from __future__ import annotations

from simulators.load.http import json_load, osmand_load
from simulators.load.nmea import nmea_load
from simulators.load.result import LoadResult

__all__ = ["LoadResult", "json_load", "nmea_load", "osmand_load"]
