"""The registry at work: grounds and proofs, trainers of trainers, who is asked, a suspension.

Sessions to come depend on the day on which the world is built: without one, nobody is asked.
"""

import datetime
import random
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from accounts.models import Profession, Territory, User
from accounts.people import create_person, open_posting
from courses.models import CurriculumPage
from elearning.demo.names import FAMILY_NAMES, FEMALE_NAMES
from elearning.demo.schedule import CURRICULA
from trainers.enums import Language, QualificationBasis, QualificationLevel, SessionRole
from trainers.models import SessionTrainer, Trainer, TrainingSession
from trainers.registry.availability import add_unavailability
from trainers.registry.grounds import GroundRefused, record_ground
from trainers.registry.moves import suspend_trainer
from trainers.registry.qualifying import SESSION_ROLES_THAT_ANIMATE
from trainers.registry.records import SpokenLanguage, grant_qualification, register_trainer
from trainers.sessions.lock import WAITING_STATES
from trainers.staffing.calls import apply_to_call, calls_for, open_call
from trainers.staffing.invitations import decline_invitation, invite_trainer

WITH_GROUNDS = 6
MASTERS = 2
MASTERS_SINCE = datetime.date(2026, 1, 12)
SUSPENDED_RANK = 13
SEED = 5


def play_registry(*, trainers: Sequence[Trainer], committee: User) -> None:
    """Play the registry through the acts of real use, after the sessions."""
    draw = random.Random(SEED)
    for trainer in trainers[:WITH_GROUNDS]:
        _found(draw, trainer, committee)
    _name_masters(trainers[:MASTERS], committee)
    suspend_trainer(
        trainer=trainers[SUSPENDED_RANK],
        reason="Absences répétées, en cours d'examen (démonstration)",
        by=committee,
    )
    _enter_candidate(draw, committee)
    today = timezone.localdate()
    add_unavailability(
        trainer=trainers[3],
        starts_on=today,
        ends_on=today + datetime.timedelta(days=20),
        reason="Mission à l'extérieur (démonstration)",
    )
    coming = (
        TrainingSession.objects.filter(
            is_demo=True, starts_on__gt=today, state__in=WAITING_STATES, mode="ROOM"
        )
        .order_by("starts_on", "code")
        .first()
    )
    if coming is not None:
        _ask(trainers, coming, committee, today)


def _enter_candidate(draw: random.Random, committee: User) -> None:
    """One candidate who still lacks a co-facilitation with a qualified trainer."""
    segou = Territory.objects.get(code="segou")
    person = create_person(
        family_name=draw.choice(FAMILY_NAMES),
        given_name=draw.choice(FEMALE_NAMES),
        sex="F",
        matricule="FORM-CANDIDATE",
        profession=Profession.objects.order_by("position")[0],
        is_demo=True,
    )
    open_posting(person=person, organization=None, territory=segou, started_on=None)
    candidate = register_trainer(
        person=person,
        base_territory=segou,
        travel=[],
        languages=[
            SpokenLanguage(Language.FRENCH, can_animate=True, can_answer=True),
            SpokenLanguage(Language.BAMANANKAN, can_animate=True, can_answer=True),
        ],
        expertise=(),
    )
    facts: dict[str, Any] = {
        "trainer": candidate,
        "curriculum": CurriculumPage.objects.get(slug=CURRICULA["CRS"]),
        "by": committee,
    }
    record_ground(
        **facts,
        basis=QualificationBasis.TRAINING_OF_TRAINERS,
        happened_on=datetime.date(2026, 2, 27),
        content=_paper("formation de formateurs", candidate, "candidate"),
        name="attestation-demonstration.txt",
    )
    record_ground(
        **facts,
        basis=QualificationBasis.OBSERVATION,
        happened_on=datetime.date(2026, 4, 16),
        score=78,
        content=_paper("fiche d'observation", candidate, "candidate"),
        name="observation-demonstration.txt",
    )


def _name_masters(trainers: Sequence[Trainer], committee: User) -> None:
    """Those who may lead a training of trainers, in the first curriculum that they teach."""
    for trainer in trainers:
        held = trainer.qualifications.select_related("curriculum").order_by("granted_on", "pk")
        grant_qualification(
            trainer=trainer,
            curriculum=held[0].curriculum,
            granted_on=MASTERS_SINCE,
            level=QualificationLevel.MASTER,
            granted_by="Comité (démonstration)",
            exception_reason="Dossier d'avant la plateforme (démonstration)",
            by=committee,
        )


def _found(draw: random.Random, trainer: Trainer, committee: User) -> None:
    """Training of trainers, a real session shared with a qualified trainer, an observation."""
    animated = (
        SessionTrainer.objects.filter(trainer=trainer, role__in=SESSION_ROLES_THAT_ANIMATE)
        .select_related("session__curriculum")
        .order_by("session__starts_on", "session__code")
    )
    for row in animated:
        session = row.session
        facts: dict[str, Any] = {
            "trainer": trainer,
            "curriculum": session.curriculum,
            "by": committee,
        }
        try:
            record_ground(
                **facts,
                basis=QualificationBasis.CO_FACILITATION,
                session=session,
                content=_paper("co-animation", trainer, session.code),
                name="co-animation-demonstration.txt",
            )
        except GroundRefused:
            continue  # alone, or still to come: no co-facilitation there
        record_ground(
            **facts,
            basis=QualificationBasis.TRAINING_OF_TRAINERS,
            happened_on=datetime.date(2023, 2, 20),
            content=_paper("formation de formateurs", trainer, session.curriculum.slug),
            name="attestation-demonstration.txt",
        )
        record_ground(
            **facts,
            basis=QualificationBasis.OBSERVATION,
            happened_on=session.ends_on,
            score=draw.randrange(64, 92),
            content=_paper("fiche d'observation", trainer, session.code),
            name="observation-demonstration.txt",
        )
        return


def _ask(
    trainers: Sequence[Trainer], session: TrainingSession, committee: User, day: datetime.date
) -> None:
    """A call that somebody answered, an invitation that waits, another that was declined."""
    team = set(session.session_trainers.values_list("trainer", flat=True))
    free = [one for one in trainers if one.pk not in team]
    open_call(
        session=session,
        closes_on=session.starts_on - datetime.timedelta(days=1),
        message="Public de première ligne ; transport et hébergement pris en charge.",
        by=committee,
    )
    applying = next((one for one in free[5:] if calls_for(one, day).exists()), None)
    if applying is not None:
        apply_to_call(
            call=session.trainer_call, trainer=applying, note="Disponible toute la semaine."
        )
    invite_trainer(session=session, trainer=free[0], role=SessionRole.CO_TRAINER, by=committee)
    declined = invite_trainer(
        session=session, trainer=free[1], role=SessionRole.CO_TRAINER, by=committee
    )
    decline_invitation(invitation=declined, by_trainer=True, note="Déjà pris ces jours-là.")


def _paper(kind: str, trainer: Trainer, about: str) -> bytes:
    return (
        f"Pièce fictive de démonstration - {kind} - {trainer.person.matricule} - {about}\n".encode()
    )
