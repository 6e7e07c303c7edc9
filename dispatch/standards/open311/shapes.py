"""The bodies of /open311/v2; names and texts are the standard's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, Field, PlainSerializer, RootModel

__all__ = [
    "DiscoveryOut",
    "EndpointOut",
    "ErrorOut",
    "Errors",
    "Received",
    "ReceivedOut",
    "RequestOut",
    "RequestQuery",
    "Requests",
    "ServiceDefinitionOut",
    "ServiceOut",
    "ServiceRequestIn",
    "Services",
]


def _instant(at: datetime) -> str:
    """W3C date and time, whole seconds, UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _statuses(text: str) -> str:
    if not set(text.split(",")) <= {"open", "closed"}:
        raise ValueError("expected open, closed or both, by comma")
    return text


Instant = Annotated[datetime, PlainSerializer(_instant, return_type=str)]
Said = Annotated[str | None, Field(max_length=200), BeforeValidator(lambda text: text or None)]
Codes = Annotated[str | None, Field(max_length=200, description="several by comma")]
Ids = Annotated[str | None, Field(max_length=1_500, pattern="^[!-~ ]*$", description="several by comma")]
"""Together they fit the 8 kB that an address has at most, escaped."""


class ErrorOut(BaseModel):
    """code: the HTTP status."""

    code: int
    description: str


class Errors(RootModel[list[ErrorOut]]):
    """What is wrong."""


class ServiceOut(BaseModel):
    """A kind of incident that citizens may report."""

    service_code: str
    service_name: str
    description: str
    metadata: bool = False
    type: Literal["realtime"] = "realtime"
    keywords: str
    group: str


class Services(RootModel[list[ServiceOut]]):
    """All of them."""


class ServiceDefinitionOut(BaseModel):
    """attributes: we ask for none beyond the standard's fields."""

    service_code: str
    attributes: list[dict[str, str]]


class ServiceRequestIn(BaseModel):
    """A report. Fields that we do not know are ignored, as the standard's attribute[...] are."""

    service_code: Annotated[str, Field(min_length=1, max_length=128)]
    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    long: float = Field(ge=-180, le=180, allow_inf_nan=False)
    description: Annotated[str | None, Field(max_length=3_000), BeforeValidator(lambda text: text or None)] = None
    address_string: Said = None
    first_name: Said = None
    last_name: Said = None
    email: Said = None
    phone: Said = None
    media_url: Annotated[
        str | None, Field(max_length=900, pattern="^https?://"), BeforeValidator(lambda text: text or None)
    ] = None
    api_key: Said = None


class ReceivedOut(BaseModel):
    """The id of the incident that was made."""

    service_request_id: str
    service_notice: str
    account_id: None = None


class Received(RootModel[list[ReceivedOut]]):
    """The one that was made."""


class RequestQuery(BaseModel):
    """Which requests: those of the last 90 days unless it says otherwise, 1,000 at most, the newest first."""

    service_request_id: Ids = None
    service_code: Codes = None
    start_date: AwareDatetime | None = None
    end_date: AwareDatetime | None = None
    status: Annotated[str, Field(max_length=20), AfterValidator(_statuses)] | None = None


class RequestOut(BaseModel):
    """A citizen's report and how it goes. Nothing of who reported it."""

    service_request_id: str
    status: Literal["open", "closed"]
    status_notes: str | None
    service_name: str
    service_code: str
    description: str
    agency_responsible: str
    requested_datetime: Instant
    updated_datetime: Instant
    expected_datetime: Instant | None
    address: str | None
    lat: float
    long: float


class Requests(RootModel[list[RequestOut]]):
    """Some of them."""


class EndpointOut(BaseModel):
    """One version of the service."""

    specification: str
    url: str
    changeset: str
    type: Literal["production"] = "production"
    formats: list[str]


class DiscoveryOut(BaseModel):
    """Where the service is."""

    changeset: str
    contact: str
    key_service: str
    endpoints: list[EndpointOut]
