"""Open311 GeoReport v2 as data: its words for our incidents, its XML, and how often an address may ask. Pure.

GeoReport                our incident
-----------------------  ------------------------------------------------------------------
service, service_code    a kind of the catalogue in use, its code
service_request_id       id
status open / closed     not ended / ended (closed, rejected, merged)
status_notes             disposition
requested_datetime       reported_at
updated_datetime         the last entry of its log
agency_responsible       name of the organisation
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from registry.api.plain import plain_text

__all__ = ["Allowance", "address_of", "contact_of", "xml_of"]

Item = Mapping[str, Any]


def xml_of(root: str, name: str, items: Sequence[Item]) -> bytes:
    """<root><name>…</name>…</root>, without a name <root>…</root>; None is an empty element."""
    top = Element(root)
    for item in items:
        _fill(SubElement(top, name) if name else top, item)
    written: bytes = tostring(top, encoding="utf-8", xml_declaration=True)
    return written


def _fill(element: Element, item: Item) -> None:
    for key, value in item.items():
        child = SubElement(element, key)
        if isinstance(value, list):
            _fill_list(child, key.removesuffix("s"), value)
        elif isinstance(value, bool):
            child.text = str(value).lower()
        elif value is not None:
            child.text = plain_text(str(value))


def _fill_list(element: Element, name: str, values: list[Any]) -> None:
    for value in values:
        child = SubElement(element, name)
        if isinstance(value, Mapping):
            _fill(child, value)
        else:
            child.text = plain_text(str(value))


def contact_of(form: Mapping[str, str | None]) -> str | None:
    """How the reporter can be reached, out of the form's fields; None when he says nothing."""
    name = " ".join(part for part in (form["first_name"], form["last_name"]) if part)
    said = ", ".join(part for part in (name, form["email"], form["phone"]) if part)
    return said[:200] or None


def address_of(peer: str) -> str:
    """Whom the limit counts: an IPv4 address, the /64 of an IPv6 one; peer: "host:port"."""
    host = peer.rpartition(":")[0]
    return ":".join(host.split(":")[:4]) if ":" in host and "." not in host else host


class Allowance:
    """A token bucket an address: `per_s` sustained, `burst` at once.

    It remembers the addresses that asked last, `most` of them; those before have a full bucket again.
    """

    def __init__(self, per_s: float, burst: float, most: int = 10_000) -> None:
        self._per_s, self._burst, self._most = per_s, burst, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, address: str, now_s: float) -> float:
        """0 when it may ask now (and has asked), else the seconds it is to wait. now_s: monotonic."""
        left, at = self._left.pop(address, (self._burst, now_s))
        left = min(self._burst, left + (now_s - at) * self._per_s)
        allowed = left >= 1
        self._left[address] = (left - 1 if allowed else left, now_s)
        if len(self._left) > self._most:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._per_s
