from __future__ import annotations

import asyncio

import pynmea2
import pytest

from simulators.addresses import Address
from simulators.clients.protocols import Handheld
from simulators.load import LoadResult, json_load, nmea_load, osmand_load
from tests.simulators.servers import Server, serving

DEVICES = [Handheld(f"load-{number}", f"token-{number}") for number in range(8)]


@pytest.mark.parametrize("lines_a_send", [1, 5])
async def test_every_line_arrives_with_a_time_of_its_own(lines_a_send: int) -> None:
    async with serving() as server:
        result = await asyncio.to_thread(
            nmea_load, server.at.nmea, DEVICES, rate=2000, duration_s=0.3, lines_a_send=lines_a_send
        )
        await server.until(result.sent + len(DEVICES), "lines")
        sentences = [pynmea2.parse(line.decode(), check=True) for line in server.lines if b"RMC" in line]
        assert len(sentences) == result.sent >= 400
        assert len({(one.datetime, one.latitude, one.longitude) for one in sentences}) == result.sent
        assert sum(line.startswith(b"$PGID,load-") for line in server.lines) == 8


async def test_a_lost_connection_is_counted_and_its_lines_are_not() -> None:
    async with serving(Server(cut_every=100)) as server:
        result = await asyncio.to_thread(nmea_load, server.at.nmea, DEVICES, rate=4000, duration_s=0.5)
        assert result.errors > 0
        assert result.sent < 2000


async def test_json_batches_are_acknowledged() -> None:
    async with serving() as server:
        result = await asyncio.to_thread(json_load, server.at.http, DEVICES, rate=4000, duration_s=0.4, batch=50)
        assert result.acknowledged == result.sent == len(server.fixes) >= 500
        assert len({(fix["time"], fix["latitude"]) for fix in server.fixes}) == result.sent
        assert (result.errors, result.rejected) == (0, 0)
        assert 0 < (result.latency_s(0.5) or 0) <= (result.latency_s(1.0) or 0)


@pytest.mark.parametrize("depth", [1, 4])
async def test_osmand_requests_are_answered_one_by_one(depth: int) -> None:
    async with serving() as server:
        result = await asyncio.to_thread(osmand_load, server.at.osmand, DEVICES, rate=400, duration_s=0.4, depth=depth)
        assert result.acknowledged == result.sent == len(server.queries) >= 100


async def test_answers_that_are_no_acknowledgement_are_errors() -> None:
    async with serving(Server(answers=[503, 503])) as server:
        result = await asyncio.to_thread(osmand_load, server.at.osmand, DEVICES, rate=200, duration_s=0.3)
        assert result.errors == 2
        assert result.acknowledged == result.sent - 2


async def test_lost_http_connections_are_errors() -> None:
    async with serving(Server(cut_every=10)) as server:
        result = await asyncio.to_thread(osmand_load, server.at.osmand, DEVICES, rate=200, duration_s=0.4)
        assert result.errors > 0
        assert result.acknowledged < result.sent


def test_a_rate_that_would_give_two_fixes_one_time_is_refused() -> None:
    nobody = Address("127.0.0.1", 9)
    with pytest.raises(ValueError, match="1,000 fixes a second"):
        nmea_load(nobody, DEVICES[:1], rate=1001, duration_s=1)
    with pytest.raises(ValueError, match="1,000 fixes a second"):
        osmand_load(nobody, DEVICES[:1], rate=1001, duration_s=1)


def test_a_result_knows_its_rate_and_latencies() -> None:
    result = LoadResult(sent=100, seconds=2.0, latencies_s=[0.3, 0.1, 0.2])
    assert result.rate == 50
    assert (result.latency_s(0.5), result.latency_s(1.0), LoadResult().latency_s(0.5)) == (0.2, 0.3, None)
    assert LoadResult().rate == 0
