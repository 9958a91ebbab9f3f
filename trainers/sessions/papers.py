"""Terms of reference and agenda of a session as PDF: made from what is known, kept as evidence.

What is not known yet is a dotted line: the paper can be completed by hand, signed and scanned.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from courses.printing import compile_pdf
from trainers.enums import EvidenceKind, SessionMode, SessionRole
from trainers.evidence import store_evidence
from trainers.models import Evidence, SessionSlot, SessionTrainer, TrainingSession
from trainers.sessions.agenda import AgendaHalfDay, TaughtModule, spread
from trainers.sessions.plan_lines import plan_item_in_words
from trainers.sessions.print_text import printed
from trainers.sessions.tabs import days_of
from trainers.sessions.taught_text import TaughtText, taught_text

PRINTED_IN = "fr"
OBJECTIVES = 12  # a page of terms of reference is read; a list of forty objectives is not
NAMES = {EvidenceKind.TERMS_OF_REFERENCE: "tdr", EvidenceKind.AGENDA: "agenda"}
_SOURCE = Path(__file__).parent / "session_paper.typ"
Section = dict[str, Any]


def paper_pdf(session: TrainingSession, kind: str) -> bytes:
    """Return the PDF of the session's terms of reference or agenda; the same facts, same bytes."""
    with translation.override(PRINTED_IN):
        is_agenda = kind == EvidenceKind.AGENDA
        build = _agenda_sections if is_agenda else _terms_sections
        data = {
            "title": _("Agenda") if is_agenda else _("Termes de référence"),
            "subtitle": session.title,
            "issuer": _(
                "Comité national de coordination de la lutte contre la traite des personnes et "
                "les pratiques assimilées"
            ),
            "demo": _("Démonstration : session fictive") if session.is_demo else "",
            "footer": f"{session.code} · {session.title}",
            "sections": build(session, taught_text(session)),
        }
    return compile_pdf(_source(), {"data": json.dumps(printed(data))})


def paper_name(session: TrainingSession, kind: str) -> str:
    """The file's name: « tdr-SEG-2026-01.pdf »."""
    return f"{NAMES[EvidenceKind(kind)]}-{session.code}.pdf"


def attach_paper(*, session: TrainingSession, kind: str, by: User | None) -> Evidence:
    """Make the paper and keep it with the session; a new one replaces the last of its kind.

    The same facts give the same file, kept once. Raises `trainers.evidence.EvidenceRefused`.
    """
    latest = (
        Evidence.objects.filter(session=session, kind=kind, replaced_by=None)
        .order_by("-pk")
        .first()
    )
    return store_evidence(
        kind=kind,
        content=paper_pdf(session, kind),
        name=paper_name(session, kind),
        session=session,
        by=by,
        replaces=latest,
    )


def _terms_sections(session: TrainingSession, text: TaughtText) -> list[Section]:
    objectives = [
        one for part in text.parts for lesson in part.lessons for one in lesson.objectives
    ]
    sections = [
        _facts(_("La session"), _where_and_when(session)),
        _section(_("Objectif"), "text", [text.summary or session.curriculum.summary]),
    ]
    if objectives:
        lead = _("À l'issue de la session, chaque personne saura notamment :")
        sections += [
            _section(_("Objectifs pédagogiques"), "text", [lead]),
            _section("", "list", _some(objectives)),
        ]
    sections += [
        _section(_("Public visé"), "text", [_audience(session, text)]),
        _modules(text),
        _team(session),
        _facts(_("Organisation et financement"), _means(session)),
        _section(_("Présence, tests et validation"), "list", _rules(session)),
        _section("", "signatures", [_("Pour l'organisateur"), _("Pour le comité national")]),
    ]
    return [one for one in sections if one]


def _agenda_sections(session: TrainingSession, text: TaughtText) -> list[Section]:
    slots = list(session.slots.order_by("position"))
    modules = [
        TaughtModule(
            part.title,
            tuple(lesson.title for lesson in part.lessons),
            sum(lesson.minutes for lesson in part.lessons),
        )
        for part in text.parts
    ]
    agenda = spread(modules, [slot.minutes for slot in slots])
    note = _(
        "Les heures se notent à la main. Les pauses ne comptent pas dans les durées : ce sont des "
        "minutes de travail avec le groupe."
    )
    return [
        _facts("", _where_and_when(session, is_short=True)),
        *(_half_day(slot, planned) for slot, planned in zip(slots, agenda, strict=True)),
        _section("", "text", [note]),
    ]


