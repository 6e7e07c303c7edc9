"""Where the server listens, as the command line says it."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

__all__ = ["Address", "Addresses", "add_address_options", "addresses_of"]


@dataclass(frozen=True, slots=True)
class Address:
    """A host, numeric or by name, and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The listeners of a server; the defaults are the server's own."""

    http: Address = Address("127.0.0.1", 8080)
    ws: Address = Address("127.0.0.1", 8081)
    nmea: Address = Address("127.0.0.1", 10110)
    osmand: Address = Address("127.0.0.1", 5055)


def add_address_options(parser: argparse.ArgumentParser) -> None:
    """Add --host and one option a listener."""
    default = Addresses()
    parser.add_argument("--host", default="127.0.0.1", help="of the server (default: %(default)s)")
    for name, use in (("http", "web"), ("ws", "websocket"), ("nmea", "NMEA, TCP or UDP"), ("osmand", "OsmAnd")):
        port = getattr(default, name).port
        text = f"{use} listener (default: {port})"
        parser.add_argument(f"--{name}", type=_port_and_host, default=(None, port), metavar="[HOST:]PORT", help=text)


def addresses_of(arguments: argparse.Namespace) -> Addresses:
    """The parsed options of `add_address_options`."""
    given = {name: getattr(arguments, name) for name in ("http", "ws", "nmea", "osmand")}
    return Addresses(**{name: Address(host or arguments.host, port) for name, (host, port) in given.items()})


def _port_and_host(text: str) -> tuple[str | None, int]:
    host, _, port = text.rpartition(":")
    if not port.isascii() or not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise argparse.ArgumentTypeError(f"{text!r} is not [HOST:]PORT")
    return host.removeprefix("[").removesuffix("]") or None, int(port)
