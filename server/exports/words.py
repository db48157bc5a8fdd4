"""The words of ours in what leaves the room, by language. `one|other` follows `{n}`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, cast

Language = Literal["en", "es"]

ENGLISH: Final = {
    "paper": "Briefing paper",
    "date": "{day} {month} {year}",
    "months": "January February March April May June July August September October November December",
    "issues": "Issues proposed",
    "chosen": "chosen",
    "contributions": "What people brought",
    "took_part": "Who took part",
    "context": "Context",
    "context_facts": "This paper was written together on {day}. When it was begun: {facts}.",
    "people_then": "{people} when this paper was begun.",
    "definition": "Working definition",
    "definition_text": "We looked at each issue through these lenses:",
    "people": "{n} person|{n} people",
    "remote": "{people}, {n} of them remote.",
    "fact_people": "{n} person took part|{n} people took part",
    "fact_remote": "{n} of them remote",
    "fact_notes": "{n} note|{n} notes",
    "fact_dots": "{n} dot|{n} dots",
    "fact_interest": "{n} dot on issues|{n} dots on issues",
    "dots": "{n} dot|{n} dots",
    "notes": "{n} note|{n} notes",
    "stack": "Stack",
    "also": "also:",
    "sealed": "Still sealed: {notes}.",
    "nothing": "Nothing was written here.",
    "more": "{n} more is in the annex.|{n} more are in the annex.",
    "and_more": "and {n} more|and {n} more",
    "wall": "The wall",
    "boards_more": "and {n} more board|and {n} more boards",
    "also_proposed": "Also proposed:",
    "annex": "Annex: the other notes",
    "annex_all": "Annex: the notes of the boards",
    "not_on_board": "What is quoted here is not on its board now.",
    "no_picture": "A picture that is not shown here:",
    "annex_plan": "Annex: the plan over time",
    "timeline_alt": "The plan from {span}.",
    "quarter": "Q{n}",
    "board": "Board",
    "section": "Section",
    "note": "Note",
    "stack_head": "Stack",
    "tags": "Tags",
    "author": "Author",
    "dots_head": "Dots",
    "me_too": "Me too",
    "comments": "Comments",
    "written": "Written (UTC)",
    "late": "Late",
    "yes": "yes",
    "issue": "Issue",
    "detail": "Detail",
    "state": "State",
    "merged": "merged into another",
    "proposed": "proposed",
    "numbers": "page {page} of {pages}",
    "plan": "The plan",
    "activity": "Activity",
    "owner": "Who",
    "first": "First step",
    "when": "When",
    "begins": "First day",
    "lens": "Lens",
    "waits": "Waits for",
    "ends": "Last day",
    "standing": "Standing",
    "idea": "idea",
    "agreed": "agreed",
    "begun": "begun",
    "done": "done",
    "span": "{start} to {end}",
    "short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fact_activities": "{n} activity|{n} activities",
    "table": "Table",
    "footnotes": "Footnotes",
    "to_text": "Back to the text",
    "together": "Written together in Plenary",
    "no_page": "There is nothing to read here",
    "no_page_cure": "Ask whoever gave you the link for a new one.",
    "page_later": "The paper cannot be shown just now",
    "page_later_cure": "This page looks again by itself in half a minute.",
}
SPANISH: Final = {
    "paper": "Documento informativo",
    "date": "{day} de {month} de {year}",
    "months": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "issues": "Temas propuestos",
    "chosen": "elegido",
    "contributions": "Lo que aportó la gente",
    "took_part": "Quiénes participaron",
    "context": "Contexto",
    "context_facts": "Este documento se escribió en conjunto el {day}. Cuando se empezó: {facts}.",
    "people_then": "{people} cuando se empezó este documento.",
    "definition": "Definición de trabajo",
    "definition_text": "Miramos cada tema a través de estas lentes:",
    "people": "{n} persona|{n} personas",
    "remote": "{people}, {n} a distancia.",
    "fact_people": "Participó {n} persona|Participaron {n} personas",
    "fact_remote": "{n} a distancia",
    "fact_notes": "{n} nota|{n} notas",
    "fact_dots": "{n} punto|{n} puntos",
    "fact_interest": "{n} punto en temas|{n} puntos en temas",
    "dots": "{n} punto|{n} puntos",
    "notes": "{n} nota|{n} notas",
    "stack": "Grupo de notas",
    "also": "también:",
    "sealed": "Aún boca abajo: {notes}.",
    "nothing": "Aquí no se escribió nada.",
    "more": "{n} más está en el anexo.|{n} más están en el anexo.",
    "and_more": "y {n} más|y {n} más",
    "wall": "El muro",
    "boards_more": "y {n} tablero más|y {n} tableros más",
    "also_proposed": "También se propuso:",
    "annex": "Anexo: las demás notas",
    "annex_all": "Anexo: las notas de los tableros",
    "not_on_board": "Lo que se cita aquí no está ahora en su tablero.",
    "no_picture": "Una imagen que no se muestra aquí:",
    "annex_plan": "Anexo: el plan en el tiempo",
    "timeline_alt": "El plan de {span}.",
    "quarter": "T{n}",
    "board": "Tablero",
    "section": "Sección",
    "note": "Nota",
    "stack_head": "Grupo de notas",
    "tags": "Etiquetas",
    "author": "Autoría",
    "dots_head": "Puntos",
    "me_too": "Yo también",
    "comments": "Comentarios",
    "written": "Escrita (UTC)",
    "late": "Tardía",
    "yes": "sí",
    "issue": "Tema",
    "detail": "Detalle",
    "state": "Estado",
    "merged": "unido a otro",
    "proposed": "propuesto",
    "numbers": "página {page} de {pages}",
    "plan": "El plan",
    "activity": "Actividad",
    "owner": "Quién",
    "first": "Primer paso",
    "when": "Cuándo",
    "begins": "Primer día",
    "lens": "Enfoque",
    "waits": "Espera a",
    "ends": "Último día",
    "standing": "Estado",
    "idea": "idea",
    "agreed": "acordada",
    "begun": "empezada",
    "done": "hecha",
    "span": "{start} a {end}",
    "short": "ene feb mar abr may jun jul ago sep oct nov dic",
    "fact_activities": "{n} actividad|{n} actividades",
    "table": "Tabla",
    "footnotes": "Notas al pie",
    "to_text": "Volver al texto",
    "together": "Escrito en conjunto en Plenary",
    "no_page": "Aquí no hay nada que leer",
    "no_page_cure": "Pide un enlace nuevo a quien te dio este.",
    "page_later": "El documento no se puede mostrar en este momento",
    "page_later_cure": "Esta página vuelve a mirar por sí sola dentro de medio minuto.",
}
CATALOGUES: Final[dict[Language, Mapping[str, str]]] = {"en": ENGLISH, "es": SPANISH}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: Language

    def __call__(self, key: str, n: int | None = None, **holes: object) -> str:
        """The words for `key`, filled in; with `n`, in the form that fits it."""
        one, _, other = CATALOGUES[self.language][key].partition("|")
        form = one if n == 1 or not other else other
        return form.format(n=n, **holes)

    def day(self, at: int) -> str:
        """The day of `at` (ms, UTC)."""
        when = datetime.fromtimestamp(at / 1000, UTC)
        month = CATALOGUES[self.language]["months"].split()[when.month - 1]
        return self("date", day=when.day, month=month, year=when.year)

    def month(self, created: int, month: int) -> str:
        """The month so many after that of `created` (ms, UTC), in short."""
        when = datetime.fromtimestamp(created / 1000, UTC)
        year, place = divmod(when.month - 1 + month, 12)
        return f"{CATALOGUES[self.language]['short'].split()[place]} {when.year + year}"

    def span(self, created: int, start: int, length: int) -> str:
        """The months from `start` on, so many."""
        first, last = self.month(created, start), self.month(created, start + length - 1)
        return first if length == 1 else self("span", start=first, end=last)


def words_for(tags: str) -> Words:
    """The words of the first language of an `Accept-Language` or a `LANG` that we have; English where there is none."""
    asked = (re.split("[-_;.]", tag.strip())[0].lower() for tag in tags.split(","))
    return Words(cast("Language", next((tag for tag in asked if tag in CATALOGUES), "en")))
