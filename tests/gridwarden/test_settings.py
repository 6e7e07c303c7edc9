"""Settings from the environment: defaults, forms, and every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridwarden.settings import Address, BadSettings, Settings


def test_nothing_set_is_the_documented_default() -> None:
    settings = Settings.from_environment({"PATH": "/bin"})
    assert settings == Settings()
    assert str(settings.http) == "127.0.0.1:8080"
    assert settings.max_fix_age == 30 * 86400


def test_each_form_is_read() -> None:
    settings = Settings.from_environment(
        {
            "GRIDWARDEN_HTTP": "[::1]:0",
            "GRIDWARDEN_WS": ":9001",
            "GRIDWARDEN_DATA": "/var/lib/gridwarden",
            "GRIDWARDEN_MAX_FIX_AGE": "unlimited",
            "GRIDWARDEN_MAX_FIX_LEAD": "90s",
            "GRIDWARDEN_PUSH_TICK": "500ms",
            "GRIDWARDEN_DATABASE_URL": "",
            "GRIDWARDEN_REDIS_URL": "redis://localhost:6379/0",
        }
    )
    assert settings.http == Address("::1", 0)
    assert str(settings.http) == "[::1]:0"
    assert settings.ws == Address("0.0.0.0", 9001)
    assert settings.data == Path("/var/lib/gridwarden")
    assert settings.max_fix_age is None
    assert (settings.max_fix_lead, settings.push_tick) == (90.0, 0.5)
    assert settings.database_url is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("GRIDWARDEN_HTTP", "8080"),
        ("GRIDWARDEN_HTTP", "localhost:99999"),
        ("GRIDWARDEN_MAX_FIX_AGE", "30"),
        ("GRIDWARDEN_MAX_FIX_LEAD", "0s"),
        ("GRIDWARDEN_DEVICE_RATE", "-1"),
        ("GRIDWARDEN_DEVICE_RATE", "nan"),
        ("GRIDWARDEN_MAX_CONNECTIONS", "1.5"),
        ("GRIDWARDEN_DATABASE_URL", "mysql://localhost"),
        ("GRIDWARDEN_LOG", "loud"),
        ("GRIDWARDEN_HTPP", "localhost:80"),
        ("GRIDWARDEN_NOTIFY_SECRET", "short"),
        ("GRIDWARDEN_NOTIFY_URL", "https://sms.example/send"),
        ("GRIDWARDEN_ROUTING_URL", "http://localhost:5000"),
        ("GRIDWARDEN_COT_URL", "tak.example:8087"),
    ],
)
def test_a_wrong_setting_is_named_with_the_mend(name: str, text: str) -> None:
    with pytest.raises(BadSettings) as caught:
        Settings.from_environment({name: text})
    assert len(caught.value.faults) == 1
    assert name in caught.value.faults[0]


def test_every_fault_is_listed_at_once() -> None:
    with pytest.raises(BadSettings) as caught:
        Settings.from_environment({"GRIDWARDEN_HTTP": "x", "GRIDWARDEN_LOG": "x", "GRIDWARDEN_NO": "x"})
    assert len(caught.value.faults) == 3


def test_citizens_report_by_keys_only_where_there_are_keys() -> None:
    settings = Settings.from_environment(
        {"GRIDWARDEN_OPEN311": "key", "GRIDWARDEN_OPEN311_KEYS": f"{'a' * 16}, {'b' * 16}"}
    )
    assert settings.open311_keys == ("a" * 16, "b" * 16)
    for wrong in (
        {"GRIDWARDEN_OPEN311": "key"},
        {"GRIDWARDEN_OPEN311": "yes"},
        {"GRIDWARDEN_OPEN311": "key", "GRIDWARDEN_OPEN311_KEYS": "short"},
    ):
        with pytest.raises(BadSettings, match="GRIDWARDEN_OPEN311"):
            Settings.from_environment(wrong)


def test_cameras_are_named_by_origin() -> None:
    settings = Settings.from_environment({"GRIDWARDEN_CAMERAS": "https://one.example, http://[::1]:8000"})
    assert settings.cameras == ("https://one.example", "http://[::1]:8000")
    for wrong in ("https://one.example/", "one.example", "https://one.example; script-src *", "https://a b"):
        with pytest.raises(BadSettings, match="without a path"):
            Settings.from_environment({"GRIDWARDEN_CAMERAS": wrong})


def test_tiles_have_their_three_numbers_and_maps_their_names() -> None:
    tiles = "https://tiles.example/{z}/{x}/{y}.jpg"
    settings = Settings.from_environment({"GRIDWARDEN_SATELLITE": tiles, "GRIDWARDEN_GCJ02": "satellite, basemap"})
    assert (settings.satellite, settings.gcj02) == (tiles, ("satellite", "basemap"))
    for name, text in (("SATELLITE", "https://tiles.example/"), ("SATELLITE", "ftp://x/{z}/{x}/{y}"), ("GCJ02", "yes")):
        with pytest.raises(BadSettings, match="expected"):
            Settings.from_environment({f"GRIDWARDEN_{name}": text})


def test_a_certificate_has_a_key_and_tls_is_for_listeners_that_can_speak_it() -> None:
    pair = {"GRIDWARDEN_TLS_CERTIFICATE": "a.pem", "GRIDWARDEN_TLS_KEY": "k.pem"}
    assert Settings.from_environment(pair).tls == ("http", "ws", "osmand")
    for wrong in ({"GRIDWARDEN_TLS_CERTIFICATE": "a.pem"}, {"GRIDWARDEN_TLS_KEY": "k.pem"}):
        with pytest.raises(BadSettings, match="belong together"):
            Settings.from_environment(wrong)
    with pytest.raises(BadSettings, match="UDP has no TLS"):
        Settings.from_environment(pair | {"GRIDWARDEN_TLS": "http,nmea_udp"})
