"""Text in, effects out."""

import json

from hypothesis import given
from hypothesis import strategies as st

from protocol import limits
from protocol.codes import Code
from protocol.messages import BeatDown
from server.live.frame import beat, frame
from server.live.rate import Bucket
from server.live.session import Alive, Appear, Ask, Enter, Look, Part, Say, Session

HELLO = json.dumps({"type": "hello", "token": "t", "client": "c"})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
LIKE = st.fixed_dictionaries(
    {"type": st.sampled_from(["do", "here", "watch", "beat", "hello", "nonsense"])},
    optional={"n": JSON, "prev": JSON, "command": JSON, "t": JSON, "boards": JSON, "token": JSON, "client": JSON},
)
ANYTHING = st.text() | JSON.map(json.dumps) | LIKE.map(json.dumps) | st.none() | st.binary()


@given(ANYTHING)
def test_anything_is_answered(text: str | bytes | None) -> None:
    """[CODE3] [LIMIT1] Whatever comes, the line lives on and one effect follows; a refusal has its code and its `n`."""
    session = Session(0)
    assert isinstance(session.receive(HELLO, 0), Enter)
    effect = session.receive(text, 1)
    assert effect is None or isinstance(effect, Say | Alive | Appear | Look | Ask | Part)
    assert not isinstance(effect, Part) or effect == Part(Code.HELLO_FIRST)
    if isinstance(effect, Say):
        assert effect.message.code in {Code.MALFORMED, Code.INVALID, Code.TOO_LONG, Code.UNKNOWN_COMMAND}


def test_many_in_one_weigh_more() -> None:
    """[LIMIT4] [NOTE14] Two hundred commands in one count as twenty: the fourth such at once has to wait."""
    commands = [{"do": "note.bin", "id": f"n{n}"} for n in range(limits.STACKED)]
    session, bucket = Session(0), Bucket(0)
    session.receive(HELLO, 0)

    def ask(n: int, now: int) -> object:
        do = {"type": "do", "n": n, "prev": n - 1, "command": {"do": "note.many", "commands": commands}}
        return session.receive(json.dumps(do), now, lambda: bucket)

    assert [type(ask(n, 0)) for n in range(1, 5)] == [Ask, Ask, Ask, Say]
    assert isinstance(ask(4, 1_000), Ask)


@given(ANYTHING)
def test_only_hello_opens(text: str | bytes | None) -> None:
    """[HELLO2] Before a whole `hello`, everything ends the line."""
    effect = Session(0).receive(text, 1)
    assert isinstance(effect, Enter) or effect == Part(Code.HELLO_FIRST)


@given(st.integers(-(2**70), 2**70), st.integers(-(2**70), 2**70))
def test_the_number_comes_back(n: int, prev: int) -> None:
    """[CODE3] `n` and `prev` come back where they can be read, else 0."""
    session = Session(0)
    session.receive(HELLO, 0)
    text = json.dumps({"type": "do", "n": n, "prev": prev, "command": {"do": "no.such"}})
    effect = session.receive(text, 1)
    assert isinstance(effect, Say)
    assert effect.message.n == (n if 0 <= n < 2**53 else 0)
    assert effect.message.prev == (prev if 0 <= prev < 2**53 else 0)


@given(st.just(0) | st.integers(0, 2**53 - 1), st.integers(0, 2**53 - 1))
def test_a_beat(t: int, now: int) -> None:
    """[LIVE1] [LIVE3] A beat is understood however it is written, and answered only where it asks for the time."""
    session = Session(0)
    session.receive(HELLO, 0)
    for text in (f'{{"type":"beat","t":{t}}}', f'{{ "t": {t}, "type": "beat" }}'):
        assert session.receive(text, 1) == session.receive(text.encode(), 1) == (Alive(t) if t else None)
    for odd in (f'{{"type":"beat","t":0{t}}}', f'{{"type":"beat","t":-{t + 1}}}', '{"type":"beat","t":}'):
        assert isinstance(session.receive(odd.encode(), 1), Say)
    assert beat(t, now).payload == frame(BeatDown(t=t, now=now)).payload


def test_silence() -> None:
    """[HELLO2] [LIVE1] No hello for 5 s, or no sign of life for 10 s."""
    session = Session(0)
    assert (session.due, session.late) == (limits.HELLO_MS, Code.HELLO_LATE)
    session.receive(HELLO, 100)
    assert (session.due, session.late) == (100 + limits.DEAD_MS, Code.DEAD)


@given(st.lists(st.integers(0, 2_000), max_size=300))
def test_rate(pauses: list[int]) -> None:
    """[LIMIT4] In no stretch of time more than the burst and what the rate gives; who waits as told is served."""
    bucket, now, taken = Bucket(0), 0, list[int]()
    for pause in pauses:
        now += pause
        wait = bucket.take(now)
        if not wait:
            taken.append(now)
        else:
            now += wait
            assert bucket.take(now) == 0
            taken.append(now)
    for i, start in enumerate(taken):
        for j, end in enumerate(taken[i:], 1):
            assert j <= limits.COMMANDS_BURST + (end - start) * limits.COMMANDS_PER_SECOND / 1_000 + 1
