"""The protocols a simulated handheld can speak, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import aiohttp

from simulators.addresses import Addresses
from simulators.clients.http import json_http, osmand_http, owntracks_http
from simulators.clients.nmea import nmea_tcp, nmea_udp
from simulators.clients.sender import Conversation
from simulators.clients.websocket import json_websocket

__all__ = ["PROTOCOLS", "Handheld", "Protocol"]


@dataclass(frozen=True, slots=True)
class Handheld:
    """Who a simulated device says it is. token: None where it has none."""

    device: str
    token: str | None


Open = Callable[[Addresses, aiohttp.ClientSession, Handheld], Conversation]


@dataclass(frozen=True, slots=True)
class Protocol:
    """open: makes a handheld's conversation. is_answered: the server acknowledges. fastest: fixes a second at most."""

    open: Open
    is_answered: bool = True
    needs_token: bool = False
    fastest: float = 1000.0


PROTOCOLS: dict[str, Protocol] = {
    "nmea-tcp": Protocol(
        lambda at, _, who: nmea_tcp(at.nmea.host, at.nmea.port, who.device, who.token), is_answered=False
    ),
    "nmea-udp": Protocol(
        lambda at, _, who: nmea_udp(at.nmea.host, at.nmea.port, who.device, who.token), is_answered=False
    ),
    "json-http": Protocol(
        lambda at, http, who: json_http(http, f"http://{at.http}", who.token or ""), needs_token=True
    ),
    "json-ws": Protocol(lambda at, _, who: json_websocket(f"ws://{at.ws}/device", who.token or ""), needs_token=True),
    "osmand": Protocol(lambda at, http, who: osmand_http(http, f"http://{at.osmand}", who.device, who.token)),
    "owntracks": Protocol(
        lambda at, http, who: owntracks_http(http, f"http://{at.http}", who.device, who.token or ""),
        needs_token=True,
        fastest=1.0,  # it knows whole seconds only
    ),
}
