"""The database of this installation: the one configured, the one running on the data directory, or one started now."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from psycopg_pool import AsyncConnectionPool

from gridwarden.database.embedded import EmbeddedPostgres, running_url
from gridwarden.database.migrate import migrate
from gridwarden.database.pool import open_pool
from gridwarden.settings import Settings

__all__ = ["Database", "open_database"]


@dataclass(frozen=True, slots=True)
class Database:
    """Where it is, and the pool of connections to it. Migrated."""

    url: str
    pool: AsyncConnectionPool
    embedded: bool


@asynccontextmanager
async def open_database(settings: Settings, *, connections: int = 8) -> AsyncIterator[Database]:
    """Open and migrate it; an embedded one that was started here is stopped at the end."""
    async with AsyncExitStack() as stack:
        url = settings.database_url or await running_url(settings.data)
        if url is None:
            url = (await stack.enter_async_context(EmbeddedPostgres(settings.data))).url
        await migrate(url)
        pool = await stack.enter_async_context(open_pool(url, connections))
        yield Database(url, pool, embedded=settings.database_url is None)
