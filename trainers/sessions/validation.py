"""What a session needs before it counts, and who may say so (domain §3)."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.enums import Audience
from accounts.models import Person, User
from accounts.roles import belongs_to, territory_ids_in_scope
from courses.lesson_log import planned_minutes
from trainers.enums import EvidenceKind, SessionMode, SessionState
from trainers.models import AttendanceMark, Evidence, SessionReport, TrainingSession
from trainers.sessions.checks import PARTY_CHECKS
from trainers.sessions.online import has_tutor

_BETWEEN_NAMES = re.compile(r"[,;/&\n]| et ", re.IGNORECASE)


@dataclass(frozen=True)
class Check:
    """One thing a session must have: its name, whether it is there, and what to say if not."""

    label: str
    is_there: bool
    sentence: str


def missing_evidence(session: TrainingSession, *, has_tests: bool = False) -> list[str]:
    """Return what the session still lacks to count, one French sentence each (domain §3)."""
    checks = evidence_checks(session, has_tests=has_tests)
    return [check.sentence for check in checks if not check.is_there]


def evidence_checks(session: TrainingSession, *, has_tests: bool) -> list[Check]:
    """Return the whole list of what a session must have, ticked or not."""
    if session.mode == SessionMode.ONLINE:
        return _online_checks(session, has_tests=has_tests)
    kinds = set(Evidence.objects.filter(session=session).values_list("kind", flat=True))
    has_marks = AttendanceMark.objects.filter(
        participation__session=session, is_present=True, voided_by__isnull=True
    ).exists()
    is_signed = EvidenceKind.SIGNED_SHEET in kinds or has_two_names(session.roll_call_confirmed_by)
    return [
        Check(
            _("Termes de référence"),
            EvidenceKind.TERMS_OF_REFERENCE in kinds,
            _("Il manque les termes de référence."),
        ),
        Check(
            _("Agenda par demi-journée"),
            session.slots.exists(),
            _("Il manque l'agenda : la session n'a aucune demi-journée."),
        ),
        Check(
            _("Liste nominative avec les présences"),
            has_marks,
            _("Il manque la liste nominative avec les présences."),
        ),
        Check(
            _("Feuille signée, ou appel confirmé par deux personnes"),
            is_signed,
            _(
                "Il manque la feuille d'émargement signée, ou l'appel confirmé par deux personnes "
                "nommées."
            ),
        ),
        *_report_and_tests(session, kinds, has_tests=has_tests),
    ]


def _online_checks(session: TrainingSession, *, has_tests: bool) -> list[Check]:
    """Online nobody signs a sheet: the dated log of the lessons stands for it.

    The platform writes that log, lesson by lesson, when each participant reaches the end and has
    answered the checks; no trainer can add a line. So it proves more than a signature, provided
    that somebody followed the group and says so in a report.
    """
    kinds = set(Evidence.objects.filter(session=session).values_list("kind", flat=True))
    has_read = session.participations.filter(contact_minutes__gt=0).exists()
    return [
        Check(
            _("Termes de référence"),
            EvidenceKind.TERMS_OF_REFERENCE in kinds,
            _("Il manque les termes de référence."),
        ),
        Check(
            _("Programme : les leçons publiées du curriculum"),
            bool(planned_minutes(session.curriculum.path)),
            _("Il manque le programme : le curriculum n'a aucune leçon publiée."),
        ),
        Check(
            _("Journal des leçons, daté par la plateforme : il tient lieu de feuille signée"),
            has_read,
            _("Il manque des leçons lues : le journal de la session est vide."),
        ),
        Check(
            _("Tuteur désigné, qui a suivi le groupe"),
            has_tutor(session),
            _("Il manque un tuteur désigné : personne n'a suivi le groupe."),
        ),
        *_report_and_tests(session, kinds, has_tests=has_tests),
    ]


def _report_and_tests(session: TrainingSession, kinds: set[str], *, has_tests: bool) -> list[Check]:
    return [
        Check(
            _("Rapport de la session"),
            EvidenceKind.REPORT in kinds,
            _("Il manque le rapport de la session."),
        ),
        Check(
            _("Résultats du pré-test et du post-test, ou motif de leur absence"),
            has_tests or bool(session.no_test_reason.strip()),
            _("Il manque les résultats du pré-test et du post-test, ou le motif de leur absence."),
        ),
    ]


def has_two_names(text: str) -> bool:
    """Whether the field holds at least two different names: « Awa Traoré et Ali Maïga »."""
    names = {name.strip().casefold() for name in _BETWEEN_NAMES.split(text)}
    return len({name for name in names if len(name) > 2}) >= 2


def is_in_charge(session: TrainingSession, user: User) -> bool:
    """Whether the account may judge this session: committee, or focal point of its territory."""
    if not belongs_to(user, Audience.VALIDATORS):
        return False
    scope = territory_ids_in_scope(user)
    return scope is None or session.territory_id in scope


def took_part(session: TrainingSession, user: User) -> bool:
    """Whether the account had a hand in what the session is judged on.

    It opened the session, is in its team or on its list, recorded marks, wrote its report, or
    entered copies (`PARTY_CHECKS`).
    """
    if session.encoded_by_id == user.pk or _was_there(session, user):
        return True
    return (
        AttendanceMark.objects.filter(participation__session=session, recorded_by=user).exists()
        or SessionReport.objects.filter(session=session, updated_by=user).exists()
        or any(check(session, user) for check in PARTY_CHECKS)
    )


def _was_there(session: TrainingSession, user: User) -> bool:
    if user.person_id is None:
        return False
    family = Person.objects.same_as(user.person_id)
    return (
        session.session_trainers.filter(trainer__person__in=family).exists()
        or session.participations.filter(person__in=family).exists()
    )


def unfit_state(session: TrainingSession) -> list[str]:
    """Return why the session's state forbids validation; [] when it was handed in."""
    if session.state == SessionState.TO_VALIDATE:
        return []
    return [
        _("La session est « %(state)s » : elle n'a pas été soumise à validation.")
        % {"state": session.get_state_display()}
    ]


def unfit_validator(session: TrainingSession, by: User) -> list[str]:
    """Return why this account may not validate the session; [] when it may."""
    reasons = []
    if not is_in_charge(session, by):
        reasons.append(_("Seuls le point focal du territoire et le comité valident cette session."))
    if took_part(session, by):
        reasons.append(
            _("Qui a animé ou saisi la session ne peut pas la valider : demandez à un tiers.")
        )
    return reasons
