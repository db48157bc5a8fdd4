"""A refusal: the one way in which a rule says no."""

from protocol.codes import Code


class Refused(Exception):
    """The command is not done and leaves no trace; `code` says why to programs, `message` to people."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class Corrupt(Exception):
    """The log does not fold: an entry out of order, or a change of a record that is not there."""
