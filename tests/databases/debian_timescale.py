"""Debian's PostgreSQL 17 with TimescaleDB, Apache edition: unpacked into a folder, the system left alone.

apt fetches the packages of the suite trixie and the libraries they link, C library included, from the mirror that this
system uses already; patchelf then makes the programs load those libraries.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.databases.errors import NotHere

__all__ = ["bin_directory", "install"]

_SUITE = "trixie"
_PACKAGES: list[str] = """
    postgresql-17 postgresql-17-timescaledb postgresql-client-17 libc6 libgcc-s1 libstdc++6 libgssapi-krb5-2 libkrb5-3
    libk5crypto3 libkrb5support0 libcom-err2 libkeyutils1 libicu76 libldap2 libsasl2-2 liblz4-1 libpam0g libaudit1
    libcap-ng0 libpq5 libselinux1 libpcre2-8-0 libssl3t64 libsystemd0 libcap2 libgcrypt20 libgpg-error0 liblzma5
    libuuid1 libxml2 libxslt1.1 libzstd1 zlib1g tzdata
""".split()  # noqa: SIM905 - a list of forty strings reads worse
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_PATCHELF = Path(sys.executable).parent / "patchelf"


def bin_directory(home: Path) -> Path:
    """Where initdb and postgres are."""
    return home / "usr/lib/postgresql/17/bin"


def install(home: Path) -> str:
    """Unpack it into `home` unless it is there; what was done. Raises NotHere."""
    if (home / "ready").exists():
        return "is there"
    _check_machine()
    shutil.rmtree(home, ignore_errors=True)
    apt = home / ".apt"
    _download(apt, _mirror())
    _unpack(apt, home)
    _relink(home)
    shutil.rmtree(apt)
    (home / "ready").touch()
    return "was unpacked"


def _check_machine() -> None:
    if os.uname().machine != "x86_64":
        raise NotHere("only tried on x86-64")
    for program in ("apt-get", "dpkg-deb", "tar"):
        if shutil.which(program) is None:
            raise NotHere(f"there is no {program}: not Debian or Ubuntu")
    if not _PATCHELF.exists():
        raise NotHere("patchelf is not installed beside Python")
    if not _KEYRING.exists():
        raise NotHere(f"there is no {_KEYRING}: install debian-archive-keyring")


def _mirror() -> str:
    """The Debian mirror of this system, else the public one."""
    places = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    for place in places:
        text = place.read_text(errors="replace") if place.is_file() else ""
        if found := re.search(r"https?://\S+/debian/?(?=\s|$)", text):
            return found[0]
    return "https://deb.debian.org/debian"


def _download(apt: Path, mirror: str) -> None:
    for folder in ("lists/partial", "archives/partial"):
        (apt / folder).mkdir(parents=True)
    (apt / "status").touch()
    (apt / "sources.list").write_text(f"deb [signed-by={_KEYRING}] {mirror} {_SUITE} main\n")
    options = {
        "Dir::Etc::sourcelist": apt / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": apt / "lists",
        "Dir::State::status": apt / "status",
        "Dir::Cache": apt,
        "Dir::Cache::archives": apt / "archives",
        "APT::Sandbox::User": "root",
    }
    arguments = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
    _run(["apt-get", *arguments, "update", "-qq"], apt)
    _run(["apt-get", *arguments, "download", "-qq", *_PACKAGES], apt / "archives")


def _unpack(apt: Path, home: Path) -> None:
    excluded = ("share/doc", "share/man", "share/locale", "lib/postgresql/17/lib/bitcode")
    options = ["--keep-directory-symlink", *(f"--exclude=./usr/{folder}" for folder in excluded)]
    for package in sorted((apt / "archives").glob("*.deb")):
        files = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(package)], capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", str(home), *options], input=files, check=True)


def _relink(home: Path) -> None:
    """Make the programs load the C library and all others from `home`."""
    libraries = home / "usr/lib/x86_64-linux-gnu"
    for program in bin_directory(home).iterdir():
        if program.read_bytes()[:4] == b"\x7fELF":
            loader = str(libraries / "ld-linux-x86-64.so.2")
            arguments = ["--set-interpreter", loader, "--force-rpath", "--set-rpath", str(libraries)]
            _run([str(_PATCHELF), *arguments, str(program)], home)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise NotHere(f"{Path(command[0]).name} failed: {done.stderr.strip()[-300:]}")
