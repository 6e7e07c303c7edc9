"""The OsmAnd port: whatever the path and method."""

from __future__ import annotations

import aiohttp
import pytest

from tests.served import serving
from tests.tracker.transports.device_fakes import a_reception
from tracker.transports.osmand_port import osmand_application


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
@pytest.mark.parametrize("path", ["/", "/gps/some%20where", "//x"])
async def test_any_path_and_method_will_do(method: str, path: str) -> None:
    reception, intake = a_reception()
    async with (
        serving(osmand_application(reception)) as address,
        aiohttp.ClientSession() as client,
        client.request(method, f"{address}{path}?id=open&lat=1.5&lon=2.5") as response,
    ):
        assert (response.status, await response.read()) == (200, b"")
    assert intake.places == [(1, 1.5, 2.5)]
