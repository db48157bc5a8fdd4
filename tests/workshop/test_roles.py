"""Every command as every role: who may ask for what is one table, and whoever may not learns nothing else."""

import json
from typing import cast

import pytest
from pydantic import BaseModel, TypeAdapter

from protocol import commands as c
from protocol.base import Role
from protocol.codes import Code
from server.workshop.actor import SYSTEM as SERVER
from server.workshop.actor import Actor
from server.workshop.decide import RULES, decide
from server.workshop.refused import Refused
from tests.workshop.roles import EVERYBODY, KINDS, LEADING, STEERING, SYSTEM, plain
from tests.workshop.world import ANN, FAY, NOW, SCREEN, World, with_boards

COMMAND: TypeAdapter[c.Command] = TypeAdapter(c.AnyCommand)
GHOST = Actor("ghost", Role.FACILITATOR)


def asked(name: str) -> c.Command:
    """A plain command of this kind."""
    return COMMAND.validate_json(json.dumps(plain(name)))


def bare(name: str) -> c.Command:
    """A command of this kind with nothing in it: whoever looks at a field breaks."""
    kind: type[BaseModel] = KINDS[name]
    return cast("c.Command", kind.model_construct())


def refusal(actor: Actor, command: c.Command, world: World | None = None) -> Code | None:
    """Why it is refused; None where it is done."""
    try:
        decide((world or with_boards("open")).state, actor, command, NOW)
    except Refused as no:
        return no.code
    return None


def test_the_table_knows_every_command() -> None:
    """[ROLE1] No name in it is of a command that is not there."""
    assert KINDS.keys() >= EVERYBODY | LEADING | SYSTEM
    assert set(RULES) == set(KINDS.values())


@pytest.mark.parametrize("name", sorted(KINDS))
def test_only_people_who_joined_ask_for_anything(name: str) -> None:
    """[ROLE1] [JOIN3] Not the projector, and nobody who never came in, whatever their token says."""
    assert refusal(SCREEN, bare(name)) is Code.FORBIDDEN
    assert refusal(GHOST, bare(name)) is Code.FORBIDDEN


@pytest.mark.parametrize("name", sorted(STEERING))
def test_what_is_for_facilitators(name: str) -> None:
    """[ROLE1] [STEP4] A participant is refused before a single field is looked at; a facilitator is heard."""
    assert refusal(ANN, bare(name)) is Code.FORBIDDEN
    assert refusal(FAY, asked(name)) is not Code.FORBIDDEN


@pytest.mark.parametrize("name", sorted(LEADING))
def test_what_is_for_who_leads_a_board(name: str) -> None:
    """[ROLE1] [ROLE5] Whoever leads none is refused."""
    assert refusal(ANN, asked(name)) is Code.FORBIDDEN
    assert refusal(FAY, asked(name)) is not Code.FORBIDDEN


@pytest.mark.parametrize("name", sorted(SYSTEM))
def test_what_is_for_the_server(name: str) -> None:
    """[ROLE1] [JOIN1] Nobody else."""
    command = asked(name)
    assert {refusal(actor, command) for actor in (ANN, FAY)} == {Code.FORBIDDEN}
    assert refusal(SERVER, command) is not Code.FORBIDDEN


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_what_is_for_everybody(name: str) -> None:
    """[ROLE1] What a participant is refused is not their role."""
    command = asked(name)
    world = with_boards("open")
    world.do(ANN, c.SeatAdd(id=asked("seat.act").seat, name="Mia"))  # type: ignore[union-attr]
    if "person" in KINDS[name].model_fields:
        command = command.model_copy(update={"person": "ann"})
    assert refusal(ANN, command, world) is not Code.FORBIDDEN
