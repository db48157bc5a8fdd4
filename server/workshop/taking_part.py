"""Who takes part, wherever that is counted or told."""

from protocol.base import Role
from protocol.records import Person


def takes_part(person: Person) -> bool:
    """[PEOPLE5] Participants, who sit on another's device too; not who leads, nor who was put out."""
    return person.role is Role.PARTICIPANT and not person.removed
