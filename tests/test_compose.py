"""docker-compose.yml: what it promises, read from the file; and Docker's own check of it where there is a client."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
PASSWORDS = {"POSTGRES_PASSWORD": "a1", "REDIS_PASSWORD": "b2"}


def docker_compose(**environment: str) -> subprocess.CompletedProcess[str]:
    """Run `docker compose config`; skips the test where that cannot run."""
    command = next((one for one in (["docker", "compose"], ["docker-compose"]) if _runs(one)), None)
    if command is None:
        pytest.skip("no docker client with the compose plugin")
    return subprocess.run(
        [*command, "--env-file", os.devnull, "config"],
        cwd=ROOT, env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def _runs(command: list[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run([*command, "version"], capture_output=True, check=False).returncode == 0


def services() -> dict[str, str]:
    """The text of each service."""
    body = COMPOSE.partition("\nservices:\n")[2].partition("\nvolumes:\n")[0]
    parts = re.split(r"(?m)^  (\w+):\n", body)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_docker_accepts_the_file_once_passwords_are_set() -> None:
    done = docker_compose(**PASSWORDS)
    assert done.returncode == 0, done.stderr
    assert "postgresql://gridwarden:a1@database:5432/gridwarden" in done.stdout


def test_docker_refuses_the_file_without_passwords() -> None:
    done = docker_compose()
    assert done.returncode != 0
    assert "set it in .env" in done.stderr


def test_no_password_has_a_default() -> None:
    used = re.findall(r"\$\{(\w*PASSWORD\w*)([^}]*)\}", COMPOSE)
    assert {name for name, _ in used} == set(PASSWORDS)
    assert all(rest == ":?set it in .env" for _, rest in used)


def test_there_is_one_service_a_role_beside_database_and_redis() -> None:
    assert set(services()) == {"database", "redis", "ingest", "push", "api", "workers"}
    for role in ("ingest", "push", "api", "workers"):
        assert f"command: [serve, --roles, {role}]" in services()[role]


def test_every_service_has_a_health_check_and_what_must_last_has_a_volume() -> None:
    shared = COMPOSE.partition("\nservices:\n")[0]
    assert "healthcheck:" in shared
    for name, text in services().items():
        assert "healthcheck:" in text or "<<: *gridwarden" in text, name
    assert "volumes: [database:/var/lib/postgresql/data]" in services()["database"]
    assert "volumes: [data:/data]" in shared
    assert not [name for name in ("ingest", "push", "api", "workers") if "volumes:" in services()[name]]


def test_the_database_and_redis_are_not_published() -> None:
    assert "ports:" not in services()["database"] + services()["redis"]


def test_images_have_versions() -> None:
    images = re.findall(r"(?m)^ +image: (\S+)", COMPOSE)
    assert all(":" in image for image in images if image != "gridwarden")
    assert all(
        ":" in image for image in re.findall(r"(?m)^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    )
