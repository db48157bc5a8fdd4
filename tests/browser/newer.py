"""A server of the time to come (`python -m tests.browser.newer python -m server …`): its papers hold one thing more."""

import runpy
import sys

from protocol import version

version.FORM += 1  # type: ignore[misc]  # before anybody reads it

from server.workshop import shelf  # noqa: E402

shelf.CHILDREN[shelf.ROOT] |= {"future"}
shelf.CHILDREN["future"] = frozenset()

if __name__ == "__main__":
    sys.argv = ["plenary", *sys.argv[4:]]
    runpy.run_module("server", run_name="__main__")
