"""Awareness events, hand-overs and downloads of the demonstration, made through the acts."""

import datetime
import random
import uuid

from accounts.models import Territory, User
from accounts.people import find_organization
from courses.downloads import count_download
from courses.models import AwarenessPage
from elearning.demo.schedule import EVENTS, HANDOVERS
from trainers.awareness.disseminations import record_dissemination, void_dissemination
from trainers.awareness.events import (
    EventFacts,
    cancel_event,
    change_event,
    record_event,
    return_event,
    validate_event,
)
from trainers.awareness.polls import cast_ballot, open_poll
from trainers.enums import AgeBand, AwarenessTheme, EvidenceKind, PollMoment, Sector
from trainers.evidence import store_evidence
from trainers.models import AwarenessEvent

SEED = 30_07  # of this module alone: the rest of the world draws elsewhere
QUESTION = "Une personne qui a accepté de partir peut-elle être victime de traite\u202f?"
THEMES = {
    "EVT-2023-01": AwarenessTheme.MIGRATION,
    "EVT-2023-04": AwarenessTheme.CHILDREN,
    "EVT-2024-05": AwarenessTheme.CHILDREN,
    "EVT-2025-01": AwarenessTheme.CHILDREN,
    "EVT-2025-05": AwarenessTheme.FORMS,
    "EVT-2024-06": AwarenessTheme.LAW,
    "EVT-2026-04": AwarenessTheme.MIGRATION,
}
SECTORS = {
    "EVT-2023-03": Sector.TRANSPORT,
    "EVT-2024-02": Sector.GOLD_PANNING,
    "EVT-2025-02": Sector.TRADE,
    "EVT-2026-01": Sector.AGRICULTURE,
}
PLACES = ("place du marché", "cour de la mairie", "maison des jeunes", "salle du conseil")
RECEIVERS = ("Direction régionale du développement social", "Tribunal", "Brigade de gendarmerie")


def play_awareness(*, encoder: User, committee: User, focal_point: User, trainer: User) -> None:
    """The events of four years, some still in hand; what was handed over and downloaded."""
    draw = random.Random(SEED)
    territories = {territory.code: territory for territory in Territory.objects.regions()}
    for row in EVENTS:
        event = _record(draw, row, territories, encoder)
        if row != EVENTS[-1]:
            validate_event(event=event, by=committee)
    _in_segou(draw, territories["segou"], focal_point)
    _in_bamako(territories["district-de-bamako"], trainer, committee)
    _hand_over(draw, territories, committee)
    _download(draw)


def _record(
    draw: random.Random, row: tuple[str, ...], territories: dict[str, Territory], encoder: User
) -> AwarenessEvent:
    code, kind, day, region, title, women, men, girls, boys, before, after = row
    event = record_event(
        code=code,
        kind=kind,
        title=f"{title} (démonstration)",
        territory=territories[region],
        place=draw.choice(PLACES).capitalize(),
        language="bamanankan",
        theme=THEMES.get(code, AwarenessTheme.GENERAL),
        sector=SECTORS.get(code, ""),
        held_on=datetime.date.fromisoformat(day),
        headcounts={
            ("F", AgeBand.ADULT): int(women),
            ("M", AgeBand.ADULT): int(men),
            ("F", AgeBand.UNDER_18): int(girls),
            ("M", AgeBand.UNDER_18): int(boys),
        },
        poll_question=QUESTION if before else "",
        poll_answer="yes" if before else "",
        pre=_answers(before),
        post=_answers(after),
        encoded_by=encoder,
        is_demo=True,
    )
    _prove(event, encoder)
    return event


