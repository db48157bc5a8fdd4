"""Commands: what a person asks for. One model each; `decide` answers with changes or a refusal.

Ids of new things are made by the asker. `from`-like fields (`rev`, `current`) name the version the asker saw.
"""

from typing import Annotated

from pydantic import Field

from .comments import CommentAdd, CommentDrop, CommentEdit
from .contributions import ContributionDrop, ContributionName, FileAdd, LinkAdd
from .door import DoorSet, GuestAdmit, GuestTurn, KeyReplace, PageShare
from .hooks import HookSet, HookTest, HookTold, HookTry
from .issues import IssueAdd, IssueAdmit, IssueAside, IssueChoose, IssueDrop, IssueEdit, IssueMerge
from .many import AnyItem, Item, NoteMany
from .memos import MemoWrite
from .notes import (
    NoteAdd,
    NoteAdmit,
    NoteAside,
    NoteBin,
    NoteColour,
    NoteEdit,
    NoteMove,
    NoteReact,
    NoteRestore,
    NoteSettle,
    NoteTag,
)
from .notices import NoticeEnd, NoticeSay
from .paper import PaperBegin, PaperEdit, PaperSet
from .people import (
    HandClear,
    HandLower,
    HandRaise,
    PeopleBalance,
    PeoplePlace,
    PersonJoin,
    PersonLead,
    PersonMove,
    PersonMute,
    PersonReady,
    PersonRemove,
    PersonRename,
    PersonRole,
)
from .plan import ActivityAdd, ActivityDrop, ActivityEdit, ActivitySet
from .seats import Act, SeatAct, SeatAdd, SeatDrop
from .stacks import StackMake, StackMove, StackName, StackSplit
from .steps import StepAdd, StepDrop, StepEdit, StepEnd, StepExtend, StepGo, StepPause, StepReveal, StepShow
from .votes import VoteCast
from .was import Was
from .workshop import (
    AgendaSet,
    BoardExtend,
    BoardLock,
    WorkshopEdit,
    WorkshopGather,
    WorkshopRetain,
    WorkshopSpotlight,
    WorkshopStart,
    WorkshopWall,
)

Command = (
    PersonJoin | PersonRename | PersonMove | PeopleBalance | PeoplePlace
    | PersonRole | PersonLead | PersonMute | PersonRemove | PersonReady
    | SeatAdd | SeatDrop | SeatAct
    | HandRaise | HandLower | HandClear
    | StepGo | StepExtend | StepPause | StepEnd | StepAdd | StepEdit | StepDrop | StepReveal | StepShow
    | AgendaSet | WorkshopEdit | WorkshopRetain | WorkshopGather | WorkshopSpotlight | WorkshopStart | WorkshopWall
    | KeyReplace | DoorSet | PageShare | HookSet | HookTest | HookTry | HookTold | GuestAdmit | GuestTurn
    | IssueAdd | IssueEdit | IssueDrop | IssueMerge | IssueChoose | IssueAdmit | IssueAside
    | BoardLock | BoardExtend
    | NoteAdd | NoteEdit | NoteSettle | NoteMove | NoteTag | NoteColour | NoteBin | NoteRestore | NoteReact | NoteMany
    | NoteAdmit | NoteAside
    | StackMake | StackName | StackMove | StackSplit
    | CommentAdd | CommentEdit | CommentDrop
    | LinkAdd | FileAdd | ContributionName | ContributionDrop
    | VoteCast
    | ActivityAdd | ActivityEdit | ActivitySet | ActivityDrop
    | PaperBegin | PaperEdit | PaperSet
    | NoticeSay | NoticeEnd
    | MemoWrite
)  # fmt: skip
AnyCommand = Annotated[Command, Field(discriminator="do")]

__all__ = [
    "Act",
    "ActivityAdd",
    "ActivityDrop",
    "ActivityEdit",
    "ActivitySet",
    "AgendaSet",
    "AnyCommand",
    "AnyItem",
    "BoardExtend",
    "BoardLock",
    "Command",
    "CommentAdd",
    "CommentDrop",
    "CommentEdit",
    "ContributionDrop",
    "ContributionName",
    "DoorSet",
    "FileAdd",
    "GuestAdmit",
    "GuestTurn",
    "HandClear",
    "HandLower",
    "HandRaise",
    "HookSet",
    "HookTest",
    "HookTold",
    "HookTry",
    "IssueAdd",
    "IssueAdmit",
    "IssueAside",
    "IssueChoose",
    "IssueDrop",
    "IssueEdit",
    "IssueMerge",
    "Item",
    "KeyReplace",
    "LinkAdd",
    "MemoWrite",
    "NoteAdd",
    "NoteAdmit",
    "NoteAside",
    "NoteBin",
    "NoteColour",
    "NoteEdit",
    "NoteMany",
    "NoteMove",
    "NoteReact",
    "NoteRestore",
    "NoteSettle",
    "NoteTag",
    "NoticeEnd",
    "NoticeSay",
    "PageShare",
    "PaperBegin",
    "PaperEdit",
    "PaperSet",
    "PeopleBalance",
    "PeoplePlace",
    "PersonJoin",
    "PersonLead",
    "PersonMove",
    "PersonMute",
    "PersonReady",
    "PersonRemove",
    "PersonRename",
    "PersonRole",
    "SeatAct",
    "SeatAdd",
    "SeatDrop",
    "StackMake",
    "StackMove",
    "StackName",
    "StackSplit",
    "StepAdd",
    "StepDrop",
    "StepEdit",
    "StepEnd",
    "StepExtend",
    "StepGo",
    "StepPause",
    "StepReveal",
    "StepShow",
    "VoteCast",
    "Was",
    "WorkshopEdit",
    "WorkshopGather",
    "WorkshopRetain",
    "WorkshopSpotlight",
    "WorkshopStart",
    "WorkshopWall",
]
