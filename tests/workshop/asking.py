"""Commands at random, from few ids, so that people get in each other's way."""

from itertools import count
from typing import Any, Final

from hypothesis import strategies as st

from protocol import commands as c
from protocol.base import Place, Role
from protocol.hook import Attempt
from protocol.records import StepKind
from server.workshop.actor import SYSTEM, Actor
from server.workshop.state import State
from tests.workshop.world import ANN, BOB, CY, FAY, SCREEN
from tests.workshop.writing import Writer, nothing

ITEMS: Final = st.sampled_from(["i1", "i2", "i3", "x", "y", "z"])
"""Notes and issues share their ids: nothing may mistake one for the other."""
STACKS: Final = st.sampled_from(["s", "s", "t", "x"])
COMMENTS: Final = st.sampled_from(["c1", "c2"])
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
NOON: Final = 1_700_000_100_000
KINDS: Final = st.sampled_from([StepKind.WRITE, StepKind.VOTE])

_EMPTY: Final = st.sampled_from(["", "", "s"])
WAS: Final = st.one_of(
    st.none(),
    st.none(),
    st.builds(
        c.Was,
        stack=st.none() | _EMPTY,
        binned=MAYBE,
        rank=st.none() | RANKS,
        **dict.fromkeys(("text", "lenses", "board", "section", "colour", "title"), st.none()),
    ),
)
STEP_FIELDS: Final = tuple(c.StepEdit.model_fields.keys() - {"do", "step", "moderated"})
STEERING: Final[list[st.SearchStrategy[c.Command]]] = [
    st.builds(c.StepExtend, minutes=st.integers(-10, 20)),
    st.builds(c.WorkshopRetain, days=st.sampled_from([None, 30, 365])),
    st.builds(c.WorkshopStart, at=st.none() | st.sampled_from([NOON, NOON + 90_000])),
    st.builds(c.StepPause, step=NOW, on=st.booleans()),
    st.builds(c.StepEnd, step=NOW),
    st.builds(c.BoardExtend, board=BOARDS, step=NOW, minutes=st.sampled_from([1, 2, 300])),
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
        skipped=MAYBE,
        moderated=MAYBE,
        most_notes=st.sampled_from([None, None, 0, 1, 3]),
    ),
    st.builds(c.StepEdit, step=NOW, moderated=st.just(value=True), **dict.fromkeys(STEP_FIELDS, st.none())),
    st.builds(c.NoteAdmit, ids=st.tuples(ITEMS, ITEMS)),
    st.builds(c.NoteAside, id=ITEMS, on=st.booleans(), was=WAS),
    st.builds(c.IssueAdmit, ids=st.tuples(ITEMS, ITEMS)),
    st.builds(c.IssueAside, id=ITEMS, on=st.booleans()),
    st.builds(c.StepDrop, step=STEPS),
    st.builds(c.StepReveal, step=STEPS),
    st.builds(c.StepShow, step=STEPS),
    st.builds(c.WorkshopEdit, title=PLAIN, purpose=PLAIN),
    st.builds(c.WorkshopSpotlight, target=st.none() | ITEMS | STACKS),
    st.builds(c.WorkshopGather, on=st.booleans()),
    st.builds(c.WorkshopWall, wall=st.sampled_from(["live", "turns", "still", "black"])),
    st.builds(c.BoardLock, board=BOARDS, locked=st.sampled_from([False, True])),
    st.builds(c.PeopleBalance, anew=st.booleans()),
    st.builds(c.HandClear),
    st.builds(c.HandLower, person=PEOPLE),
    st.builds(c.PeoplePlace, on=st.booleans()),
    st.builds(c.PersonRole, person=PEOPLE, role=st.just(Role.FACILITATOR), instead=st.just(value=False)),
    st.builds(c.PersonRole, person=st.sampled_from(["ann", "bob"]), role=st.just(Role.PARTICIPANT)),
    st.builds(c.PersonLead, person=PEOPLE, board=st.none() | BOARDS),
    st.builds(c.PersonMute, person=PEOPLE, muted=st.booleans()),
    st.builds(c.PersonRemove, person=st.sampled_from(["cy", "dee"]), removed=st.booleans()),
    st.builds(c.IssueMerge, id=ITEMS, into=ITEMS),
    st.builds(c.IssueMerge, id=st.just("i3"), into=st.just("i1")),
    st.builds(c.IssueDrop, id=st.just("i3")),
    st.builds(c.IssueEdit, id=st.sampled_from(["i1", "i2", "i3"]), rev=st.just(0), title=texts(), detail=st.just("")),
    st.builds(c.IssueChoose, ids=st.tuples(st.just("i1"), BOARDS, ITEMS)),
]
SAYING: Final[list[st.SearchStrategy[c.Command]]] = [
    st.builds(c.NoticeSay, id=st.sampled_from(["m1", "m2"]), text=texts(), board=st.none() | BOARDS),
    st.builds(c.NoticeEnd, id=st.sampled_from(["m1", "m2"])),
    st.builds(c.MemoWrite, step=STEPS, text=st.just("") | texts()),
]
GOING: Final = st.builds(
    c.StepGo,
    step=STEPS,
    current=NOW,
)
VOTING: Final[list[st.SearchStrategy[c.Command]]] = [
    st.builds(c.VoteCast, round=NOW, target=ITEMS | STACKS, dots=SMALL),
    st.builds(c.VoteCast, round=STEPS, target=ITEMS, dots=SMALL),
]
_PLACED: Final = {"board": BOARDS, "section": SECTIONS, "rank": RANKS}
MOVING: Final = st.builds(c.NoteMove, id=ITEMS, stack=st.sampled_from([None, None, "s", "t"]), was=WAS, **_PLACED)
STACKING: Final[list[st.SearchStrategy[c.Item]]] = [
    st.builds(c.StackMake, id=STACKS, notes=st.tuples(ITEMS, ITEMS, ITEMS), rank=st.none() | RANKS, title=st.just("A")),
    st.builds(c.StackMake, id=STACKS, notes=st.tuples(ITEMS, ITEMS), rank=st.none(), title=st.just("")),
    MOVING,
    st.builds(c.NoteBin, id=ITEMS, was=WAS, new=st.booleans()),
    st.builds(c.NoteAside, id=ITEMS, on=st.booleans(), was=st.none()),
    st.builds(c.StackMove, id=STACKS, was=WAS, **_PLACED),
    st.builds(c.StackMove, id=st.just("s"), board=st.just("i1"), section=st.sampled_from(["pro", "con"]), rank=RANKS),
    st.builds(c.StackSplit, id=STACKS),
    st.builds(c.StackName, id=STACKS, title=PLAIN, was=st.none()),
]
TALKING: Final[list[st.SearchStrategy[c.Command]]] = [
    st.builds(c.CommentAdd, id=COMMENTS, note=ITEMS, rank=RANKS, text=texts(), anonymous=st.booleans()),
    st.builds(c.CommentAdd, id=COMMENTS, note=ITEMS, rank=RANKS, text=texts()),
    st.builds(c.CommentEdit, id=COMMENTS, text=texts()),
    st.builds(c.CommentEdit, id=COMMENTS, text=texts()),
    st.builds(c.CommentDrop, id=COMMENTS),
    st.builds(c.HandRaise),
    st.builds(c.HandLower, person=st.sampled_from(["ann", "bob"])),
    st.builds(c.NoteReact, id=ITEMS, on=st.booleans()),
    st.builds(c.NoteReact, id=ITEMS, on=st.just(value=True)),
]
_TO: Final = {"note": st.none() | ITEMS, "issue": st.none()}
GIVEN: Final = st.sampled_from(["g1", "g2", "g3"])
GIVING: Final[list[st.SearchStrategy[c.Command]]] = [
    st.builds(c.LinkAdd, id=GIVEN, title=PLAIN, url=st.just("https://example.org/"), anonymous=st.booleans(), **_TO),
    st.builds(c.LinkAdd, id=GIVEN, title=PLAIN, url=st.just("https://example.org/"), note=st.none(), issue=ITEMS),
    st.builds(c.ContributionName, id=GIVEN, title=PLAIN),
    st.builds(c.ContributionDrop, id=GIVEN),
]
SENT: Final = st.builds(
    c.FileAdd,
    id=GIVEN,
    title=PLAIN,
    blob=st.just("b1"),
    media=st.just("image/png"),
    size=st.integers(0, 9),
    sha256=st.just("a" * 64),
    small=st.just(""),
    by=PEOPLE,
    **_TO,
)
WRITING: Final[list[st.SearchStrategy[c.Command]]] = [
    st.builds(c.NoteAdd, id=ITEMS, board=BOARDS, section=SECTIONS, rank=RANKS, text=texts(), step=st.none() | STEPS),
    st.builds(c.NoteAdd, id=ITEMS, board=BOARDS, section=SECTIONS, rank=RANKS, text=texts()),
    st.builds(c.NoteEdit, id=ITEMS, rev=REVS, base=st.just(BASE), text=texts(), exact=st.sampled_from([False, True])),
    st.builds(c.NoteSettle, id=ITEMS, rev=REVS, text=texts()),
    MOVING,
    st.builds(c.NoteTag, id=ITEMS, lenses=LENSES, was=WAS),
    st.builds(c.NoteColour, id=ITEMS, colour=st.sampled_from([None, "mint", "rose"]), was=WAS),
    st.builds(c.NoteBin, id=ITEMS, was=WAS, new=st.just(value=False)),
    st.builds(c.NoteRestore, id=ITEMS, was=WAS),
    st.builds(c.NoteRestore, id=st.just("z"), was=st.none()),
    st.builds(c.NoteMany, commands=st.lists(st.one_of(STACKING), min_size=1, max_size=2).map(tuple)),
    *VOTING,
    st.builds(c.IssueAdd, id=ITEMS, rank=RANKS, title=texts(), detail=st.just("")),
    st.builds(c.IssueEdit, id=ITEMS, rev=REVS, title=texts(), detail=st.just("")),
    st.builds(c.IssueDrop, id=ITEMS),
    st.builds(c.PersonRename, person=st.none() | PEOPLE, name=PLAIN, place=PLACES),
    st.builds(c.PersonReady, step=NOW, ready=st.booleans()),
    st.builds(c.PersonMove, person=PEOPLE, board=st.none() | BOARDS),
    st.builds(c.HandRaise),
    st.builds(c.HandLower, person=PEOPLE),
]
KEYS: Final = st.builds(c.KeyReplace, role=st.sampled_from(list(Role)), code=st.sampled_from([None, "NEW567"]))
"""Nobody is turned out: whoever looks on goes on looking."""
ACTIVITIES: Final = st.sampled_from(["p1", "p2"])
MONTHS: Final = st.integers(0, 35)
PLANNING: Final[list[st.SearchStrategy[c.Command]]] = [
    st.builds(
        c.ActivityAdd,
        id=ACTIVITIES,
        rank=RANKS,
        title=texts(),
        owner=PLAIN,
        first=PLAIN,
        start=st.integers(0, 24),
        length=st.integers(1, 20),
        issue=st.none() | ITEMS,
        source=st.none() | ITEMS | STACKS,
    ),
    st.builds(c.ActivityEdit, id=ACTIVITIES, rev=REVS, title=texts(), owner=PLAIN, first=PLAIN),
    st.builds(c.ActivityEdit, id=ACTIVITIES, rev=st.just(1), title=texts(), owner=PLAIN, first=PLAIN),
    st.builds(c.ActivityEdit, id=ACTIVITIES, rev=REVS, title=st.none(), owner=PLAIN, first=st.none()),
    st.builds(
        c.ActivitySet,
        id=ACTIVITIES,
        start=MONTHS,
        length=st.none(),
        status=st.none(),
        issue=st.none(),
        rank=RANKS,
        lens=st.none(),
        after=st.none(),
    ),
    st.builds(
        c.ActivitySet,
        id=ACTIVITIES,
        start=st.none(),
        length=st.none(),
        status=st.none(),
        issue=st.none(),
        rank=st.none(),
        lens=st.none() | st.sampled_from(["l1", "", "gone"]),
        after=st.none() | st.lists(ACTIVITIES, max_size=3).map(tuple),
    ),
    st.builds(c.ActivityDrop, id=ACTIVITIES),
]


