from __future__ import annotations

import psycopg
import pytest

from gridwarden.database.edition import Edition, edition_of, install_timescale
from tests.conftest import Servers


@pytest.mark.parametrize(
    ("server", "edition"),
    [
        ("embedded", Edition.NONE),
        pytest.param("debian-timescale", Edition.APACHE, marks=pytest.mark.timescale),
        pytest.param("pglite-timescale", Edition.TIMESCALE, marks=pytest.mark.timescale),
    ],
)
async def test_each_server_is_known_for_what_it_is(servers: Servers, server: str, edition: Edition) -> None:
    with servers.databases(server).fresh() as url:
        assert await install_timescale(url) is (edition is not Edition.NONE)
        async with await psycopg.AsyncConnection.connect(url, prepare_threshold=None) as connection:
            assert await edition_of(connection) is edition