def _in_segou(draw: random.Random, segou: Territory, focal_point: User) -> None:
    """What the focal point has in hand: one event with its short form, one typed twice."""
    facts: EventFacts = {
        "kind": "COMMUNITY_DIALOGUE",
        "title": "Dialogue communautaire avec les femmes du marché (démonstration)",
        "territory": segou,
        "place": "Marché central",
        "language": "bamanankan",
        "theme": AwarenessTheme.SIGNS,
        "held_on": datetime.date(2026, 11, 19),
        "headcounts": {("F", AgeBand.ADULT): 46, ("F", AgeBand.UNDER_18): 9},
    }
    event = record_event(encoded_by=focal_point, is_demo=True, **facts)
    open_poll(event=event, by=focal_point, question=QUESTION, answer="yes")
    for moment, answers, right in ((PollMoment.BEFORE, 31, 0.45), (PollMoment.AFTER, 29, 0.8)):
        for _rank in range(answers):
            cast_ballot(
                event=event,
                moment=moment,
                answer="yes" if draw.random() < right else "no",
                uuid=uuid.UUID(int=draw.getrandbits(128)),
                on=event.held_on,
            )
    facts["headcounts"] = {**facts["headcounts"], ("", AgeBand.UNKNOWN): 4}
    change_event(event=event, by=focal_point, **facts)
    _prove(event, focal_point)
    twice = record_event(encoded_by=focal_point, is_demo=True, **facts)
    cancel_event(event=twice, by=focal_point, reason="Fiche saisie deux fois (démonstration).")


def _in_bamako(bamako: Territory, trainer: User, committee: User) -> None:
    """What a trainer noted: one event without proof, one sent back with a question."""
    facts: EventFacts = {
        "kind": "SECTOR_MEETING",
        "sector": Sector.TRANSPORT,
        "title": "Rencontre avec les chauffeurs de la gare routière (démonstration)",
        "territory": bamako,
        "place": "Gare routière",
        "language": "bamanankan",
        "theme": AwarenessTheme.SIGNS,
        "held_on": datetime.date(2026, 11, 18),
        "headcounts": {("M", AgeBand.ADULT): 37, ("F", AgeBand.ADULT): 5},
    }
    record_event(encoded_by=trainer, is_demo=True, **facts)
    facts["title"] = "Rencontre avec les commerçants du marché (démonstration)"
    facts["sector"], facts["place"] = Sector.TRADE, "Grand marché"
    facts["headcounts"] = {("M", AgeBand.ADULT): 40, ("F", AgeBand.ADULT): 60}
    asked = record_event(encoded_by=trainer, is_demo=True, **facts)
    _prove(asked, trainer)
    return_event(event=asked, by=committee, question="Ces effectifs ronds ont-ils été comptés ?")


def _prove(event: AwarenessEvent, by: User) -> None:
    store_evidence(
        kind=EvidenceKind.EVENT_PROOF,
        content=f"Fiche signée de l'action {event.code} (démonstration)".encode(),
        name=f"fiche-signee-{event.code}.txt",
        event=event,
        by=by,
    )


def _answers(text: str) -> tuple[int, int] | None:
    """`60/31`: sixty answers, thirty-one right."""
    if not text:
        return None
    answers, knowing = text.split("/")
    return int(answers), int(knowing)


def _hand_over(draw: random.Random, territories: dict[str, Territory], committee: User) -> None:
    rows = [
        *HANDOVERS,
        ("SHEET", "Fiche des signes d'alerte", "1", "250", "2026-11-12", "segou", ""),
    ]
    for kind, title, edition, copies, day, region, receipt in rows:
        place = territories[region]
        name = f"{draw.choice(RECEIVERS)} de {place.name} (démonstration)"
        record_dissemination(
            document_kind=kind,
            title=title,
            edition=edition,
            copies=int(copies),
            handed_on=datetime.date.fromisoformat(day),
            territory=place,
            recipient=find_organization(name=name, territory=place),
            receipt_reference=receipt,
            receipt=(f"{receipt}.txt", f"Reçu {receipt} (démonstration)".encode())
            if receipt
            else None,
            by=committee,
            is_demo=True,
        )
    mistake = record_dissemination(
        document_kind="SHEET",
        title="Fiche des signes d'alerte",
        edition="1",
        copies=2500,
        handed_on=datetime.date(2026, 11, 12),
        territory=territories["segou"],
        by=committee,
        is_demo=True,
    )
    void_dissemination(
        dissemination=mistake, by=committee, reason="Un zéro de trop : 250 fiches (démonstration)."
    )


def _download(draw: random.Random) -> None:
    """A few days of the printable sheets."""
    for page in AwarenessPage.objects.live().filter(locale__language_code="fr").order_by("path"):
        for day in (9, 16, 23):
            for _once in range(draw.randint(1, 6)):
                count_download(
                    document=f"fiche-fr-{page.slug}",
                    title=f"Fiche : {page.title}",
                    on=datetime.date(2026, 11, day),
                )