def _written() -> list[str]:
    """What two write at once into an empty paper, each upon the other's."""
    ann, bob = Writer(11, nothing()), Writer(12, nothing())
    made = [ann.paragraph("Together")]
    bob.hear(made[0])
    made += [ann.insert(0, "one "), bob.insert(8, " two"), bob.paragraph("Also")]
    ann.hear(*made)
    return [*made, ann.insert(0, "three "), ann.delete(0, 2), "AAAA"]


HOOKS: Final = st.one_of(
    st.builds(c.HookSet, address=st.sampled_from([None, "https://a.example/", "http://b.example/x"])),
    st.builds(c.HookTest),
    st.builds(c.HookTry, n=st.integers(1, 4), tries=st.just(0)),
    st.builds(
        c.HookTold,
        attempt=st.builds(
            Attempt,
            n=st.integers(1, 4),
            at=st.just(NOON),
            arrived=st.booleans(),
            status=st.just(200),
            why=st.just("answered"),
        ),
    ),
)
SHARING: Final = st.builds(c.PageShare, page=st.sampled_from([None, "one", "two"]))
BEGINNING: Final = st.builds(c.PaperBegin, base=st.just(nothing()), by=st.none())
TOGETHER: Final[list[st.SearchStrategy[c.Command]]] = [
    st.builds(c.PaperEdit, id=st.sampled_from([f"u{n}" for n in range(8)]), data=st.sampled_from(_written())),
    st.builds(c.PaperSet, target=st.sampled_from([500, 800])),
]
COMING: Final = st.sampled_from(["eve", "gus", "hal"])
DOORS: Final = st.one_of(
    st.builds(c.DoorSet, policy=st.sampled_from(["approve", "approve", "open", "password"]), password=PLAIN),
    st.builds(c.PersonJoin, id=COMING, name=PLAIN, role=st.just(Role.PARTICIPANT), place=PLACES, code=st.just("now")),
    st.builds(c.PersonJoin, id=COMING, name=PLAIN, role=st.just(Role.PARTICIPANT), place=PLACES, code=st.just("now")),
)
GUESTS: Final = st.one_of(
    st.builds(c.GuestAdmit, ids=st.tuples(COMING, COMING)), st.builds(c.GuestTurn, ids=st.tuples(COMING))
)
SEATS: Final = st.sampled_from(["mia", "tom"])
SITTING: Final[list[st.SearchStrategy[c.Command]]] = [
    st.builds(c.SeatAdd, id=SEATS, name=PLAIN),
    st.builds(c.SeatAdd, id=SEATS, name=PLAIN),
    st.builds(c.SeatAct, seat=SEATS, command=st.one_of(VOTING)),
    st.builds(c.SeatAct, seat=SEATS, command=WRITING[0]),
    st.builds(c.SeatAct, seat=SEATS, command=st.builds(c.NoteReact, id=ITEMS, on=st.booleans())),
    st.builds(c.SeatAct, seat=SEATS, command=TALKING[0]),
    st.builds(c.SeatDrop, id=SEATS),
]
_EVERYBODY: Final = st.sampled_from([FAY, FAY, ANN, ANN, BOB, BOB, CY, SCREEN])
_ROLES: Final = st.sampled_from([Role.PARTICIPANT, Role.PARTICIPANT, Role.PROJECTOR])
_JOINS: Final = st.builds(c.PersonJoin, id=PEOPLE, name=st.just("Dee"), role=_ROLES, place=PLACES)

