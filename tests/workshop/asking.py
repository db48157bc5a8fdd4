"""Commands at random, from few ids, so that people get in each other's way."""

from itertools import count
from typing import Final

from hypothesis import strategies as st

from protocol import commands as c
from protocol.base import Place, Role
from protocol.records import StepKind
from server.workshop.actor import SYSTEM, Actor
from server.workshop.state import State
from tests.workshop.world import ANN, BOB, CY, FAY, SCREEN

ITEMS: Final = st.sampled_from(["i1", "i2", "i3", "x", "y", "z"])
"""Notes and issues share their ids: nothing may mistake one for the other."""
STEPS: Final = st.sampled_from(["propose", "choose", "private", "open", "nameless", "vote", "vote", "close", "new"])
BOARDS: Final = st.sampled_from(["i1", "i1", "i1", "i2", "x"])
SECTIONS: Final = st.sampled_from(["pro", "con", "pro", "gone"])
RANKS: Final = st.sampled_from(["a0", "a1", "a0V"])
PEOPLE: Final = st.sampled_from(["fay", "ann", "bob", "cy", "dee"])
LENSES: Final = st.lists(st.sampled_from(["l1", "l2", "l1", "l2", "gone"]), max_size=3).map(tuple)
SMALL: Final = st.integers(0, 4)
MAYBE: Final = st.sampled_from([None, None, True, False])
PLACES: Final = st.sampled_from(list(Place))
BASE: Final = "alpha beta gamma"

_numbers = count()


@st.composite
def texts(draw: st.DrawFn) -> str:
    """The base text with one word of its own, which is nowhere else."""
    words = BASE.split()
    words[draw(st.integers(0, 2))] = f"word{next(_numbers)}x"
    return " ".join(words)


NOW: Final = st.sampled_from(["now", "now", "now", "now", "welcome"])
"""`now` stands for the current step, whichever that is then; version 0 for the current one."""
REVS: Final = st.sampled_from([0, 0, 1, 1, 2, 3])
PLAIN: Final = st.sampled_from(["A", "B"])
KINDS: Final = st.sampled_from([StepKind.WRITE, StepKind.VOTE])

STEERING: Final[list[st.SearchStrategy[c.Command]]] = [
    st.builds(c.StepExtend, minutes=st.integers(-10, 20)),
    st.builds(c.StepAdd, id=STEPS, rank=RANKS, step=KINDS, title=PLAIN, minutes=SMALL, instruction=PLAIN),
    st.builds(
        c.StepEdit,
        step=STEPS,
        dots=st.none() | st.integers(0, 6),
        most=st.none() | st.integers(1, 3),
        minutes=st.none() | SMALL,
        private=MAYBE,
        anonymous=MAYBE,
        blind=MAYBE,
        title=st.none(),
        instruction=st.none(),
        rank=st.none(),
    ),
    st.builds(c.StepDrop, step=STEPS),
    st.builds(c.StepReveal, step=STEPS),
    st.builds(c.StepShow, step=STEPS),
    st.builds(c.WorkshopEdit, title=PLAIN, purpose=PLAIN),
    st.builds(c.WorkshopSpotlight, target=st.none() | ITEMS),
    st.builds(c.BoardLock, board=BOARDS, locked=st.sampled_from([False, True])),
    st.builds(c.PeopleBalance),
    st.builds(c.IssueMerge, id=ITEMS, into=ITEMS),
    st.builds(c.IssueMerge, id=ITEMS, into=ITEMS),
    st.builds(c.IssueChoose, ids=st.tuples(st.just("i1"), BOARDS, ITEMS)),
]
GOING: Final = st.builds(
    c.StepGo,
    step=STEPS,
    current=NOW,
)
VOTING: Final[list[st.SearchStrategy[c.Command]]] = [
    st.builds(c.VoteCast, round=NOW, target=ITEMS, dots=SMALL),
    st.builds(c.VoteCast, round=STEPS, target=ITEMS, dots=SMALL),
]
WRITING: Final[list[st.SearchStrategy[c.Command]]] = [
    st.builds(c.NoteAdd, id=ITEMS, board=BOARDS, section=SECTIONS, rank=RANKS, text=texts()),
    st.builds(c.NoteAdd, id=ITEMS, board=BOARDS, section=SECTIONS, rank=RANKS, text=texts()),
    st.builds(c.NoteEdit, id=ITEMS, rev=REVS, base=st.just(BASE), text=texts()),
    st.builds(c.NoteSettle, id=ITEMS, rev=REVS, text=texts()),
    st.builds(c.NoteMove, id=ITEMS, board=BOARDS, section=SECTIONS, rank=RANKS),
    st.builds(c.NoteTag, id=ITEMS, lenses=LENSES),
    st.builds(c.NoteBin, id=ITEMS),
    st.builds(c.NoteRestore, id=ITEMS),
    *VOTING,
    st.builds(c.IssueAdd, id=ITEMS, rank=RANKS, title=texts(), detail=st.just("")),
    st.builds(c.IssueEdit, id=ITEMS, rev=REVS, title=texts(), detail=st.just("")),
    st.builds(c.IssueDrop, id=ITEMS),
    st.builds(c.PersonRename, name=PLAIN, place=PLACES),
    st.builds(c.PersonMove, person=PEOPLE, board=st.none() | BOARDS),
]
_EVERYBODY: Final = st.sampled_from([FAY, FAY, ANN, ANN, BOB, BOB, CY, SCREEN])
_ROLES: Final = st.sampled_from([Role.PARTICIPANT, Role.PARTICIPANT, Role.PROJECTOR])
_JOINS: Final = st.builds(c.PersonJoin, id=PEOPLE, name=st.just("Dee"), role=_ROLES, place=PLACES)

ASKED: Final[st.SearchStrategy[tuple[Actor, c.Command]]] = st.one_of(
    st.tuples(_EVERYBODY, st.one_of(WRITING)),
    st.tuples(_EVERYBODY, st.one_of(WRITING)),
    st.tuples(_EVERYBODY, st.one_of(VOTING)),
    st.tuples(st.sampled_from([FAY, FAY, FAY, ANN]), st.one_of(STEERING)),
    st.tuples(st.sampled_from([FAY, FAY, FAY, ANN]), GOING),
    st.tuples(st.sampled_from([SYSTEM, SYSTEM, BOB]), _JOINS),
)
"""Somebody, and what they ask for; mostly what they may."""


def meant(state: State, command: c.Command) -> c.Command:
    """The command with the state's own step and version where it says `now` and 0."""
    step = state.workshop.step
    match command:
        case c.StepGo(current="now"):
            return command.model_copy(update={"current": step})
        case c.VoteCast(round="now"):
            return command.model_copy(update={"round": step})
        case c.NoteEdit(id=id_, rev=0) | c.NoteSettle(id=id_, rev=0):
            return command.model_copy(update={"rev": state.notes[id_].rev if id_ in state.notes else 1})
        case c.IssueEdit(id=id_, rev=0):
            return command.model_copy(update={"rev": state.issues[id_].rev if id_ in state.issues else 1})
    return command
