"""The OsmAnd and Traccar Client port (5055 by default): the same as /ingest/osmand, whatever the path and method.

Both apps are configured with a bare `http://host:5055`, and Traccar Client posts to whatever path its user typed.
"""

from __future__ import annotations

from aiohttp import web

from tracker.transports.device_http import osmand_handler
from tracker.transports.reception import Reception

__all__ = ["osmand_application"]


def osmand_application(reception: Reception) -> web.Application:
    """An application of its own, to be served on its own port."""
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", osmand_handler(reception))
    return application
