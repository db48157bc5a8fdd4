"""Exactly once: each client's commands are numbered, and the state keeps how far each client came."""

from protocol.codes import Code

from .refused import Refused
from .state import State


def check(state: State, client: str, person: str, n: int, prev: int) -> int | None:
    """None: take the command. A number: it was done, at this seq. Raises `Refused` ([ONCE1]-[ONCE4])."""
    by, last, seq = state.clients.get(client, (person, 0, 0))
    if by != person:
        raise Refused(Code.FORBIDDEN, "This client id belongs to somebody else.")
    if n <= last:
        return seq
    if prev != last:
        raise Refused(Code.GAP, f"The command before this one is missing; the last one here is {last}.")
    return None
