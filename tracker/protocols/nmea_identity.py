r"""How an NMEA device says who it is: ours, and the forms that trackers of this kind use.

$PGID,<device>[,<token>]*hh      ours; the checksum is required
$PSIWMDID,<id>*hh  $GPFID,<id>  $DEVID,<id>  $IMEI=<id>  $CONNECT,<id>,...  $PCPTI,<id>,...
IMEI <digits>  IMEI<digits>  imei:<digits>,...
<digits> or <twelve or more hexadecimal digits> alone on a line
<id>/$GPRMC,...   <path>/<id>/$GPRMC,...   <id>,$GPRMC,...   <id>$GPGGA,...      before each sentence
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.protocols.errors import DecodeError
from tracker.protocols.nmea0183 import checked_fields

__all__ = ["WITH_FIX", "Claim", "claim_of", "prefixed"]

WITH_FIX = b"$ID,"
"""How a sentence starts that holds both an identity and a fix."""

_OWN = b"$PGID,"
_NAMED = re.compile(rb"\$(?:PSIWMDID|GPFID|DEVID|CONNECT|PCPTI),([^,*\r\n]{1,64})")
_IMEI = re.compile(rb"(?i)\$?imei[:= ]?(\d{8,20})(?:[,;*\s]|$)")
_BARE = re.compile(rb"\d{8,20}|[0-9A-Fa-f]{12,20}")
_WITH_FIX = re.compile(rb"\$ID,([\w-]{4,32}),")
_PREFIX = re.compile(rb"(?:[\w.:-]{1,64}/)*([\w.:-]{1,64})[/,]?(?=\$[A-Z]{2})")


@dataclass(frozen=True, slots=True)
class Claim:
    """A device said who it is; by_tracker: in a tracker's form, so its sentences may lack a checksum."""

    device_id: str
    token: str | None = None
    by_tracker: bool = True


def claim_of(line: bytes) -> Claim | None:
    """The claim that this line is, None when it is something else. Raises DecodeError for a broken one of ours."""
    if line.startswith(_OWN):
        return _own(line)
    match = _NAMED.match(line) or _IMEI.match(line) or _BARE.fullmatch(line)
    if match is None:
        return None
    name = match[1] if match.re.groups else match[0]
    return Claim(name.decode("ascii", "replace").strip())


def prefixed(line: bytes) -> tuple[Claim, bytes] | None:
    """The claim before or in a sentence, and the sentence; None when nothing of that form stands there."""
    match = _WITH_FIX.match(line)
    if match is not None:
        return Claim(match[1].decode()), line
    match = _PREFIX.match(line)
    if match is None:
        return None
    return Claim(match[1].decode("ascii", "replace")), line[match.end() :]


def _own(line: bytes) -> Claim:
    fields = checked_fields(line)
    if len(fields) not in (2, 3) or not fields[1].strip():
        raise DecodeError("expected $PGID,<device>[,<token>]*hh", line)
    token = fields[2] if len(fields) == 3 and fields[2] else None
    return Claim(fields[1], token, by_tracker=False)
