"""Boot an old Linux under QEMU, for the tests of isolation: ``python old_kernel.py VMLINUZ [TEST...]``

The guest has no disk: Python, the packages convgrade needs and this repository are its initial file
system, and its first process runs pytest. Exit code 0 when all tests passed in there.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from autograder.sandbox import runtime

ROOT = Path(__file__).parents[2]
QEMU = os.environ.get("QEMU", "qemu-system-x86_64")
TESTS = ("test_isolation", "test_allowed_calls", "test_sandbox", "test_kernel")
PROGRAMS = ("sh", "sleep", "env", "true", "chmod", "rm")
NOT_NEEDED = shutil.ignore_patterns(
    "test", "idlelib", "ensurepip", "config-*", "site-packages", "dist-packages"
)
OURS = ("autograder", "reference", "tests", "source", "release", "nbgrader_config.py", "pyproject.toml")

INIT = """#!{python}
import ctypes, fcntl, os, socket, struct, subprocess, sys
libc = ctypes.CDLL(None, use_errno=True)
for kind, path in (("proc", "/proc"), ("sysfs", "/sys"), ("devtmpfs", "/dev"), ("tmpfs", "/tmp")):
    os.makedirs(path, exist_ok=True)
    libc.mount(kind.encode(), path.encode(), kind.encode(), 0, None)
os.chmod("/tmp", 0o1777)
console = os.open("/dev/console", os.O_RDWR)
for descriptor in (0, 1, 2):
    os.dup2(console, descriptor)
with socket.socket() as one:  # lo, up and running
    fcntl.ioctl(one, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))
os.environ.update(PATH="/bin", HOME="/root", LANG="C.UTF-8", PYTHONPATH="/course:/course/tests:/site")
os.environ["CONVGRADE_SLOW"] = "30"
os.chdir("/course")
print("old-kernel: Linux", os.uname().release, "Landlock", libc.syscall(444, None, 0, 1), flush=True)
run = subprocess.Popen([sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *{tests!r}])
pid = 0
while pid != run.pid:  # the first process of a system buries what others leave behind
    pid, status = os.wait()
print("old-kernel: exit code", os.waitstatus_to_exitcode(status), flush=True)
libc.reboot(0x4321FEDC)
"""


def lay_out(root: Path, tests: list[str]) -> None:
    """Write all that the guest has into a folder."""
    python, stdlib, site = Path(sys.executable).resolve(), Path(sysconfig.get_path("stdlib")), root / "site"
    programs = [Path(shutil.which(name) or name) for name in PROGRAMS]
    for path in runtime.installed(("convgrade",)):
        if not path.name.startswith("__editable__"):
            _copy(path, site / path.name)
    for name in OURS:
        _copy(ROOT / name, root / "course" / name)
    _copy(stdlib, root / stdlib.relative_to("/"))
    modules = [*site.rglob("*.so"), *(stdlib / "lib-dynload").glob("*.so")]
    for path in {python, *programs, *_libraries([python, *programs, *modules])}:
        _copy(path, root / path.relative_to("/"))
    for program in programs:
        _copy(program, root / "bin" / program.name)
    for name in ("passwd", "shadow"):
        _write(root / "etc" / name, "root:x:0:0:root:/root:/bin/sh\n")
    _write(root / "init", INIT.format(python=python, tests=tests))
    (root / "init").chmod(0o755)


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, target, ignore=NOT_NEEDED, dirs_exist_ok=True)
    else:
        shutil.copy2(path, target)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _libraries(files: list[Path]) -> set[Path]:
    """Return the shared libraries that these files need."""
    done = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False)
    found = set(re.findall(r"(?:=> |^\t)(/\S+)", done.stdout, re.MULTILINE))
    return {Path(name) for name in found}


def pack(root: Path, archive: Path) -> None:
    """Pack a folder as an initial file system: an archive in cpio's format newc."""
    with gzip.open(archive, "wb", compresslevel=1) as file:
        for path in sorted(root.rglob("*")):
            if path.is_symlink():
                content = os.fsencode(path.readlink())
            else:
                content = b"" if path.is_dir() else path.read_bytes()
            mode = path.lstat().st_mode
            file.write(_entry(str(path.relative_to(root)), mode, content))
        file.write(_entry("TRAILER!!!", 0, b""))


def _entry(name: str, mode: int, content: bytes) -> bytes:
    encoded = name.encode() + b"\0"
    fields = (0, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(encoded), 0)
    head = b"070701" + b"".join(b"%08x" % field for field in fields) + encoded
    return head + bytes(-len(head) % 4) + content + bytes(-len(content) % 4)


def boot(kernel: Path, archive: Path) -> int:
    """Run the guest to its end, with its console here; the exit code of pytest in there."""
    command = [
        *(
            QEMU,
            "-accel",
            "tcg",
            "-cpu",
            "max",
            "-smp",
            "2",
            "-m",
            "3G",
            "-nographic",
            "-no-reboot",
            "-nodefaults",
        ),
        *("-serial", "stdio", "-kernel", kernel, "-initrd", archive),
        *("-append", "console=ttyS0 quiet panic=-1 rdinit=/init"),
    ]
    code = 1
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as guest:
        for line in guest.stdout or ():
            print(line, end="", flush=True)
            if found := re.search(r"old-kernel: exit code (\d+)", line):
                code = int(found[1])
    return code


def main(kernel: str, *tests: str) -> int:
    """Lay out, pack, boot."""
    chosen = list(tests) or [f"tests/sandbox/{name}.py" for name in TESTS]
    with tempfile.TemporaryDirectory(prefix="old-kernel-") as folder:
        root, archive = Path(folder, "root"), Path(folder, "initrd")
        root.mkdir()
        lay_out(root, chosen)
        pack(root, archive)
        shutil.rmtree(root)
        return boot(Path(kernel), archive)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
