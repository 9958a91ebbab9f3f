"""Bring what a file says of an old session to records: curriculum, place, trainers, half-days."""

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.headings import cell_text
from accounts.models import Territory, User
from accounts.names import fold, name_key
from accounts.roles import territory_ids_in_scope
from courses.models import CurriculumPage
from trainers.attendance.cells import UnreadableCell, read_territory
from trainers.attendance.reference_words import territory_names
from trainers.attendance.slot_columns import AFTERNOON, MORNING, SlotRef
from trainers.backlog.old_cells import UnreadableFact, read_day, read_minutes, read_whole
from trainers.enums import SessionRole, SessionType, TrainerState
from trainers.models import Qualification, Trainer
from trainers.registry.qualifying import LEADING_LEVELS
from trainers.sessions.codes import dated_code

FIRST_DAY = datetime.date(2023, 1, 1)  # the plan's; no counting rule is older
_TYPES = {
    **{fold(label): value for value, label in SessionType.choices},
    "sensibilisation": SessionType.AWARENESS,
    "formation de formateur": SessionType.TOT,
    "tot": SessionType.TOT,
    "": SessionType.TRAINING,
}
_BETWEEN_TRAINERS = re.compile(r"[;\n]| / ")
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")
T = TypeVar("T")


@dataclass
class SessionFacts:
    """An old session as it would be opened; with an `errors` sentence it is not."""

    code: str = ""
    title: str = ""
    type: str = SessionType.TRAINING
    curriculum: CurriculumPage | None = None
    territory: Territory | None = None
    venue: str = ""
    funder: str = ""
    no_test_reason: str = ""
    starts_on: datetime.date | None = None
    slot_count: int = 0
    slot_minutes: int = 0
    trainers: list[tuple[Trainer, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def slots(self) -> list[SlotRef]:
        """Half-days as `trainers.sessions.planning.create_session` opens them."""
        return [
            SlotRef(
                position,
                (position + 1) // 2,
                MORNING if position % 2 else AFTERNOON,
                self.starts_on and self.starts_on + datetime.timedelta(days=(position - 1) // 2),
            )
            for position in range(1, self.slot_count + 1)
        ]


class FactReader:
    """Reads the facts of any number of sessions; what they name is loaded once."""

    def __init__(self, by: User | None) -> None:
        self.scope = None if by is None else territory_ids_in_scope(by)
        self.curricula = list(CurriculumPage.objects.live().order_by("title"))
        self.names = territory_names()
        self.territories = {
            one.code: one for one in Territory.objects.select_related("parent").all()
        }
        trainers = Trainer.objects.filter(person__merged_into=None).select_related("person")
        self.trainers = list(trainers.order_by("pk"))
        self.qualifications: dict[tuple[int, int], list[Qualification]] = defaultdict(list)
        for one in Qualification.objects.filter(withdrawn_on=None):
            self.qualifications[one.trainer_id, one.curriculum_id].append(one)
        self.codes: dict[str, int] = {}

    def read(self, told: Mapping[str, object]) -> SessionFacts:
        """Return the session that a file tells of, with its errors and warnings."""
        facts = SessionFacts(
            title=cell_text(told.get("title"))[:200],
            venue=cell_text(told.get("venue"))[:160],
            funder=cell_text(told.get("funder"))[:120],
            no_test_reason=cell_text(told.get("no_test_reason")),
        )
        facts.type = self._type(facts, told)
        facts.curriculum = self._curriculum(facts, cell_text(told.get("curriculum")))
        facts.territory = self._territory(facts, told)
        self._days(facts, told)
        facts.code = self._code(facts, cell_text(told.get("code")))
        self._trainers(facts, cell_text(told.get("trainers")))
        return facts

    def _type(self, facts: SessionFacts, told: Mapping[str, object]) -> str:
        text = cell_text(told.get("type"))
        kind = _TYPES.get(fold(text))
        if kind is None:
            facts.errors.append(
                _("Type de session : « %(text)s » n'est pas connu (%(known)s).")
                % {"text": text, "known": ", ".join(str(one.label) for one in SessionType)}
            )
        return kind or SessionType.TRAINING

    def _curriculum(self, facts: SessionFacts, text: str) -> CurriculumPage | None:
        key = fold(text)
        exact = [one for one in self.curricula if key in (fold(one.title), fold(one.slug))]
        found = exact or [one for one in self.curricula if key and fold(one.title).startswith(key)]
        if len(found) == 1:
            return found[0]
        known = " ; ".join(f"« {one.title} »" for one in self.curricula[:10])
        facts.errors.append(
            _("Curriculum : « %(text)s » n'est pas connu. Écrivez l'un de ceux-ci : %(known)s.")
            % {"text": text or "—", "known": known or "—"}
        )
        return None

    def _territory(self, facts: SessionFacts, told: Mapping[str, object]) -> Territory | None:
        value = told.get("territory")
        try:
            code = read_territory(value, self.names)
        except UnreadableCell as refusal:
            facts.errors.append(
                _("Lieu : « %(text)s » %(refusal)s.")
                % {"text": cell_text(value), "refusal": refusal}
            )
            return None
        territory = self.territories.get(code)
        if territory is None:
            facts.errors.append(_("Il manque la région ou le cercle du lieu."))
        elif self.scope is not None and territory.pk not in self.scope:
            facts.errors.append(
                _("« %(place)s » n'est pas de votre territoire : demandez à son point focal.")
                % {"place": territory.name}
            )
        return territory

    def _days(self, facts: SessionFacts, told: Mapping[str, object]) -> None:
        facts.starts_on = _read(facts, told, "starts_on", _("Premier jour"), read_day)
        ends_on = _read(facts, told, "ends_on", _("Dernier jour"), read_day)
        count = _read(facts, told, "slot_count", _("Nombre de demi-journées"), read_whole)
        minutes = _read(facts, told, "slot_hours", _("Heures par demi-journée"), read_minutes)
        if facts.starts_on is None:
            facts.errors.append(_("Il manque le premier jour de la session."))
            return
        if count is None and ends_on is not None and ends_on >= facts.starts_on:
            count = 2 * ((ends_on - facts.starts_on).days + 1)
        if not count or count > 60:
            facts.errors.append(_("Il manque le nombre de demi-journées (de 1 à 60)."))
            return
        if minutes is None or not 30 <= minutes <= 720:
            facts.errors.append(_("Il manque les heures par demi-journée (de 0,5 à 12)."))
            return
        facts.slot_count, facts.slot_minutes = count, minutes
        last = facts.starts_on + datetime.timedelta(days=(count + 1) // 2 - 1)
        if facts.starts_on < FIRST_DAY or last >= timezone.localdate():
            facts.errors.append(
                _("Une session ancienne a commencé en 2023 ou après, et elle est finie.")
            )
        if ends_on is not None and ends_on != last:
            facts.warnings.append(
                _("Le dernier jour compté est le %(day)s : les demi-journées se suivent.")
                % {"day": last.strftime("%d/%m/%Y")}
            )

    def _code(self, facts: SessionFacts, code: str) -> str:
        """The code in the file, or one that the same file always gives again."""
        if not code and facts.territory is not None and facts.starts_on is not None:
            code = dated_code(facts.territory, facts.starts_on)
            self.codes[code] = self.codes.get(code, 0) + 1
            if self.codes[code] > 1:
                code = f"{code}-{self.codes[code]}"
        return code

    def _trainers(self, facts: SessionFacts, text: str) -> None:
        """Who is named leads only when qualified on those days; nobody is qualified by a file."""
        for name in filter(None, (part.strip() for part in _BETWEEN_TRAINERS.split(text))):
            trainer = self._known(name)
            if trainer is None:
                facts.warnings.append(
                    _(
                        "« %(name)s » n'est pas au répertoire des formateurs : "
                        "son nom n'est pas lié."
                    )
                    % {"name": name}
                )
                continue
            if trainer.state == TrainerState.SUSPENDED:
                facts.warnings.append(
                    _("%(name)s : inscription au répertoire suspendue, son nom n'est pas lié.")
                    % {"name": trainer}
                )
                continue
            role: str = SessionRole.OBSERVER
            levels = self._levels_of(trainer, facts)
            if levels:
                has_lead = any(one[1] == SessionRole.LEAD_TRAINER for one in facts.trainers)
                leads = not has_lead and not LEADING_LEVELS.isdisjoint(levels)
                role = SessionRole.LEAD_TRAINER if leads else SessionRole.TRAINER
            else:
                facts.warnings.append(
                    _(
                        "%(name)s n'a pas d'habilitation à ces dates : noté comme observateur, "
                        "jamais comme formateur."
                    )
                    % {"name": trainer}
                )
            if all(one[0] != trainer for one in facts.trainers):
                facts.trainers.append((trainer, role))

    def _levels_of(self, trainer: Trainer, facts: SessionFacts) -> set[str]:
        """Levels at which the trainer was qualified on every day of the session (domain §5)."""
        last = facts.slots[-1].held_on if facts.slots else None
        if facts.curriculum is None or facts.starts_on is None or last is None:
            return set()
        return {
            one.level
            for one in self.qualifications.get((trainer.pk, facts.curriculum.pk), ())
            if one.granted_on <= facts.starts_on and one.expires_on >= last
        }

    def _known(self, text: str) -> Trainer | None:
        """By matricule, alone or in brackets, else by a name that one trainer only has."""
        marks = {fold(text), *map(fold, _IN_BRACKETS.findall(text))}
        by_matricule = [
            one
            for one in self.trainers
            if one.person.matricule and fold(one.person.matricule) in marks
        ]
        key = name_key(_IN_BRACKETS.sub(" ", text))
        by_name = [one for one in self.trainers if one.person.name_key == key]
        found = by_matricule or by_name
        return found[0] if len(found) == 1 else None


def _read(
    facts: SessionFacts,
    told: Mapping[str, Any],
    name: str,
    label: str,
    reader: Callable[[object], T | None],
) -> T | None:
    value = told.get(name)
    try:
        return reader(value)
    except UnreadableFact as refusal:
        facts.errors.append(f"{label} : « {cell_text(value)} » {refusal}.")
        return None
