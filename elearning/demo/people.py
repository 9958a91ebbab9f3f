"""Fictitious participants: who they are, where they serve, how they write their phone number."""

import random
from dataclasses import dataclass, field

from elearning.demo.names import FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES

# Where each profession serves, as an attendance sheet writes it.
WORKPLACES = {
    "magistrat-siege": "Tribunal de grande instance",
    "magistrat-parquet": "Parquet près le tribunal de grande instance",
    "greffier": "Greffe du tribunal de grande instance",
    "avocat": "Barreau du Mali",
    "opj-police": "Commissariat de police",
    "opj-gendarmerie": "Brigade territoriale de gendarmerie",
    "police": "Commissariat de police",
    "gendarme": "Groupement de gendarmerie",
    "agent-frontiere": "Poste frontière",
    "travailleur-social": "Service du développement social",
    "psychologue": "Centre de santé de référence",
    "professionnel-sante": "Centre de santé de référence",
    "leader-communautaire": "Communauté locale",
    "inspecteur-travail": "Inspection du travail",
    "agent-centre": "Centre d'accueil et de transit",
    "maitre-coranique": "École coranique",
    "elu-local": "Conseil communal",
    "agent-diplomatique": "Ministère des Affaires étrangères",
    "agent-etat": "Direction régionale",
    "osc": "Organisation de la société civile",
    "point-focal-donnees": "Comité régional de coordination",
    "autre": "Structure locale",
}
PHONE_SHAPES = ("{0} {1} {2} {3}", "{0}{1}{2}{3}", "+223 {0} {1} {2} {3}", "{0}-{1}-{2}-{3}")


@dataclass
class DemoPerson:
    """One fictitious person; `ability` is on the logit scale of `answers`."""

    family_name: str
    given_name: str
    sex: str
    phone: str
    profession: str
    region: str
    region_name: str
    ability: float
    profession_name: str = ""
    sessions: list[str] = field(default_factory=list)

    @property
    def organization(self) -> str:
        workplace = WORKPLACES[self.profession]
        return workplace if self.profession == "avocat" else f"{workplace} de {self.region_name}"


class Population:
    """Draws new people and brings some of the earlier ones back, never twice in one session."""

    def __init__(self, draw: random.Random, *, profession_names: dict[str, str]) -> None:
        self.draw = draw
        self.profession_names = profession_names
        self.people: list[DemoPerson] = []
        self._phones: set[str] = set()
        self._names: set[tuple[str, str]] = set()

    def new_person(self, *, profession: str, region: str, region_name: str) -> DemoPerson:
        sex = "F" if self.draw.random() < 0.36 else "M"
        person = DemoPerson(
            family_name="",
            given_name="",
            sex=sex,
            phone=self._new_phone(),
            profession=profession,
            region=region,
            region_name=region_name,
            ability=self.draw.gauss(0.0, 0.75),
            profession_name=self.profession_names[profession],
        )
        person.family_name, person.given_name = self._new_name(sex)
        self.people.append(person)
        return person

    def returning(self, *, region: str, professions: set[str], code: str) -> DemoPerson | None:
        """Somebody of that region and trade who already came to another session."""
        known = [
            person
            for person in self.people
            if person.region == region and person.profession in professions and person.sessions
        ]
        return self._one_of(known, code)

    def back_from(self, earlier: str, *, code: str) -> DemoPerson | None:
        """Somebody who came to that earlier session and is not yet invited to this one."""
        return self._one_of([one for one in self.people if earlier in one.sessions], code)

    def _one_of(self, known: list[DemoPerson], code: str) -> DemoPerson | None:
        free = [person for person in known if code not in person.sessions]
        return self.draw.choice(free) if free else None

    def _new_phone(self) -> str:
        while True:
            phone = self.draw.choice("5679") + "".join(
                self.draw.choice("0123456789") for _digit in range(7)
            )
            if phone not in self._phones:
                self._phones.add(phone)
                return phone

    def _new_name(self, sex: str) -> tuple[str, str]:
        given = FEMALE_NAMES if sex == "F" else MALE_NAMES
        while True:
            name = (self.draw.choice(FAMILY_NAMES), self.draw.choice(given))
            if name not in self._names or len(self._names) > 1200:
                self._names.add(name)
                return name


def written_phone(draw: random.Random, phone: str) -> str:
    """The number as somebody might write it on a sheet."""
    pairs = [phone[start : start + 2] for start in range(0, 8, 2)]
    return draw.choice(PHONE_SHAPES).format(*pairs)
