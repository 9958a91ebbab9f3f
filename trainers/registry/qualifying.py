"""What founds a new qualification (domain §5), and what is missing, in sentences. Plain values."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

OBSERVATION_THRESHOLD = 70  # points of 100: as much as is asked of a learner (domain §2)
TRAINING_OF_TRAINERS, CO_FACILITATION, OBSERVATION = "TOT", "CO_FACILITATION", "OBSERVATION"
BASES = (TRAINING_OF_TRAINERS, CO_FACILITATION, OBSERVATION)
MASTER = "MASTER"
LEADING_LEVELS = frozenset({"LEAD", MASTER})
TRAINS_TRAINERS = "TOT"  # the type of a session
SESSION_ROLES_THAT_ANIMATE = frozenset({"CO_TRAINER", "TRAINER", "LEAD_TRAINER"})

_ABSENT = {
    TRAINING_OF_TRAINERS: "Il manque la formation de formateurs réussie.",
    CO_FACILITATION: (
        "Il manque une co-animation d'une session réelle avec un formateur habilité."
    ),
    OBSERVATION: "Il manque une fiche d'observation.",
}
_UNPROVEN = {
    TRAINING_OF_TRAINERS: "Il manque la preuve de la formation de formateurs.",
    CO_FACILITATION: "Il manque la preuve de la co-animation.",
    OBSERVATION: "Il manque la fiche d'observation elle-même, en fichier.",
}


@dataclass(frozen=True)
class GroundFacts:
    """One ground on record for a curriculum; `score` in points of 100, of an observation only."""

    basis: str
    happened_on: datetime.date
    has_proof: bool
    score: int | None = None


def missing_grounds(grounds: Iterable[GroundFacts], *, day: datetime.date) -> list[str]:
    """Say what a qualification granted that day lacks; [] when its three grounds are there.

    A ground counts from its day on, with its proof; an observation at 70 points of 100 or more.
    """
    known = [one for one in grounds if one.happened_on <= day]
    sentences = (_missing([one for one in known if one.basis == basis], basis) for basis in BASES)
    return [sentence for sentence in sentences if sentence]


def missing_for_level(level: str, levels_held: Collection[str]) -> list[str]:
    """Say what a level asks besides the grounds: who trains trainers is a lead trainer already."""
    if level == MASTER and not LEADING_LEVELS & set(levels_held):
        return [
            "Il faut déjà être formateur principal de ce curriculum pour former des formateurs."
        ]
    return []


def levels_that_lead(session_type: str, *, is_over: bool = False) -> frozenset[str]:
    """Return which levels may lead a session: a training of trainers asks for who trains trainers.

    What was held before the rule was written down stays as it was: a session that is over asks for
    a lead trainer, as any other.
    """
    if session_type == TRAINS_TRAINERS and not is_over:
        return frozenset({MASTER})
    return LEADING_LEVELS


def co_facilitation_refusal(
    *, role: str, is_same_curriculum: bool, is_over: bool, has_qualified_colleague: bool
) -> str:
    """Say why a session is no co-facilitation of this trainer; "" when it is one.

    `role` is the trainer's own in that session, "" for none.
    """
    if role not in SESSION_ROLES_THAT_ANIMATE:
        return (
            "Cette personne n'a pas co-animé cette session : aucun rôle d'animation n'y est noté."
        )
    if not is_same_curriculum:
        return "Cette session porte sur un autre curriculum."
    if not is_over:
        return "Cette session n'est pas terminée, ou elle est annulée."
    if not has_qualified_colleague:
        return "Aucun autre formateur de cette session n'était habilité pour ce curriculum."
    return ""


def observation_refusal(basis: str, score: int | None) -> str:
    """Say why a ground's score does not fit; "" when it does. Only an observation has one."""
    if basis == OBSERVATION and score is None:
        return "Une fiche d'observation porte une note, sur 100 points."
    if basis != OBSERVATION and score is not None:
        return "Seule une fiche d'observation porte une note."
    if score is not None and not 0 <= score <= 100:
        return "La note va de 0 à 100 points."
    return ""


def _missing(grounds: list[GroundFacts], basis: str) -> str:
    if not grounds:
        return _ABSENT[basis]
    if basis == OBSERVATION:
        best = max((one.score or 0 for one in grounds), default=0)
        grounds = [one for one in grounds if (one.score or 0) >= OBSERVATION_THRESHOLD]
        if not grounds:
            return (
                f"La meilleure fiche d'observation est à {best} points sur 100, pour "
                f"{OBSERVATION_THRESHOLD} au moins."
            )
    if not any(one.has_proof for one in grounds):
        return _UNPROVEN[basis]
    return ""
