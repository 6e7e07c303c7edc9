from __future__ import annotations

from pathlib import Path

import pytest

from simulators.city.seed import write_import_files
from simulators.clients.devices import BadDevices, read_devices
from simulators.clients.protocols import Handheld


def written(folder: Path, text: str) -> Path:
    path = folder / "devices.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_devices_and_tokens_are_read_in_order(tmp_path: Path) -> None:
    path = written(tmp_path, "device,token\na,1\nb,\nc,3\n")
    assert read_devices(path, 2, needs_token=False) == (Handheld("a", "1"), Handheld("b", None))


def test_the_import_file_of_the_city_will_do(tmp_path: Path) -> None:
    path = write_import_files(tmp_path, members=3)["devices"]
    assert [who.device for who in read_devices(path, 3, needs_token=True)] == [f"handheld-0000{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("device,token\na,1\n", "1 devices for 2 members"),
        ("device,token\na,1\n,2\n", "line 3 names no device"),
        ("device,token\na,1\nb,\n", "needs a token"),
        ("", "0 devices"),
    ],
)
def test_a_list_that_will_not_do_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(BadDevices, match=fault):
        read_devices(written(tmp_path, text), 2, needs_token=True)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDevices):
        read_devices(tmp_path / "none.csv", 1, needs_token=False)
