from __future__ import annotations

import argparse

import pytest

from simulators.addresses import Address, add_address_options, addresses_of


def parsed(*options: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_address_options(parser)
    return parser.parse_args(options)


def test_the_defaults_are_the_servers() -> None:
    at = addresses_of(parsed())
    assert [str(address) for address in (at.http, at.ws, at.nmea, at.osmand)] == [
        "127.0.0.1:8080", "127.0.0.1:8081", "127.0.0.1:10110", "127.0.0.1:5055",
    ]  # fmt: skip


def test_a_port_goes_with_the_host_and_an_address_stands_for_itself() -> None:
    at = addresses_of(parsed("--host", "gps.example", "--http", "80", "--ws", "10.0.0.1:81", "--nmea", "[::1]:82"))
    assert (at.http, at.ws, at.nmea) == (Address("gps.example", 80), Address("10.0.0.1", 81), Address("::1", 82))
    assert str(at.nmea) == "[::1]:82"


@pytest.mark.parametrize("text", ["", "x", "1:", "0", "65536", "-1", "²"])
def test_what_is_no_port_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed(f"--http={text}")
    assert "[HOST:]PORT" in capsys.readouterr().err
