"""What the asker sees, sorted out once for all that is made of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from protocol.records import (
    Activity,
    Board,
    Comment,
    Contribution,
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
from server.workshop.taking_part import takes_part

from .given import Given


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
    sealing: frozenset[str]
    """The steps whose notes only their authors may read yet."""
    people: list[Person]
    participants: list[Person]
    """Who took part, wherever they are counted or told ([PEOPLE5])."""
    plan: list[Activity]
    lenses: dict[str, str]
    """Titles by id."""
    contributions: list[Contribution]
    """Links and files, as they came; not those to what is not here."""
    talk: Counter[str]
    """Comments by note."""
    interest: Counter[str]
    """Dots on issues."""
    dots: Counter[str]
    """Dots on notes and stacks."""
    paper: Paper | None
    """What all wrote together, where it has begun, and what is not in its base yet."""
    updates: list[Update]
    pictures: Mapping[str, Given]
    """What the paper may show, by id."""

    def is_open(self, note: Note) -> bool:
        """Whether everybody may read it, the big screen too; of those that are here."""
        return not note.sealed and note.step not in self.sealing

    @property
    def given(self) -> int:
        """The dots on what the boards show: notes that may be read, and stacks of such."""
        told = [note for note in self.notes if not note.sealed]
        stacks = {note.stack for note in told} - {None}
        return sum(self.dots[id_] for id_ in (*(note.id for note in told), *stacks) if id_)

    @classmethod
    def of(cls, records: Sequence[Record], pictures: Mapping[str, Given] = MappingProxyType({})) -> "Wall":
        """Sort out records as `seen` gives them."""
        ranked = sorted(records, key=lambda r: (getattr(r, "rank", ""), r.id))
        notes = [r for r in ranked if isinstance(r, Note) and not (r.binned or r.waits or r.aside)]
        people = [r for r in ranked if isinstance(r, Person)]
        issues = [r for r in ranked if isinstance(r, Issue) and not (r.waits or r.aside)]
        inside: defaultdict[tuple[str, str], list[Note]] = defaultdict(list)
        for note in notes:
            inside[note.board, note.section].append(note)
        return cls(
            workshop=next(r for r in records if isinstance(r, Workshop)),
            issues=issues,
            boards=[r for r in ranked if isinstance(r, Board)],
            sections=[r for r in ranked if isinstance(r, Section)],
            stacks={r.id: r for r in ranked if isinstance(r, Stack)},
            notes=notes,
            inside=inside,
            plan=sorted((r for r in records if isinstance(r, Activity)), key=lambda a: (a.start, a.rank, a.id)),
            sealing=frozenset(r.id for r in records if isinstance(r, Step) and r.private and not r.revealed),
            people=people,
            participants=[person for person in people if takes_part(person)],
            lenses={r.id: r.title for r in records if isinstance(r, Lens)},
            contributions=sorted(
                _brought(records, {*(note.id for note in notes), *(issue.id for issue in issues)}),
                key=lambda c: (c.at, c.id),
            ),
            talk=Counter(r.note for r in records if isinstance(r, Comment)),
            interest=_dots(records, StepKind.CHOOSE),
            dots=_dots(records, StepKind.VOTE),
            paper=next((r for r in records if isinstance(r, Paper)), None),
            updates=[r for r in records if isinstance(r, Update)],
            pictures=pictures,
        )


def _brought(records: Sequence[Record], here: set[str]) -> Iterator[Contribution]:
    for record in records:
        if isinstance(record, Contribution) and {record.note, record.issue} - {None} <= here:
            yield record


def _dots(records: Sequence[Record], kind: StepKind) -> Counter[str]:
    """Dots by target, of the rounds of this kind: an issue and a note may have the same id."""
    rounds = {r.id for r in records if isinstance(r, Step) and r.step is kind}
    dots = Counter[str]()
    for tally in records:
        if isinstance(tally, Tally) and tally.round in rounds:
            dots[tally.target] += tally.dots
    return dots
