"""The training plan of the demo world: lines, what hangs on them, spending, a survey of needs.

Everything is fictitious, and drawn by a generator of its own: the rest of the world stays the same.
"""

import datetime
import random
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from accounts.models import ProfessionCategory, Territory, User
from courses.models import Topic
from elearning.demo.schedule import REFERENCE_DAY
from trainers.enums import EventKind, SessionState, SessionType
from trainers.models import AwarenessEvent, NeedsSurvey, PlanActivity, PlanItem, TrainingSession
from trainers.national_plan.attachments import attach_event, attach_session
from trainers.national_plan.expenses import Proof, record_expense, void_expense
from trainers.national_plan.items import ItemFacts, add_item, close_item
from trainers.national_plan.surveys import open_survey, record_answer

SEED = 404


class PlannedLine(NamedTuple):
    """A line as the tables below give it; `day` is the last one on which to hold it."""

    activity: str
    topic: str
    category: str
    place: str
    year: int
    day: str
    sessions: int


# Curriculum of a session -> activity, theme and public of the line that asked for it.
LINES = {
    "comprendre-reperer-signaler": ("A2.1.1-01", "identification", "premiere-ligne"),
    "techniques-enquete-centrees-victime": (
        "A3.2.1-03", "techniques-speciales-enquete", "enqueteur",
    ),
    "juges-procureurs-traite": ("A3.1.1-03", "cadre-juridique", "magistrat"),
    "representation-victimes-avocats": ("A3.1.1-03", "representation-victimes", "avocat"),
    "systeme-information-traite": ("A4.1.1-01", "systeme-donnees", "gestion-donnees"),
}  # fmt: skip
TOT_LINE = ("A3.1.1-02", "techniques-speciales-enquete", "enqueteur")
EVENT_LINES = {
    EventKind.COMMUNITY_DIALOGUE: "A1.1.1-04",
    EventKind.SECTOR_MEETING: "A1.1.1-07",
    EventKind.ADVOCACY: "A1.1.1-06",
    EventKind.CAMPAIGN: "A2.1.1-02",
    EventKind.WORLD_DAY: "A1.1.1-02",
}
OUTSIDE = frozenset({"SEG-2024-01"})  # a session that nobody has hung on a line yet
NOT_HELD = (
    PlannedLine("A2.1.1-01", "identification", "premiere-ligne", "gao", 2026, "2026-09-30", 2),
    PlannedLine(
        "A3.2.1-03",
        "techniques-speciales-enquete",
        "enqueteur",
        "tombouctou",
        2026,
        "2026-06-30",
        1,
    ),
    PlannedLine("A3.1.1-03", "cadre-juridique", "magistrat", "segou", 2026, "2026-12-15", 1),
    PlannedLine(
        "A2.1.1-01", "audition-protection", "premiere-ligne", "segou", 2027, "2027-06-30", 2
    ),
    PlannedLine("A4.1.1-01", "systeme-donnees", "gestion-donnees", "kayes", 2027, "2027-03-31", 1),
    PlannedLine(
        "A3.2.1-03", "techniques-speciales-enquete", "enqueteur", "sikasso", 2027, "2027-09-30", 2
    ),
)
CLOSED = PlannedLine(
    "A2.2.1-01", "referencement-assistance", "premiere-ligne", "mopti", 2025, "2025-11-30", 1
)
SESSION_COST, EVENT_COST = 3_200_000, 650_000  # FCFA, of an ordinary one
PEOPLE = 25
EVENT_PEOPLE = {
    "A1.1.1-02": 1_000, "A1.1.1-04": 200, "A1.1.1-06": 40, "A1.1.1-07": 100, "A2.1.1-02": 10_000,
}  # fmt: skip
EXPENSES = (
    ("Restauration et pauses", 900_000),
    ("Indemnités et déplacements", 1_400_000),
    ("Salle et sonorisation", 350_000),
)
SURVEY_TOKEN = "demo-besoins"
ANSWERS = 84
SMALL_GROUPS = ("magistrat", "avocat")


def play_plan(*, committee: User, encoder: User) -> None:
    """Write the plan around the sessions and events of the world, then the survey."""
    draw = random.Random(SEED)
    sessions = TrainingSession.objects.filter(is_demo=True).exclude(code__in=OUTSIDE)
    _play_sessions(draw, sessions.order_by("starts_on", "code"), committee, encoder)
    _play_events(draw, AwarenessEvent.objects.filter(is_demo=True).order_by("code"), committee)
    for planned in NOT_HELD:
        _add(planned, by=committee)
    close_item(
        item=_add(CLOSED, by=committee),
        by=committee,
        reason="Session reportée par le bailleur (démonstration)",
        on=datetime.date(2025, 10, 6),
    )
    _play_survey(draw, committee)


def _play_sessions(
    draw: random.Random, sessions: Iterable[TrainingSession], committee: User, encoder: User
) -> None:
    """One line for the sessions of one kind, year and region; some plan one session more."""
    groups: dict[tuple[str, str, str, str, int], list[TrainingSession]] = {}
    for session in sessions:
        if session.state == SessionState.CANCELLED:
            continue
        asked = TOT_LINE if session.type == SessionType.TOT else LINES[session.curriculum.slug]
        key = (*asked, session.territory.code, session.starts_on.year)
        groups.setdefault(key, []).append(session)
    for (activity, topic, category, place, year), found in groups.items():
        day = _end_of_quarter(max(session.ends_on for session in found))
        count = len(found) + draw.choice((0, 0, 0, 1))
        line = PlannedLine(activity, topic, category, place, year, day.isoformat(), count)
        item = _add(line, by=committee)
        for session in found:
            attach_session(session=session, item=item, by=committee)
            if session.ends_on < REFERENCE_DAY:
                _spend(draw, session, session.ends_on, encoder)


