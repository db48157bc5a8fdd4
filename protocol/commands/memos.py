"""What a facilitator notes to themself."""

from typing import Literal

from protocol.base import Id, MemoText, Shape


class MemoWrite(Shape):
    """Facilitator: my own note for a step, as it is now; empty: none ([MEMO1])."""

    do: Literal["memo.write"] = "memo.write"
    step: Id
    text: MemoText
