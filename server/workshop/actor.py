"""Who asks: the person and the role that their token proves."""

from dataclasses import dataclass

from protocol.base import Role
from protocol.codes import Code

from .refused import Refused


@dataclass(frozen=True, slots=True)
class Actor:
    """`person` is None for the projector and for the server itself."""

    person: str | None
    role: Role

    @property
    def facilitates(self) -> bool:
        """Whether this is a facilitator (or the server itself)."""
        return self.role in {Role.FACILITATOR, Role.SYSTEM}

    def must_facilitate(self) -> None:
        """Refuse everybody but facilitators ([STEP4])."""
        if not self.facilitates:
            raise Refused(Code.FORBIDDEN, "Only a facilitator can do that.")

    def must_be_system(self, otherwise: str) -> None:
        """Refuse everybody but the server itself."""
        if self.role is not Role.SYSTEM:
            raise Refused(Code.FORBIDDEN, otherwise)

    def must_be(self, person: str | None) -> None:
        """Refuse everybody but this person and facilitators."""
        if not self.facilitates and (person is None or self.person != person):
            raise Refused(Code.FORBIDDEN, "This is somebody else's.")


SYSTEM = Actor(None, Role.SYSTEM)
