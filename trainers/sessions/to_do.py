"""What to do now for a session, in words, with the screen that does it. Reads only."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainers.enums import EvidenceKind, RegistrationState, SessionMode
from trainers.models import (
    AttendanceMark,
    DeclaredPresence,
    Evidence,
    Participation,
    Registration,
    SessionTrainer,
    TrainingSession,
)
from trainers.sessions.checks import has_tests
from trainers.sessions.next_step import SessionFacts, Step, next_step
from trainers.sessions.seats import seats_left
from trainers.sessions.validation import missing_evidence

_ADDRESSES: dict[Step, str] = {
    "APPOINT": "session_trainers",
    "TERMS": "session_preparation",
    "REQUESTS": "session_registrations",
    "FREED": "session_registrations",
    "ENROL": "session_roster",
    "CONFIRM": "session_preparation",
    "DECLARED": "session_declared",
    "NO_MARK": "attendance_upload",
    "COMPLETE": "session_validation",
    "HAND_IN": "session_validation",
    "WAIT": "session_validation",
}


@dataclass(frozen=True)
class ToDo:
    """One sentence; `url` and `label` lead to the screen, or are empty."""

    text: str
    url: str = ""
    label: str = ""


def to_do(session: TrainingSession, *, is_detailed: bool = False) -> ToDo | None:
    """Return the next step of a session, None when there is nothing to say; one query.

    `is_detailed` names what a session that is over still lacks, for a few queries more.
    """
    facts = _facts(session)
    step = next_step(facts, timezone.localdate())
    missing: list[str] = []
    if step == "HAND_IN" and is_detailed:
        missing = missing_evidence(session, has_tests=has_tests(session))
        step = "COMPLETE" if missing else step
    said = _said(session, facts, step, missing)
    if said is None:
        return None
    text, label = said
    name = _ADDRESSES.get(step, "")
    url = reverse(f"trainers:{name}", args=[session.code]) if name else ""
    return ToDo(text, url, label if url else "")


def _facts(session: TrainingSession) -> SessionFacts:
    row = _counts(session)
    left = seats_left(session.seats, row["enrolled"] + row["pending"])
    return SessionFacts(
        state=session.state,
        starts_on=session.starts_on,
        ends_on=session.ends_on,
        is_online=session.mode == SessionMode.ONLINE,
        has_trainer=row["has_trainer"],
        has_terms=row["has_terms"],
        has_marks=row["has_marks"],
        enrolled=row["enrolled"],
        requests=row["pending"],
        has_turn=bool(row["waiting"]) and left != 0,
        declared=int(row["has_declared"]),
    )


def _counts(session: TrainingSession) -> dict[str, Any]:
    """What the session has, in one query."""
    here = {"session": OuterRef("pk")}
    terms = Evidence.objects.filter(kind=EvidenceKind.TERMS_OF_REFERENCE, **here)
    marks = AttendanceMark.objects.filter(participation__session=OuterRef("pk"))
    declared = DeclaredPresence.objects.filter(
        slot__session=OuterRef("pk"), mark=None, refused_at=None
    )
    asked = Registration.objects.filter(**here)
    facts = {
        "has_trainer": Exists(SessionTrainer.objects.filter(**here)),
        "has_terms": Exists(terms),
        "has_marks": Exists(marks),
        "has_declared": Exists(declared),
        "enrolled": _count(Participation.objects.filter(**here)),
        "pending": _count(asked.filter(state=RegistrationState.PENDING)),
        "waiting": _count(asked.filter(state=RegistrationState.WAITING)),
    }
    row: dict[str, Any] = dict(TrainingSession.objects.values(**facts).get(pk=session.pk))
    return row


def _count(of_session: QuerySet[Any]) -> Coalesce:
    """How many rows point to the session of the outer query, without joining them."""
    counted = of_session.order_by().values("session").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _said(
    session: TrainingSession, facts: SessionFacts, step: Step, missing: list[str]
) -> tuple[str, str] | None:
    if step in ("DONE", "READY", "CALL", "FOLLOW"):
        return _unlinked(step)
    if step == "CANCELLED":
        return _("Session annulée : %(reason)s") % {"reason": session.cancellation_reason}, ""
    if step == "REQUESTS":
        text = ngettext(
            "%(count)d demande d'inscription attend votre réponse.",
            "%(count)d demandes d'inscription attendent votre réponse.",
            facts.requests,
        )
        return text % {"count": facts.requests}, _("Examiner")
    if step == "COMPLETE":
        return " ".join(missing[:2]), _("Compléter le dossier")
    return _before(step) or _after(step)


def _before(step: Step) -> tuple[str, str] | None:
    said: dict[Step, tuple[str, str]] = {
        "APPOINT": (_("Désignez qui animera la session."), _("Désigner un formateur")),
        "FREED": (
            _("Une place est libre pour la liste d'attente : proposez-la."),
            _("Voir qui attend"),
        ),
        "TERMS": (
            _("Joignez les termes de référence : la plateforme peut les écrire."),
            _("Générer ou joindre"),
        ),
        "ENROL": (
            _("Inscrivez les participants, ou ouvrez le lien d'inscription."),
            _("Faire la liste"),
        ),
        "CONFIRM": (_("Tout est prêt : confirmez la session."), _("Confirmer")),
    }
    return said.get(step)


def _after(step: Step) -> tuple[str, str]:
    said: dict[Step, tuple[str, str]] = {
        "DECLARED": (
            _("Des participants se sont déclarés présents : confirmez-les, ou écartez-les."),
            _("Voir les déclarations"),
        ),
        "NO_MARK": (
            _("La session est passée et aucune présence n'est notée : faites l'appel."),
            _("Ou importer la feuille"),
        ),
        "HAND_IN": (
            _("La session est passée : vérifiez son dossier, puis soumettez-la."),
            _("Voir le dossier"),
        ),
        "WAIT": (
            _("La session attend sa validation par une personne qui ne l'a ni animée ni saisie."),
            _("Voir le dossier"),
        ),
    }
    return said[step]


def _unlinked(step: Step) -> tuple[str, str] | None:
    said: dict[Step, str] = {
        "READY": _("Tout est prêt. Faites l'appel à chaque demi-journée, le jour venu."),
        "CALL": _("Faites l'appel de la demi-journée, puis la suivante."),
        "FOLLOW": _("Suivez la lecture du groupe jusqu'au dernier jour."),
    }
    return (said[step], "") if step in said else None