ASKED: Final[st.SearchStrategy[tuple[Actor, c.Command]]] = st.one_of(
    st.tuples(_EVERYBODY, st.one_of(WRITING)),
    st.tuples(_EVERYBODY, st.one_of(WRITING)),
    st.tuples(_EVERYBODY, st.one_of(VOTING)),
    st.tuples(_EVERYBODY, st.one_of(STACKING)),
    st.tuples(_EVERYBODY, st.one_of(TALKING)),
    st.tuples(st.sampled_from([ANN, ANN, BOB]), st.one_of(SITTING)),
    st.tuples(_EVERYBODY, st.one_of(GIVING)),
    st.tuples(st.sampled_from([SYSTEM, SYSTEM, BOB]), SENT),
    st.tuples(_EVERYBODY, st.one_of(PLANNING)),
    st.tuples(st.sampled_from([FAY, FAY, FAY, ANN]), st.one_of(STEERING)),
    st.tuples(st.sampled_from([FAY, FAY, FAY, ANN]), st.one_of(STEERING)),
    st.tuples(st.sampled_from([FAY, FAY, FAY, ANN]), st.one_of(SAYING)),
    st.tuples(st.sampled_from([FAY, FAY, FAY, ANN]), GOING),
    st.tuples(st.sampled_from([SYSTEM, SYSTEM, BOB]), st.one_of(_JOINS, _JOINS, KEYS, DOORS, DOORS)),
    st.tuples(st.sampled_from([FAY, FAY, FAY, ANN]), GUESTS),
    st.tuples(_EVERYBODY, st.one_of(TOGETHER[0], TOGETHER[0], *TOGETHER)),
    st.tuples(st.sampled_from([SYSTEM, SYSTEM, BOB]), st.one_of(BEGINNING, BEGINNING, SHARING, HOOKS)),
)
"""Somebody, and what they ask for; mostly what they may."""


def meant(state: State, command: c.Command) -> c.Command:
    """The command with the state's own step and version where it says `now` and 0."""
    step = state.workshop.step
    news: dict[str, Any] = {}
    match command:
        case c.StepGo(current="now"):
            news = {"current": step}
        case c.StepEdit() if command.step == "now":
            news = {"step": step}
        case c.StepPause() | c.StepEnd() | c.BoardExtend() | c.PersonReady() if command.step == "now":
            news = {"step": step}
        case c.SeatAct():
            news = {"command": meant(state, command.command)}
        case c.PersonJoin(code="now"):
            news = {"code": state.workshop.code}
        case c.VoteCast(round="now"):
            news = {"round": step}
        case c.NoteEdit(id=id_, rev=0) | c.NoteSettle(id=id_, rev=0):
            news = {"rev": state.notes[id_].rev if id_ in state.notes else 1}
        case c.IssueEdit(id=id_, rev=0):
            news = {"rev": state.issues[id_].rev if id_ in state.issues else 1}
    return command.model_copy(update=news)
