"""Who may receive what: an attestation for having followed, a certificate for having mastered.

Read from the ladder (`trainers.participation.ladder`): nobody types a status here either.
Each refusal is one French sentence, shown to the staff beside the person's name.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["ATTESTATION", "CERTIFICATE"]

TYPES_THAT_TRAIN = frozenset({"TRAINING", "TOT"})
# Handed in: the trainer answers for the marks. Validated: a third person does (domain §3).
HANDED_IN = frozenset({"TO_VALIDATE", "VALIDATED"})
TRAINED = frozenset({"TRAINED", "CERTIFIED"})
UNDUE = "Une attestation obtenue irrégulièrement a été révoquée : aucune autre n'est délivrée."


@dataclass(frozen=True)
class Standing:
    """What decides: the rung, and the session it was reached in or the run that was completed.

    `session_type` and `session_state` are "" for a self-paced run, whose `is_run_completed` says
    whether every lesson was read.
    """

    status: str
    session_type: str = ""
    session_state: str = ""
    is_run_completed: bool = False

    @property
    def is_run(self) -> bool:
        return not self.session_state


def attestation_refusal(standing: Standing) -> str:
    """Say why this person may not receive an attestation of completion; "" when she may.

    A session must have trained the person and be handed in, so that its marks are the trainer's
    word; a self-paced run must be read to its end.
    """
    if standing.is_run:
        if standing.is_run_completed:
            return ""
        return "Le parcours en ligne n'est pas terminé : il reste des leçons à lire."
    return _session_refusal(standing)


def certificate_refusal(standing: Standing) -> str:
    """Say why this person may not receive a certificate; "" when she may.

    Certified on the ladder: trained, and a post-test at mastery. A session must besides have been
    validated by somebody who is neither its trainer nor its encoder (domain §3).
    """
    first = attestation_refusal(standing)
    if first:
        return first
    if standing.status != "CERTIFIED":
        return "Le post-test n'a pas été passé, ou n'atteint pas le seuil de maîtrise."
    if not standing.is_run and standing.session_state != "VALIDATED":
        return "La session n'est pas encore validée par un tiers."
    return ""


def best_kind(standing: Standing) -> Kind | None:
    """Return the highest paper this person may receive today, or None."""
    if not certificate_refusal(standing):
        return "CERTIFICATE"
    return None if attestation_refusal(standing) else "ATTESTATION"


def bars_another(cause: str, *, is_run: bool) -> bool:
    """Say whether a paper revoked for this cause (`RevocationCause`) keeps another from issue.

    One that was obtained unduly always does. In a self-paced run the person alone asks: only a
    correction is replaced there, or a revocation would be undone by one click.
    """
    return cause == "FRAUD" or (is_run and cause != "CORRECTION")


def _session_refusal(standing: Standing) -> str:
    if standing.session_state == "CANCELLED":
        return "La session est annulée."
    if standing.session_type not in TYPES_THAT_TRAIN:
        return "Une sensibilisation ne donne pas d'attestation de formation."
    if standing.status not in TRAINED:
        return _not_trained(standing.status)
    if standing.session_state not in HANDED_IN:
        return "La session n'est pas encore soumise à validation par son formateur."
    return ""


def _not_trained(status: str) -> str:
    if status == "ENROLLED":
        return "Aucune présence n'est notée."
    return "La durée ou l'assiduité n'atteint pas le seuil d'une formation complète."
