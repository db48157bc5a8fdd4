"""The door: which links and codes open it now. Decided on the newest head, so a void one opens at no instance."""

from protocol.base import Role
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import DoorSet, KeyReplace, PageShare, PersonJoin
from protocol.records import Door

from . import find
from .actor import Actor
from .guests import admitted
from .refused import Refused
from .state import State


def opens(state: State, command: PersonJoin) -> None:
    """[KEY1] [DOOR2] Refuse a code or a key that was replaced, and whoever does not know the password."""
    if command.code is not None:
        led_here(state, command.code)
        if state.door.policy == "password" and command.passed != state.door.password:
            raise Refused(Code.PASSWORD, "The password is missing or wrong.")
    if command.key is not None:
        valid(state, command.role, command.key)


def led_here(state: State, code: str) -> None:
    """[KEY1] Refuse a code that participants do not come in by now."""
    if code.lower() != state.workshop.code.lower():
        raise Refused(Code.BAD_CODE, "No open workshop has that code.")


def number(door: Door, role: Role) -> int:
    """The number that a link of this role carries now."""
    return {Role.FACILITATOR: door.facilitators, Role.PROJECTOR: door.projectors}.get(role, 0)


def valid(state: State, role: Role, key: int) -> None:
    """[KEY1] Refuse the number of a link that was replaced."""
    if key != number(state.door, role):
        raise Refused(Code.BAD_TOKEN, "This link was replaced.")


def let_in(state: State, role: Role, link: int) -> None:
    """[KEY5] Refuse a projector whose link was replaced so that its screen ends too."""
    if role is Role.PROJECTOR and link < state.door.screens:
        raise Refused(Code.BAD_TOKEN, "This link was replaced.")


def replace(state: State, actor: Actor, command: KeyReplace, _now: int) -> tuple[Change, ...]:
    """[KEY1] [KEY3] Make the links of a role void."""
    actor.must_be_system("Links are replaced over HTTP.")
    door = state.door
    if command.role is Role.PARTICIPANT:
        if command.code is None:
            raise Refused(Code.INVALID, "A new code is wanted.")
        known = tuple(dict.fromkeys((*door.codes, command.code.lower())))
        return (*find.patch(state.workshop, code=command.code), *_changed(state, codes=known))
    if command.role is Role.FACILITATOR:
        return _changed(state, facilitators=door.facilitators + 1)
    new = door.projectors + 1
    return _changed(state, projectors=new, screens=new if command.end else door.screens)


def set_(state: State, actor: Actor, command: DoorSet, now: int) -> tuple[Change, ...]:
    """[DOOR1] How participants get in from now on; an open door lets in whoever waits."""
    actor.must_be_system("The door is set over HTTP.")
    password = command.password or state.door.password
    if command.policy == "password" and password is None:
        raise Refused(Code.INVALID, "A password is wanted.")
    news = _changed(state, policy=command.policy, password=password if command.policy == "password" else None)
    waiting = [guest for guest in state.guests.values() if not guest.turned] if command.policy == "open" else []
    return (*news, *admitted(state, waiting, now))


def share(state: State, actor: Actor, command: PageShare, _now: int) -> tuple[Change, ...]:
    """[PAGE1] Where everybody may read the paper from now on; a name that it had leads nowhere any more."""
    actor.must_be_system("The paper is shared over HTTP.")
    if command.page is None:
        return _changed(state, page=None) if state.door.page else ()
    if state.paper is None:
        raise Refused(Code.NOT_NOW, "The paper has not begun yet.")
    known = tuple(dict.fromkeys((*state.door.codes, command.page)))
    return _changed(state, page=command.page, page_language=command.language, codes=known)


def _changed(state: State, **fields: object) -> tuple[Change, ...]:
    if state.get("door", "door") is None:
        return (Put(record=Door.model_validate({"id": "door", **fields})),)
    return find.patch(state.door, **{k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()})
