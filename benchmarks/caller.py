"""Somebody who asks a running product over one connection."""

from __future__ import annotations

import http.client
import time

from benchmarks.product import Product, token_of

__all__ = ["Caller"]


class Caller:
    """A signed-in dispatcher of an organisation."""

    def __init__(self, product: Product, organisation: str = "city") -> None:
        name, password = f"dora-{organisation}", f"{organisation} has a password"
        product.command("user", "add", name, "--role", "dispatcher", "--organisation", organisation,
                        "--password-stdin", stdin=password)  # fmt: skip
        host, _, port = product.at["http"].rpartition(":")
        self._connection = http.client.HTTPConnection(host, int(port), timeout=120)
        token = token_of(f"http://{product.at['http']}/api/v1", name, password)
        self._headers = {"Authorization": f"Bearer {token}"}

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def ask(self, path: str) -> tuple[float, bytes]:
        """Milliseconds of the whole request to /api/v1, and its answer."""
        began = time.perf_counter()
        self._connection.request("GET", f"/api/v1{path}", headers=self._headers)
        answer = self._connection.getresponse()
        told = answer.read()
        assert answer.status < 300, told
        return 1e3 * (time.perf_counter() - began), told
