"""Commands on another program that is told of what happens: the server's, which was asked over HTTP ([HOOK1])."""

from typing import Literal

from protocol.base import Count, HookAddress, Shape
from protocol.hook import Attempt


class HookSet(Shape):
    """System only: tell this address from now on; None: nobody. `renew`: with a new secret ([HOOK1])."""

    do: Literal["hook.set"] = "hook.set"
    address: HookAddress | None
    renew: bool = False


class HookTest(Shape):
    """System only: something to be told so that it is seen whether it arrives ([HOOK7])."""

    do: Literal["hook.test"] = "hook.test"


class HookTry(Shape):
    """System only: whoever gets this through tells what is next, nobody else ([HOOK5]). `tries`: as it was seen."""

    do: Literal["hook.try"] = "hook.try"
    n: Count
    tries: Count


class HookTold(Shape):
    """System only: how that ended ([HOOK4])."""

    do: Literal["hook.told"] = "hook.told"
    attempt: Attempt