def _half_day(slot: SessionSlot, planned: AgendaHalfDay) -> Section:
    rows: list[list[Any]] = []
    if planned.opening:
        rows.append(["", [_("Accueil, règles du groupe, pré-test")], str(planned.opening)])
    for line in planned.lines:
        title = _("%(title)s (suite)") % {"title": line.title} if line.is_continued else line.title
        rows.append(["", [title, *line.contents], str(line.minutes)])
    if planned.closing:
        rows.append(["", [_("Post-test, évaluation de la session, clôture")], str(planned.closing)])
    day = date_format(slot.held_on, "l j F Y")
    return {
        "title": f"{day.capitalize()}, {slot.get_half_display().lower()} ({slot.minutes} min)",
        "kind": "table",
        "head": [_("Heure"), _("Contenu"), _("Minutes")],
        "widths": [2, 11, 0],
        "numbers": [2],
        "rows": rows,
    }


def _where_and_when(session: TrainingSession, *, is_short: bool = False) -> list[tuple[str, str]]:
    slots = list(session.slots.order_by("position"))
    hours = sum(slot.minutes for slot in slots) / 60
    length = ""
    if slots:
        length = ngettext("%(count)d demi-journée", "%(count)d demi-journées", len(slots)) % {
            "count": len(slots)
        }
        length += _(", %(hours)s h de travail") % {"hours": f"{hours:g}".replace(".", ",")}
    text = session.taught_version.name if session.taught_version else session.curriculum_version
    course = _("%(title)s, version %(version)s")
    facts = [
        (_("Code"), session.code),
        (_("Curriculum"), course % {"title": session.curriculum.title, "version": text}),
        (_("Dates"), days_of(session)),
        (_("Durée"), length),
        (_("Lieu"), ", ".join(filter(None, [session.venue, str(session.territory)]))),
    ]
    if not is_short:
        kind = f"{session.get_type_display()}, {session.get_mode_display().lower()}"
        facts += [(_("Type"), kind), (_("Places"), str(session.seats or ""))]
    return facts


def _audience(session: TrainingSession, text: TaughtText) -> str:
    if not text.audience:
        return _("Tous les professionnels concernés par la lutte contre la traite.")
    return ", ".join(text.audience) + "."


def _modules(text: TaughtText) -> Section:
    if not text.parts:
        return {}
    return {
        "title": _("Programme"),
        "kind": "table",
        "head": ["", _("Module"), _("Contenu")],
        "widths": [0, 4, 7],
        "numbers": [0],
        "rows": [
            [str(rank), part.title, part.summary or " ; ".join(one.title for one in part.lessons)]
            for rank, part in enumerate(text.parts, 1)
        ],
    }


def _team(session: TrainingSession) -> Section:
    ranks = {role: rank for rank, role in enumerate(reversed(SessionRole.values))}
    found = SessionTrainer.objects.filter(session=session).select_related("trainer__person")
    team = sorted(found, key=lambda one: (ranks[one.role], one.trainer.person.name_key))
    rows = [(one.get_role_display(), str(one.trainer)) for one in team]
    return _facts(_("Équipe"), rows or [(str(SessionRole.LEAD_TRAINER.label), "")])


def _means(session: TrainingSession) -> list[tuple[str, str]]:
    item, activity = session.plan_item, session.plan_activity
    return [
        (_("Organisateur"), str(session.organizer or "")),
        (_("Financement"), session.funder),
        (_("Activité du plan"), f"{activity.code} · {activity.label}" if activity else ""),
        (_("Ligne du plan"), plan_item_in_words(item) if item else ""),
    ]


def _rules(session: TrainingSession) -> list[str]:
    rules = session.rule_set
    facts = {
        "hours": f"{rules.min_hours:f}".rstrip("0").rstrip(".").replace(".", ","),
        "attendance": rules.min_attendance,
        "mastery": rules.mastery,
    }
    if session.mode == SessionMode.ONLINE:
        presence = _("La présence est le journal des leçons lues, daté par la plateforme.")
    else:
        presence = _("La présence est notée à chaque demi-journée et signée par chacun.")
    return [
        presence,
        _("Est formée la personne présente %(hours)s h au moins et à %(attendance)s %% au moins.")
        % facts,
        _("Un pré-test et un post-test mesurent le gain ; le seuil de maîtrise est %(mastery)s %%.")
        % facts,
        _("Un tiers, ni formateur ni agent de saisie, valide la session sur pièces."),
    ]


def _some(objectives: list[str]) -> list[str]:
    """Objectives spread over the whole text, not only its beginning."""
    if len(objectives) <= OBJECTIVES:
        return objectives
    return [objectives[rank * len(objectives) // OBJECTIVES] for rank in range(OBJECTIVES)]


def _facts(title: str, items: list[tuple[str, str]]) -> Section:
    return _section(title, "facts", [[str(label), str(value)] for label, value in items])


def _section(title: str, kind: str, items: list[Any]) -> Section:
    return {"title": title, "kind": kind, "items": items}


@cache
def _source() -> str:
    return _SOURCE.read_text(encoding="utf-8")
