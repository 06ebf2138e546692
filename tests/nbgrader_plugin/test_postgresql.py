"""The gradebook on a real PostgreSQL server: the same marks, by two recorders; a lost server is said."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
import small

pytestmark = pytest.mark.slow  # the same marks go into SQLite in every other test

STUDENTS = 7
USER = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Address of a server in a folder of its own, and a function that stops it."""
    if not PROGRAMS:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    programs, port = PROGRAMS[-1].parent, free_port()
    folder = Path(tmp_path_factory.mktemp("postgresql"))
    data = Path("/tmp", f"convgrade-postgresql-{port}")
    data.mkdir()
    if USER:
        shutil.chown(data, USER)

    def call(program, *arguments):
        command = [str(programs / program), *arguments]
        with (folder / "log").open("a") as log:
            subprocess.run(
                command, check=True, user=USER, cwd="/", stdout=log, stderr=log, env={"PATH": "/usr/bin:/bin"}
            )

    def stop():
        call("pg_ctl", "stop", "-D", str(data), "-m", "immediate")

    try:
        call("initdb", "-D", str(data), "-U", "convgrade", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -F"
        call("pg_ctl", "start", "-w", "-D", str(data), "-o", options)
        yield f"postgresql+psycopg://convgrade@127.0.0.1:{port}/postgres", stop
    finally:
        if (data / "postmaster.pid").exists():
            stop()
        shutil.rmtree(data)


def test_two_recorders_give_the_marks_of_one_on_sqlite_and_a_server_that_is_gone_is_said(server, tmp_path):
    url, stop = server
    on_file = small.lay_out(tmp_path / "on-file")
    small.hand_in(on_file, STUDENTS)
    on_server = small.lay_out(tmp_path / "on-server", f"c.CourseDirectory.db_url = {url!r}")
    small.hand_in(on_server, STUDENTS)
    parts = [[], ["--part", "1/2"], ["--part", "2/2"]]
    runs = [
        small.start(root, "convgrade", "grade", small.ASSIGNMENT, *part)
        for root, part in zip((on_file, on_server, on_server), parts, strict=True)
    ]
    for run in runs:
        errors = run.communicate()[1]
        assert run.returncode == 0, errors[-3000:]
    assert not (on_server / "gradebook.db").exists()
    assert small.marks(url) == small.marks(f"sqlite:///{on_file}/gradebook.db")
    assert small.files(on_server) == small.files(on_file)
    stop()
    done = small.run(on_server, "nbgrader", "autograde", small.ASSIGNMENT, "--force")
    assert done.returncode == 1
    assert "cannot write to the gradebook" in done.stderr
    assert "run the same command again" in done.stderr
