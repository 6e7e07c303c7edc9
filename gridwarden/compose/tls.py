"""The TLS of the listeners: one certificate, and which of them speak it."""

from __future__ import annotations

import ssl

from gridwarden.settings import Settings

__all__ = ["BadCertificate", "tls_of"]


class BadCertificate(Exception):
    """The certificate or its key cannot be used; says which and why."""


def tls_of(settings: Settings, listener: str) -> ssl.SSLContext | None:
    """The context of a listener, by its name in GRIDWARDEN_TLS; None: it speaks plainly. Raises BadCertificate."""
    if settings.tls_certificate is None or listener not in settings.tls:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(settings.tls_certificate, settings.tls_key)
    except (OSError, ssl.SSLError) as error:
        raise BadCertificate(
            f"the certificate {settings.tls_certificate} with the key {settings.tls_key} cannot be used: {error}"
        ) from error
    return context
