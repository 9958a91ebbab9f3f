"""Open a training session with its half-days."""

import datetime
from argparse import ArgumentParser, ArgumentTypeError
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Territory
from accounts.phones import InvalidPhone, normalise_phone
from courses.models import CurriculumPage
from trainers.attendance.cells import UnreadableCell, read_territory
from trainers.attendance.sheet_import import territory_names
from trainers.enums import SessionRole, SessionType
from trainers.models import Trainer, TrainingSession
from trainers.participation.rule_sets import NoRuleSet
from trainers.sessions.planning import (
    SessionRefused,
    TrainerNotQualified,
    assign_trainer,
    create_session,
)

MAX_SEATS = 10_000
LAST_YEAR = 2100
TYPES = {
    "training": SessionType.TRAINING,
    "tot": SessionType.TOT,
    "awareness": SessionType.AWARENESS,
}


class Command(BaseCommand):
    help = (
        "Ouvre une session de formation : demi-journées matin et après-midi sur des jours qui se "
        "suivent. Exemple : create_session SEG-2025-01 --curriculum comprendre-reperer-signaler "
        "--start 2025-05-12 --slots 4 --slot-hours 3.5 --territory segou"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="code unique de la session, par exemple SEG-2025-01")
        parser.add_argument("--curriculum", required=True, help="adresse courte du curriculum")
        parser.add_argument("--start", required=True, type=_day, help="premier jour, AAAA-MM-JJ")
        parser.add_argument("--slots", required=True, type=int, help="nombre de demi-journées")
        parser.add_argument(
            "--slot-hours", required=True, type=_minutes, help="heures par demi-journée, ex. 3.5"
        )
        parser.add_argument(
            "--territory", required=True, help="code ou nom d'une région ou d'un cercle"
        )
        parser.add_argument(
            "--type", choices=sorted(TYPES), default="training", help="training par défaut"
        )
        parser.add_argument("--title", default="", help="intitulé ; celui du curriculum par défaut")
        parser.add_argument("--venue", default="", help="lieu, en clair")
        parser.add_argument("--seats", type=_seats, help="nombre de places")
        parser.add_argument(
            "--lead-trainer", default="", help="téléphone ou matricule du formateur principal"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            session = _open(options)
        except (SessionRefused, TrainerNotQualified, NoRuleSet) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Session {session.code} ouverte : « {session.title} », {session.territory}, du "
            f"{session.starts_on:%d/%m/%Y} au {session.ends_on:%d/%m/%Y}, "
            f"{session.slots.count()} demi-journée(s)."
        )


@transaction.atomic
def _open(options: dict[str, Any]) -> TrainingSession:
    session = create_session(
        code=options["code"],
        curriculum=_curriculum(options["curriculum"]),
        starts_on=options["start"],
        slot_count=options["slots"],
        slot_minutes=options["slot_hours"],
        territory=_territory(options["territory"]),
        type=TYPES[options["type"]],
        title=options["title"],
        venue=options["venue"],
        seats=options["seats"],
    )
    if options["lead_trainer"]:
        trainer = _trainer(options["lead_trainer"])
        assign_trainer(session=session, trainer=trainer, role=SessionRole.LEAD_TRAINER)
    return session


def _curriculum(slug: str) -> CurriculumPage:
    curriculum = CurriculumPage.objects.live().filter(slug=slug).first()
    if curriculum is None:
        known = ", ".join(CurriculumPage.objects.live().values_list("slug", flat=True)[:10])
        raise CommandError(
            f"Aucun curriculum publié ne s'appelle « {slug} ». Connus : {known or 'aucun'}."
        )
    return curriculum


def _territory(name: str) -> Territory:
    """By code, or by name as attendance sheets write it: « Bamako », « Région de Ségou »."""
    territory = Territory.objects.filter(code=name.lower()).first()
    if territory is None:
        try:
            code = read_territory(name, territory_names())
        except UnreadableCell as refusal:
            raise CommandError(f"« {name} » n'est ni une région ni un cercle connu.") from refusal
        territory = Territory.objects.filter(code=code).first()
    if territory is None:
        raise CommandError("Donnez un territoire : le code ou le nom d'une région ou d'un cercle.")
    return territory


def _trainer(identifier: str) -> Trainer:
    trainers = Trainer.objects.filter(person__merged_into=None)
    trainer = trainers.filter(person__matricule__iexact=identifier).order_by("pk").first()
    if trainer is None:
        try:
            phone = normalise_phone(identifier)
        except InvalidPhone:
            phone = None
        found = list(trainers.filter(person__phone=phone)[:2]) if phone else []
        trainer = found[0] if len(found) == 1 else None
    if trainer is None:
        raise CommandError(f"Aucun formateur du répertoire n'a « {identifier} » pour identifiant.")
    return trainer


def _day(text: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"« {text} » n'est pas une date AAAA-MM-JJ.") from error
    if day.year > LAST_YEAR:
        raise ArgumentTypeError(f"« {text} » est une date trop lointaine.")
    return day


def _seats(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_SEATS:
        raise ArgumentTypeError(f"« {text} » n'est pas un nombre de places (1 à {MAX_SEATS}).")
    return int(text)


def _minutes(text: str) -> int:
    try:
        minutes = Decimal(text.replace(",", ".")) * 60
    except InvalidOperation as error:
        raise ArgumentTypeError(f"« {text} » n'est pas un nombre d'heures.") from error
    if not minutes.is_finite() or minutes != minutes.to_integral_value():
        raise ArgumentTypeError(f"« {text} » ne fait pas un nombre entier de minutes.")
    return int(minutes)