def _play_events(draw: random.Random, events: Iterable[AwarenessEvent], committee: User) -> None:
    groups: dict[tuple[str, str, int], list[AwarenessEvent]] = {}
    for event in (one for one in events if one.state != SessionState.CANCELLED):
        activity = EVENT_LINES[EventKind(event.kind)]
        groups.setdefault((activity, event.territory.code, event.held_on.year), []).append(event)
    for (activity, place, year), found in groups.items():
        count = len(found) + draw.choice((0, 1))
        item = _add_events(activity, place, year, count, by=committee)
        for event in found:
            attach_event(event=event, item=item)
            record_expense(
                uuid=_uuid(draw),
                on=event,
                spent_on=event.held_on,
                label="Animation, déplacements et radio locale (démonstration)",
                amount=_rounded(draw, EVENT_COST),
                by=committee,
                today=REFERENCE_DAY,
                is_demo=True,
            )


def _add(line: PlannedLine, *, by: User) -> PlanItem:
    return add_item(
        facts=ItemFacts(
            activity=PlanActivity.objects.get(code=line.activity),
            year=line.year,
            topic=Topic.objects.get(code=line.topic),
            category=ProfessionCategory.objects.get(code=line.category),
            territory=Territory.objects.get(code=line.place),
            planned_sessions=line.sessions,
            planned_people=line.sessions * PEOPLE,
            budget=line.sessions * SESSION_COST,
            due_on=datetime.date.fromisoformat(line.day),
            note="Ligne fictive de démonstration",
        ),
        by=by,
        is_demo=True,
    )


def _add_events(activity: str, place: str, year: int, count: int, *, by: User) -> PlanItem:
    return add_item(
        facts=ItemFacts(
            activity=PlanActivity.objects.get(code=activity),
            year=year,
            territory=Territory.objects.get(code=place),
            planned_sessions=count,
            planned_people=count * EVENT_PEOPLE[activity],
            budget=count * EVENT_COST,
            due_on=datetime.date(year, 12, 31),
            note="Ligne fictive de démonstration",
        ),
        by=by,
        is_demo=True,
    )


def _spend(draw: random.Random, session: TrainingSession, day: datetime.date, by: User) -> None:
    """Three ordinary bills; the first session of a year keeps a proof, and a mistake voided."""
    is_first = session.code.endswith("-01")
    for label, amount in EXPENSES:
        expense = record_expense(
            uuid=_uuid(draw),
            on=session,
            spent_on=day,
            label=f"{label} (démonstration)",
            amount=_rounded(draw, amount),
            proof=Proof(f"{session.code} {label}".encode(), "facture-demonstration.txt")
            if is_first and label.startswith("Salle")
            else None,
            by=by,
            today=REFERENCE_DAY,
            is_demo=True,
        )
    if session.code == "SEG-2026-01":
        void_expense(expense=expense, by=by, reason="Facture saisie deux fois (démonstration)")


def _play_survey(draw: random.Random, committee: User) -> NeedsSurvey:
    survey = open_survey(
        title="Vos besoins de formation (démonstration)",
        opens_on=datetime.date(2026, 10, 1),
        closes_on=datetime.date(2027, 1, 31),
        token=SURVEY_TOKEN,
        by=committee,
        is_demo=True,
    )
    topics = list(Topic.objects.order_by("pk"))
    categories = list(ProfessionCategory.objects.order_by("position", "code"))
    regions = list(Territory.objects.regions().order_by("position")[:8])
    leaning = {topic.pk: draw.uniform(-1, 1) for topic in topics}
    for _number in range(ANSWERS):
        category = draw.choices(
            categories, [1 if one.code in SMALL_GROUPS else 4 for one in categories]
        )[0]
        ratings = {
            topic: (_figure(draw, 3.4 + leaning[topic.pk]), _figure(draw, 2.8 - leaning[topic.pk]))
            for topic in topics
            if draw.random() < 0.85
        }
        record_answer(
            uuid=_uuid(draw),
            survey=survey,
            category=category,
            territory=draw.choice(regions),
            ratings=ratings or {topics[0]: (3, 3)},
            answered_on=survey.opens_on + datetime.timedelta(days=draw.randrange(45)),
            today=REFERENCE_DAY,
        )
    return survey


def _figure(draw: random.Random, centre: float) -> int:
    return min(5, max(1, round(draw.gauss(centre, 1))))


def _rounded(draw: random.Random, amount: int) -> int:
    return round(amount * draw.uniform(0.85, 1.1) / 5_000) * 5_000


def _uuid(draw: random.Random) -> uuid.UUID:
    return uuid.UUID(int=draw.getrandbits(128), version=4)


def _end_of_quarter(day: datetime.date) -> datetime.date:
    month = (day.month - 1) // 3 * 3 + 3
    return datetime.date(day.year, month, 31 if month in {3, 12} else 30)
