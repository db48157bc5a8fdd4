"""What the HTTP API can be asked: one line for each method of each path; its OpenAPI page is made from it ([API1])."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from . import messages as m
from .agenda import Agenda
from .base import Shape
from .imports import Import


class Who(StrEnum):
    """Who may ask."""

    ANYBODY = "Anybody may ask."
    TAKES_PART = "For whoever takes part, the projector too."
    LEADS = "For whoever leads the workshop now."
    SENDS = "For the person who sends the file."


Body = type[Shape] | str | None
"""A shape in JSON, or a media type, or nothing."""
HTML: Final = "text/html"
JSON: Final = "application/json"
PLAIN: Final = "text/plain"
FILE: Final = "application/octet-stream"
EVENTS: Final = "text/event-stream"
LINES: Final = "application/x-ndjson"
WORKSHOP: Final = "/api/workshops/{workshop}"
ONE_FILE: Final = f"{WORKSHOP}/files/{{file}}"


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked. `does`: in a line; `more`: what else is to be known."""

    method: Literal["get", "post", "put", "patch", "delete"]
    path: str
    name: str
    does: str
    who: Who = Who.LEADS
    asks: Body = None
    answers: Body = None
    status: int = 200
    query: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    more: str = ""


OPERATIONS: Final = (
    Operation(
        "post", "/api/workshops", "create", "Make a workshop.", Who.ANYBODY, m.Create, m.Created, 201,
        more="Keep the facilitator's link: it is shown to facilitators alone.",
    ),
    Operation(
        "post", "/api/workshops/import", "openArchive", "Open an archive: the workshop is here as it was.", Who.ANYBODY,
        JSON, m.Opened, 201,
        more="What `plenary export` wrote, as JSON or, with its files, as ZIP. All of it is proved first; "
        "where any is wrong, nothing is written.",
    ),
    Operation("delete", WORKSHOP, "delete", "Delete it for ever.", Who.LEADS, m.Delete, status=204),
    Operation("get", f"{WORKSHOP}/keeping", "keeping", "How long it is kept.", Who.TAKES_PART, None, m.Keeping),
    Operation("get", f"{WORKSHOP}/links", "links", "Its three links.", answers=m.Created),
    Operation("post", f"{WORKSHOP}/links", "replaceLink", "Replace a link.", asks=m.Replace, answers=m.Created),
    Operation(
        "post", f"{WORKSHOP}/duplicate", "duplicate", "Make a new one with its set-up.", Who.LEADS, m.Duplicate,
        m.Created, 201,
    ),
    Operation("get", f"{WORKSHOP}/agenda", "agenda", "Its agenda, as a file.", answers=Agenda),
    Operation(
        "post", f"{WORKSHOP}/agenda", "setAgenda", "Open another agenda, where nothing has begun.", asks=Agenda,
        status=204,
    ),
    Operation(
        "post", "/api/agendas", "readAgenda", "Look through an agenda; nothing is kept.", Who.ANYBODY, Agenda, Agenda
    ),
    Operation("post", f"{WORKSHOP}/door", "setDoor", "Say how a code lets people in.", asks=m.SetDoor, status=204),
    Operation("get", f"{WORKSHOP}/shares", "shares", "Who gives how much, in counts.", answers=m.Shares),
    Operation(
        "post", f"{WORKSHOP}/imports", "readFile", "Look through a file of another tool; nothing is kept.",
        Who.LEADS, FILE, Import, query=("name",),
    ),
    Operation(
        "post", f"{WORKSHOP}/paper", "beginPaper", "Begin the paper that all write.", asks=m.BeginPaper, status=204
    ),
    Operation("get", f"{WORKSHOP}/page", "page", "Where everybody may read the paper.", answers=m.Page),
    Operation(
        "post", f"{WORKSHOP}/page", "sharePage", "Share the paper, or give it a new link.", asks=m.SharePage,
        answers=m.Page,
    ),
    Operation("delete", f"{WORKSHOP}/page", "endPage", "Share it no longer.", status=204),
    Operation("get", f"{WORKSHOP}/webhook", "webhook", "Which program is told of what happens.", answers=m.Webhook),
    Operation(
        "post", f"{WORKSHOP}/webhook", "setWebhook", "Tell a program of what happens.", asks=m.SetWebhook,
        answers=m.Webhook,
    ),
    Operation("delete", f"{WORKSHOP}/webhook", "endWebhook", "Tell it no longer.", status=204),
    Operation(
        "post", f"{WORKSHOP}/webhook/test", "testWebhook", "Send it a test, and whatever waits.", status=204
    ),
    Operation(
        "get", f"{WORKSHOP}/export/{{format}}", "export", "Take everything out, as far as the asker sees it.",
        Who.TAKES_PART, None, FILE, query=("language",),
        more="Formats: `json`, `zip` (that, and the files), `md`, `html`, `docx`, `odt`, `pdf` (the paper), "
        "`wall.pdf`, `wall.svg`, `wall.png` (the wall on one page), `csv`, `xlsx` (the notes), `plan.csv`, "
        "`ics` (the plan).",
    ),
    Operation(
        "post", f"{WORKSHOP}/files", "beginFile", "Begin to send a file, or see how far it has come.",
        Who.TAKES_PART, m.BeginFile, m.Coming, 201, more="But not for the projector.",
    ),
    Operation(
        "patch", ONE_FILE, "sendPiece", "Send its next piece.", Who.SENDS, FILE, m.Coming, headers=("Upload-Offset",),
        more="The piece that makes it whole is answered once the file is in the log.",
    ),
    Operation("get", f"{ONE_FILE}/coming", "coming", "How far it has come.", Who.SENDS, None, m.Coming),
    Operation(
        "put", f"{ONE_FILE}/small", "sendSmall", "Send a small picture of it, a JPEG.", Who.SENDS, FILE, status=204
    ),
    Operation("delete", ONE_FILE, "cancelFile", "Send it no further.", Who.SENDS, status=204),
    Operation(
        "get", ONE_FILE, "file", "A file that was brought.", Who.TAKES_PART, None, FILE, query=("ticket",),
        more="Where they may see what it was brought to. One part of it, by `Range`, is answered 206.",
    ),
    Operation("get", f"{ONE_FILE}/small", "small", "Its small picture.", Who.TAKES_PART, None, "image/jpeg"),
    Operation(
        "post", f"{ONE_FILE}/ticket", "ticket", "What opens a file's address without a token, for ten minutes.",
        Who.TAKES_PART, None, m.Ticket,
    ),
    Operation(
        "get", f"{WORKSHOP}/events", "events", "The live line down, where WebSocket does not get through.",
        Who.TAKES_PART, None, EVENTS, headers=("Plenary-Line",),
        more="Each event is one message of the live line; `Plenary-Line` names the line, made up by the client.",
    ),
    Operation(
        "post", f"{WORKSHOP}/do", "do", "The live line up.", Who.TAKES_PART, LINES, None, 204,
        headers=("Plenary-Line",), more="Messages of the live line, one a line, in order.",
    ),
    Operation(
        "post", "/api/join", "join", "Come in, by a code or the key of a link.", Who.ANYBODY, m.Join, m.Joined,
        more="With the token of an earlier answer one comes again as the same person. 202: wait to be let in.",
    ),
    Operation(
        "get", "/api/codes/{code}", "code", "What is told of a code before one is in.", Who.ANYBODY, None, m.CodeInfo
    ),
    Operation("get", "/api/qr/{code}.svg", "qr", "A participants' link, to scan.", Who.ANYBODY, None, "image/svg+xml"),
    Operation(
        "get", "/read/{page}", "read", "A paper that is shared.", Who.ANYBODY, None, HTML,
        more="Send `If-None-Match` to get it only where it changed.",
    ),
    Operation("get", "/api", "reference", "All this as a page.", Who.ANYBODY, None, HTML),
    Operation("get", "/api/openapi.json", "openapi", "This description.", Who.ANYBODY, None, JSON),
    Operation("get", "/api/asyncapi.json", "asyncapi", "The description of the live line.", Who.ANYBODY, None, JSON),
    Operation("get", "/healthz", "healthz", "The process lives.", Who.ANYBODY, None, PLAIN),
    Operation("get", "/readyz", "readyz", "The store answers.", Who.ANYBODY, None, PLAIN),
    Operation("get", "/metrics", "metrics", "Counts for Prometheus, nothing about people.", Who.ANYBODY, None, PLAIN),
)  # fmt: skip
