"""Who may receive what, rung by rung."""

import pytest

from certificates.eligibility import (
    Standing,
    attestation_refusal,
    best_kind,
    certificate_refusal,
)

NOT_TRAINED = "La durée ou l'assiduité n'atteint pas le seuil d'une formation complète."
NO_MARK = "Aucune présence n'est notée."
NOT_HANDED_IN = "La session n'est pas encore soumise à validation par son formateur."
NOT_VALIDATED = "La session n'est pas encore validée par un tiers."
BELOW_MASTERY = "Le post-test n'a pas été passé, ou n'atteint pas le seuil de maîtrise."
UNFINISHED = "Le parcours en ligne n'est pas terminé : il reste des leçons à lire."
CANCELLED = "La session est annulée."
AWARENESS = "Une sensibilisation ne donne pas d'attestation de formation."


@pytest.mark.parametrize(
    ("status", "kind", "state", "attestation", "certificate"),
    [
        ("ENROLLED", "TRAINING", "VALIDATED", NO_MARK, NO_MARK),
        ("PRESENT", "TRAINING", "VALIDATED", NOT_TRAINED, NOT_TRAINED),
        ("INFORMED", "TRAINING", "VALIDATED", NOT_TRAINED, NOT_TRAINED),
        ("TRAINED", "TRAINING", "VALIDATED", "", BELOW_MASTERY),
        ("CERTIFIED", "TRAINING", "VALIDATED", "", ""),
        ("CERTIFIED", "TOT", "VALIDATED", "", ""),
        ("CERTIFIED", "TRAINING", "TO_VALIDATE", "", NOT_VALIDATED),
        ("TRAINED", "TRAINING", "TO_VALIDATE", "", BELOW_MASTERY),
        ("CERTIFIED", "TRAINING", "RUNNING", NOT_HANDED_IN, NOT_HANDED_IN),
        ("CERTIFIED", "TRAINING", "PLANNED", NOT_HANDED_IN, NOT_HANDED_IN),
        ("CERTIFIED", "TRAINING", "CANCELLED", CANCELLED, CANCELLED),
        ("INFORMED", "AWARENESS", "VALIDATED", AWARENESS, AWARENESS),
    ],
)
def test_a_session_gives_what_its_rung_and_state_allow(
    status: str, kind: str, state: str, attestation: str, certificate: str
) -> None:
    standing = Standing(status=status, session_type=kind, session_state=state)

    assert attestation_refusal(standing) == attestation
    assert certificate_refusal(standing) == certificate


@pytest.mark.parametrize(
    ("status", "is_completed", "attestation", "certificate"),
    [
        ("ENROLLED", False, UNFINISHED, UNFINISHED),
        ("CERTIFIED", False, UNFINISHED, UNFINISHED),
        ("ENROLLED", True, "", BELOW_MASTERY),
        ("TRAINED", True, "", BELOW_MASTERY),
        ("CERTIFIED", True, "", ""),
    ],
)
def test_a_run_gives_its_attestation_when_completed(
    status: str, is_completed: bool, attestation: str, certificate: str
) -> None:
    standing = Standing(status=status, is_run_completed=is_completed)

    assert attestation_refusal(standing) == attestation
    assert certificate_refusal(standing) == certificate


@pytest.mark.parametrize(
    ("standing", "kind"),
    [
        (Standing("CERTIFIED", "TRAINING", "VALIDATED"), "CERTIFICATE"),
        (Standing("CERTIFIED", "TRAINING", "TO_VALIDATE"), "ATTESTATION"),
        (Standing("TRAINED", "TRAINING", "VALIDATED"), "ATTESTATION"),
        (Standing("INFORMED", "TRAINING", "VALIDATED"), None),
        (Standing("ENROLLED", is_run_completed=True), "ATTESTATION"),
        (Standing("ENROLLED"), None),
    ],
)
def test_best_kind_is_the_highest_allowed(standing: Standing, kind: str | None) -> None:
    assert best_kind(standing) == kind
