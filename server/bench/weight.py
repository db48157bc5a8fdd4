"""What a note weighs on its way to somebody who watches, against its own JSON."""

import asyncio
import json
import random
import tempfile
from pathlib import Path
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from client.participant import Participant
from protocol.commands import NoteAdd
from protocol.messages import SUBPROTOCOL

from .figures import Table
from .load import Target
from .room import BOARD, room

RATE: Final = 20
"""Notes a second."""
NOTES: Final = 60
WORDS: Final = (
    "schools wait for a waiver lose the first two years which states grant it without pilot who checks that badge "
    "from one district means same in next credit recovery must not become cheap way round bar another road teachers "
    "need time together to agree what proficient looks like with pupils work on table parents ask grades do we show "
    "them instead and explains at kitchen budget officers patrol street trust neighbours young people complaints "
    "slow open data review board every month training translation night bus lights park volunteers youth club "
    "evening radio response minutes call centre hospital wards beds nurses rota childcare vouchers library hours "
    "broadband village "
)
"""No two notes are the same: what people write does not repeat itself."""


class Counting(ClientConnection):
    """A line that knows how many bytes came."""

    came = 0

    def data_received(self, data: bytes) -> None:
        """Count, and go on."""
        self.came += len(data)
        super().data_received(data)


def measure(rounds: int) -> Table:
    """Without compression, and with it as browsers ask for it."""
    table = Table(
        "Bytes",
        f"All that reaches somebody who watches while another writes {RATE} notes a second, frames and headers "
        "included, for each byte of the notes' own JSON.",
    )
    found: dict[str, list[float]] = {"": [], "deflate": []}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            with room(str(Path(folder) / f"{number}.db"), 2) as target:
                for compression, values in found.items():
                    values.append(asyncio.run(_watched(target, compression)))
    table.add("uncompressed", "", found[""], goal="≤ 1.3")
    table.add("compressed", "", found["deflate"], goal="≤ 0.6")
    return table


async def _watched(target: Target, compression: str) -> float:
    url = f"127.0.0.1:{target.port}"
    async with (
        connect(
            f"ws://{url}/ws",
            create_connection=Counting,
            compression=compression or None,
            subprotocols=[Subprotocol(SUBPROTOCOL)],
            max_size=None,
            proxy=None,
        ) as line,
        Participant(f"http://{url}", target.tokens[1]) as writer,
    ):
        await line.send(json.dumps({"type": "hello", "token": target.tokens[0], "client": f"watcher{compression}"}))
        writing = asyncio.create_task(_write(writer, target.section, compression))
        own = came = 0
        for _ in range(NOTES):
            note, before = await _next_note(line)
            came = came or before
            own += len(json.dumps(note, separators=(",", ":"), ensure_ascii=False).encode())
        await writing
        assert isinstance(line, Counting)
        return (line.came - came) / own


async def _next_note(line: ClientConnection) -> tuple[dict[str, Any], int]:
    """The next note that comes, and how many bytes had come before it."""
    assert isinstance(line, Counting)
    while True:
        before = line.came
        message = json.loads(await line.recv())
        for change in message.get("changes", ()):
            if change["op"] == "put" and change["record"]["kind"] == "note":
                return change["record"], before


async def _write(writer: Participant, section: str, name: str) -> None:
    chance, words = random.Random(name), WORDS.split()  # noqa: S311 - words for a bench
    for n in range(NOTES):
        text = " ".join(chance.choices(words, k=chance.randint(6, 26)))
        await writer.do(NoteAdd(id=f"note-{name}-{n}", board=BOARD, section=section, rank="a0", text=text))
        await asyncio.sleep(1 / RATE)
