"""Curricula, trainers and training sessions."""

import datetime
import uuid
from collections.abc import Sequence
from io import BytesIO
from itertools import count
from typing import Any

from accounts.models import Person, Territory
from courses.models import CurriculumPage
from tests.factories.accounts import make_person, make_region
from trainers.attendance.log import record_mark
from trainers.awareness.events import record_event
from trainers.enums import AgeBand, EntrySource, EvidenceKind, SessionRole
from trainers.evidence import store_evidence
from trainers.models import (
    AwarenessEvent,
    Participation,
    PlanActivity,
    PlanItem,
    Trainer,
    TrainingSession,
)
from trainers.national_plan.items import ItemFacts, add_item
from trainers.participation.records import enrol
from trainers.participation.rule_sets import create_first_rule_set
from trainers.registry.records import grant_qualification, register_trainer
from trainers.sessions.planning import assign_trainer, create_session, explain_missing

START = datetime.date(2025, 5, 12)
OLD_FILE = "Dossier de l'ancien registre"
_numbers = count(1)


def make_curriculum(slug: str = "traite-des-personnes") -> CurriculumPage:
    """A published curriculum under the root of the pages."""
    from wagtail.models import Page

    known = CurriculumPage.objects.filter(slug=slug).first()
    if known is not None:
        return known
    root = Page.objects.get(depth=1)
    return root.add_child(
        instance=CurriculumPage(
            title=f"Curriculum {slug}",
            slug=slug,
            summary="Résumé",
            version="1.0",
            updated_on=datetime.date(2025, 1, 1),
            nominal_minutes=840,
        )
    )


def make_session(code: str = "", **facts: Any) -> TrainingSession:
    """Two days of four half-days of 3 h 30 in Ségou, from 12 May 2025."""
    create_first_rule_set()
    facts.setdefault("curriculum", make_curriculum())
    facts.setdefault("territory", make_region())
    facts.setdefault("starts_on", START)
    facts.setdefault("slot_count", 4)
    facts.setdefault("slot_minutes", 210)
    return create_session(code=code or f"SEG-{next(_numbers):03}", **facts)


def make_trainer(
    person: Person | None = None, *, base: Territory | None = None, qualified: bool = False
) -> Trainer:
    """A trainer of Ségou; `qualified` for the default curriculum over 2024 and 2025."""
    trainer = register_trainer(person=person or make_person(), base_territory=base or make_region())
    if qualified:
        grant_qualification(
            trainer=trainer,
            curriculum=make_curriculum(),
            granted_on=datetime.date(2024, 1, 1),
            months=24,
            exception_reason=OLD_FILE,
        )
    return trainer


def staff(session: TrainingSession, trainer: Trainer, role: str = SessionRole.TRAINER) -> None:
    assign_trainer(session=session, trainer=trainer, role=role)


def attend(
    session: TrainingSession, person: Person | None = None, *, positions: Sequence[int] = (1,)
) -> Participation:
    """Enrol a person, present in the half-days of these positions; read again after the ladder."""
    participation = enrol(session=session, person=person or make_person())
    for slot in session.slots.filter(position__in=positions).order_by("position"):
        record_mark(
            uuid=uuid.uuid4(),
            participation=participation,
            slot=slot,
            source=EntrySource.TYPED,
        )
    participation.refresh_from_db()
    return participation


def complete_file(session: TrainingSession) -> None:
    """Everything a session needs to count, besides the marks."""
    for kind in (EvidenceKind.TERMS_OF_REFERENCE, EvidenceKind.SIGNED_SHEET, EvidenceKind.REPORT):
        store_evidence(
            kind=kind, content=f"{session.code} {kind}".encode(), name="piece.pdf", session=session
        )
    explain_missing(session=session, no_test_reason="Session d'information d'une heure.")


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """The bytes of an .xlsx file with these rows."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def make_plan_item(**facts: Any) -> PlanItem:
    """Three sessions of 75 people in Ségou before 30 June 2025, for 6,000,000 FCFA."""
    activity, _ = PlanActivity.objects.get_or_create(
        code=facts.pop("activity", "A3.2.1-03"),
        defaults={
            "axis": 3,
            "objective": "3.2",
            "action": "3.2.1",
            "label": "Organiser 13 ateliers de formation",
            "kind": "training",
        },
    )
    facts.setdefault("territory", make_region())
    facts.setdefault("year", 2025)
    facts.setdefault("due_on", datetime.date(facts["year"], 6, 30))
    facts.setdefault("planned_sessions", 3)
    facts.setdefault("planned_people", 75)
    facts.setdefault("budget", 6_000_000)
    by = facts.pop("by", None)
    return add_item(facts=ItemFacts(activity=activity, **facts), by=by)


def make_event(code: str = "EVT-1", *, people: int = 40, **facts: Any) -> AwarenessEvent:
    """A dialogue in Ségou on 20 May 2025, not validated."""
    facts.setdefault("territory", make_region())
    facts.setdefault("held_on", datetime.date(2025, 5, 20))
    return record_event(
        code=code,
        kind="COMMUNITY_DIALOGUE",
        title=f"Dialogue {code}",
        place="",
        language="bamanankan",
        headcounts={("F", AgeBand.ADULT): people},
        **facts,
    )
