"""Runs every check, on a machine with nothing but Python: `python3 tests [arguments for pytest]`.

Makes `.venv` with what the checks need, builds the browser app, brings Chromium, Redis, HAProxy and a C compiler
where they are missing (Debian, as root), and stops at the first check that fails, with its exit code.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / "python")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def step(name: str, *command: str) -> None:
    """Run one check, and end everything where it fails."""
    print(f"\n── {name}", flush=True)
    began = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    seconds = time.monotonic() - began
    if code:
        print(f"── {name}: failed after {seconds:.1f} s (exit code {code})", flush=True)
        sys.exit(code if code > 0 else 1)
    print(f"── {name}: {seconds:.1f} s", flush=True)


def install() -> None:
    """Bring `.venv` up to date with the pinned requirements and this project, in place."""
    if not Path(PYTHON).exists():
        print(f"── making {VENV.name}", flush=True)
        venv.create(VENV, with_pip=True)
    pins = [ROOT / "requirements-test.txt", ROOT / "pyproject.toml"]
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in pins)).hexdigest()
    stamp = VENV / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    step("install requirements", *pip, "--require-hashes", "--no-deps", "-r", "requirements-test.txt")
    step("install plenary", *pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(wanted)


def bring(package: str, programs: tuple[str, ...], words: str) -> None:
    """Install a program that is not there (Debian, as root), or say what is wanted."""
    if any(shutil.which(name) for name in programs):
        return
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not (root and shutil.which("apt-get")):
        sys.exit(f"The tests need {words} on the PATH; please install it, and run this again.")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    step(f"look for {package}", "apt-get", "update", "-qq")
    step(f"install {package}", "apt-get", "install", "-qq", "-y", "--no-install-recommends", *package.split())


def main(arguments: list[str]) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (whoever runs this may have an older one)
        sys.exit("Plenary needs Python 3.11 or newer.")
    install()
    bring("chromium", BROWSERS, "Chromium or Chrome")
    bring("redis-server", ("redis-server", "valkey-server"), "a Redis or Valkey server")
    bring("haproxy", ("haproxy",), "HAProxy")
    bring("gcc libc6-dev", ("cc", "gcc"), "a C compiler")
    step("ruff format", PYTHON, "-m", "ruff", "format", "--check")
    step("ruff check", PYTHON, "-m", "ruff", "check")
    step("mypy", PYTHON, "-m", "mypy")
    for name in ("check", "lint", "test", "build"):
        step(f"browser app: {name}", PYTHON, "client/build.py", name)
    print("\n── pytest", flush=True)
    command = [PYTHON, "-m", "pytest", "--cov", "--cov-report=term", *arguments]
    sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)


if __name__ == "__main__":
    main(sys.argv[1:])
