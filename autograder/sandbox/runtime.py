"""The Python a sandbox sees: standard library, offered packages and our `inside`, nothing else.

A folder of links stands in for `sys.prefix`, because a grant on a folder is a grant on all that
lies beneath: with `site-packages` itself readable, every package installed there would be.
"""

from __future__ import annotations

import csv
import re
import sys
import sysconfig
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import Distribution

NOT_OFFERED = {"site-packages", "dist-packages", "test", "ensurepip", "sitecustomize.py"}
SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo")
DEVICES = ("/dev/null", "/dev/urandom", "/dev/random", "/dev/zero")


class MissingPackage(Exception):
    """A package the course offers its students is not installed here."""


@dataclass(frozen=True)
class Runtime:
    """`python -S` with PYTHONHOME=`home`, PYTHONPATH=`packages` reads `readable` and nothing more.

    Without its `site` module, because distributions differ in where theirs looks for packages.
    """

    python: str
    home: str
    packages: str
    readable: tuple[str, ...]

    @cached_property
    def folders(self) -> list[str]:
        """A few folders that cover `readable`, for a second confinement inside the first.

        Both hold together, so the coarse one takes nothing back of what the fine one refuses;
        it is there to keep a kernel out of the folders of others, which lie in none of these.
        """
        beside_others = Path(self.home).parent
        return sorted(
            {path if Path(path).parent == beside_others else str(Path(path).parent) for path in self.readable}
        )


def build(folder: Path, packages: tuple[str, ...]) -> Runtime:
    """Lay the links in `folder`; `packages` are names of distributions, dependencies follow.

    Raises MissingPackage when one of them is not installed.
    """
    stdlib = Path(sysconfig.get_path("stdlib")).resolve()
    library = folder / "lib" / stdlib.name
    library.mkdir(parents=True)
    offered = folder / "packages"
    offered.mkdir()
    if sys.platlibdir != "lib":
        (folder / sys.platlibdir).symlink_to("lib")
    links = {library / entry.name: entry for entry in stdlib.iterdir() if entry.name not in NOT_OFFERED}
    links |= {offered / path.name: path for path in installed(packages)}
    links[offered / "inside"] = Path(__file__).parent / "inside"
    for link, target in links.items():
        link.symlink_to(target)
    real = {str(target.resolve()) for target in links.values()}
    python = Path(sys.executable).resolve()
    real |= {str(folder), str(python), *_system_libraries(python)}
    return Runtime(str(python), str(folder), str(offered), tuple(sorted(real)))


@cache
def installed(packages: tuple[str, ...]) -> tuple[Path, ...]:
    """Return files and folders at the top of site-packages that belong to `packages` and what they need.

    Raises MissingPackage.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    from packaging.requirements import Requirement

    found: dict[str, Path] = {}
    wanted, seen = list(packages), set[str]()
    while wanted:
        name = re.sub(r"[-_.]+", "-", wanted.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            each = distribution(name)
        except PackageNotFoundError:
            raise MissingPackage(
                f"the course offers the package {name!r}, but it is not installed beside convgrade; "
                f"install it with: pip install {name}"
            ) from None
        for top in _tops(each):
            found.setdefault(top, Path(str(each.locate_file(top))))
        for line in each.requires or ():
            if "extra ==" in line:  # to understand hundreds of them takes long
                continue
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate():
                wanted.append(requirement.name)
    return tuple(path for path in found.values() if path.exists())


def _tops(distribution: Distribution) -> list[str]:
    """Return names at the top of site-packages that belong to a distribution."""
    record = distribution.read_text("RECORD")
    if record is None:
        files = [str(file) for file in distribution.files or ()]
    else:  # `files` would make a path of each of thousands of lines
        files = [row[0] for row in csv.reader(record.splitlines()) if row]
    tops = dict.fromkeys(file.partition("/")[0] for file in files)
    return [top for top in tops if top not in ("", "..", "__pycache__")]


def _system_libraries(python: Path) -> list[str]:
    """Return shared libraries, time zones and devices outside the Python installation."""
    multiarch = sysconfig.get_config_var("MULTIARCH") or "none"
    folders = [Path(root, multiarch) for root in ("/lib", "/usr/lib")]
    if any(folder.is_dir() for folder in folders):
        libraries = [folder for folder in folders if folder.is_dir()]
    else:  # no folder of libraries alone on this system: name each of them
        libraries = [
            file for root in ("/lib64", "/usr/lib64", "/usr/lib") for file in Path(root).glob("*.so*")
        ]
    loaders = Path("/lib64").glob("ld-linux*")
    own = python.parent.parent.joinpath("lib").glob("libpython*.so*")
    paths = [*libraries, *loaders, *own, *map(Path, SYSTEM_FILES), *map(Path, DEVICES)]
    return [str(path) for path in paths if path.exists()]
