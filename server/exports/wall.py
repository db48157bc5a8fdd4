"""What the asker sees, sorted out once for all that is made of it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from protocol.records import (
    Activity,
    Board,
    Comment,
    Issue,
    Lens,
    Note,
    Paper,
    Person,
    Record,
    Section,
    Stack,
    Step,
    StepKind,
    Tally,
    Update,
    Workshop,
)


@dataclass(frozen=True, slots=True)
class Wall:
    """What the asker sees, by kind, in order."""

    workshop: Workshop
    issues: list[Issue]
    boards: list[Board]
    sections: list[Section]
    stacks: dict[str, Stack]
    notes: list[Note]
    """Not those in the bin, nor those that wait or were set aside ([MOD3])."""
    inside: defaultdict[tuple[str, str], list[Note]]
    """Them by board and section."""
    people: list[Person]
    plan: list[Activity]
    lenses: dict[str, str]
    """Titles by id."""
    talk: Counter[str]
    """Comments by note."""
    interest: Counter[str]
    """Dots on issues."""
    dots: Counter[str]
    """Dots on notes and stacks."""
    paper: Paper | None
    """What all wrote together, where it has begun, and what is not in its base yet."""
    updates: list[Update]

    @classmethod
    def of(cls, records: Sequence[Record]) -> "Wall":
        """Sort out records as `seen` gives them."""
        ranked = sorted(records, key=lambda r: (getattr(r, "rank", ""), r.id))
        notes = [r for r in ranked if isinstance(r, Note) and not (r.binned or r.waits or r.aside)]
        inside: defaultdict[tuple[str, str], list[Note]] = defaultdict(list)
        for note in notes:
            inside[note.board, note.section].append(note)
        return cls(
            workshop=next(r for r in records if isinstance(r, Workshop)),
            issues=[r for r in ranked if isinstance(r, Issue) and not (r.waits or r.aside)],
            boards=[r for r in ranked if isinstance(r, Board)],
            sections=[r for r in ranked if isinstance(r, Section)],
            stacks={r.id: r for r in ranked if isinstance(r, Stack)},
            notes=notes,
            inside=inside,
            plan=sorted((r for r in records if isinstance(r, Activity)), key=lambda a: (a.start, a.rank, a.id)),
            people=[r for r in ranked if isinstance(r, Person)],
            lenses={r.id: r.title for r in records if isinstance(r, Lens)},
            talk=Counter(r.note for r in records if isinstance(r, Comment)),
            interest=_dots(records, StepKind.CHOOSE),
            dots=_dots(records, StepKind.VOTE),
            paper=next((r for r in records if isinstance(r, Paper)), None),
            updates=[r for r in records if isinstance(r, Update)],
        )


def _dots(records: Sequence[Record], kind: StepKind) -> Counter[str]:
    """Dots by target, of the rounds of this kind: an issue and a note may have the same id."""
    rounds = {r.id for r in records if isinstance(r, Step) and r.step is kind}
    dots = Counter[str]()
    for tally in records:
        if isinstance(tally, Tally) and tally.round in rounds:
            dots[tally.target] += tally.dots
    return dots
