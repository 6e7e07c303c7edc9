"""SQL of posts and staffing presets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from registry.organisations.model import Level
from registry.posts.model import Post, Preset, Wanted

__all__ = ["PostStore"]


class PostStore:
    """Posts and presets over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self) -> None:
        """Wait until nobody else changes posts or presets, to the end of the transaction."""
        await self._connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('posts', 0))")

    async def posts(self, code: str | None = None, *, retired: bool = True) -> list[Post]:
        """In the order of keys. code: only that one. retired: those out of use, too."""
        async with self._connection.cursor(row_factory=class_row(Post)) as cursor:
            await cursor.execute(
                """SELECT code, name_en, name_zh, level, skills, retired FROM posts
                   WHERE (%(code)s::text IS NULL OR code = %(code)s) AND (%(retired)s OR NOT retired) ORDER BY key""",
                {"code": code, "retired": retired},
            )
            return await cursor.fetchall()

    async def meant_by(self, words: Sequence[str], *, but: str) -> str | None:
        """Code of a post, other than `but`, that one of these words means already."""
        cursor = await self._connection.execute(
            """SELECT code FROM posts WHERE code <> %s
               AND words && ARRAY(SELECT lower(word) FROM unnest(%s::text[]) AS said (word)) ORDER BY key LIMIT 1""",
            (but, list(words)),
        )
        row = await cursor.fetchone()
        return None if row is None else str(row[0])

    async def put(self, post: Post) -> None:
        """Add it, or change the one of its code."""
        await self._connection.execute(
            """INSERT INTO posts (code, name_en, name_zh, level, skills, retired) VALUES (%s, %s, %s, %s, %s, %s)
               ON CONFLICT (code) DO UPDATE SET name_en = EXCLUDED.name_en, name_zh = EXCLUDED.name_zh,
                   level = EXCLUDED.level, skills = EXCLUDED.skills, retired = EXCLUDED.retired""",
            (post.code, post.name_en, post.name_zh, post.level, post.skills, post.retired),
        )

    async def presets(self, code: str | None = None, *, retired: bool = True) -> list[Preset]:
        """In the order of keys. code: only that one. retired: those out of use, too."""
        cursor = await self._connection.execute(
            """SELECT s.code, s.name_en, s.name_zh, s.level, s.retired,
                      COALESCE(array_agg(p.code ORDER BY p.key) FILTER (WHERE p.key IS NOT NULL), '{}'),
                      COALESCE(array_agg(x.wanted ORDER BY p.key) FILTER (WHERE p.key IS NOT NULL), '{}')
               FROM staffing_presets s LEFT JOIN staffing_preset_posts x ON x.preset = s.key
               LEFT JOIN posts p ON p.key = x.post
               WHERE (%(code)s::text IS NULL OR s.code = %(code)s) AND (%(retired)s OR NOT s.retired)
               GROUP BY s.key ORDER BY s.key""",
            {"code": code, "retired": retired},
        )
        return [_preset(row) for row in await cursor.fetchall()]

    async def put_preset(self, preset: Preset) -> None:
        """Add it, or change the one of its code, but for the level. Its posts exist."""
        await self._connection.execute(
            """INSERT INTO staffing_presets (code, name_en, name_zh, level, retired) VALUES (%s, %s, %s, %s, %s)
               ON CONFLICT (code) DO UPDATE SET name_en = EXCLUDED.name_en, name_zh = EXCLUDED.name_zh,
                   retired = EXCLUDED.retired""",
            (preset.code, preset.name_en, preset.name_zh, preset.level, preset.retired),
        )
        await self._connection.execute(
            "DELETE FROM staffing_preset_posts WHERE preset = (SELECT key FROM staffing_presets WHERE code = %s)",
            (preset.code,),
        )
        await self._connection.execute(
            """INSERT INTO staffing_preset_posts (preset, post, wanted)
               SELECT s.key, p.key, said.wanted FROM unnest(%s::text[], %s::integer[]) AS said (post, wanted)
               JOIN posts p ON p.code = said.post JOIN staffing_presets s ON s.code = %s""",
            ([one.post for one in preset.posts], [one.wanted for one in preset.posts], preset.code),
        )


def _preset(row: tuple[Any, ...]) -> Preset:
    code, name_en, name_zh, level, retired, posts, wanted = row
    return Preset(
        code=code, name_en=name_en, name_zh=name_zh, level=Level(level), retired=retired,
        posts=[Wanted(*one) for one in zip(posts, wanted, strict=True)],
    )  # fmt: skip
