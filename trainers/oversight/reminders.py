"""Reminders about sessions: one begins, its evidence is missing, nobody has judged it.

Each is posted once for a person, a session and a period (`accounts/reminders.py`): the start once,
what is missing once a month while it is missing.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.enums import Role, TerritoryLevel
from accounts.models import RoleAssignment, Territory, User
from accounts.people import kept_ids
from accounts.reminders import Reminded, Reminder, post_all
from trainers.enums import EvidenceKind, SessionMode, SessionRole, SessionState
from trainers.models import Evidence, Participation, SessionTrainer, TrainingSession
from trainers.oversight.lapse_reminders import lapse_reminders
from trainers.oversight.reminder_words import (
    STALE_DAYS,
    START_DAYS,
    evidence_is_late,
    evidence_sms,
    month_of,
    start_sms,
    starts_soon,
    validation_is_late,
    validation_sms,
)
from trainers.sessions.tabs import days_of
from trainers.sessions.validation import has_two_names

LANGUAGE = "fr"
BEFORE_START = (SessionState.PLANNED, SessionState.CONFIRMED)
UNJUDGED = (*BEFORE_START, SessionState.RUNNING, SessionState.TO_VALIDATE)


def post_session_reminders(*, day: datetime.date | None = None) -> Reminded:
    """Post what the sessions and the trainers ask for on a day (today by default)."""
    day = day or timezone.localdate()
    with translation.override(LANGUAGE):
        reminders = [
            *_starts(day),
            *_missing_evidence(day),
            *_overdue_validations(day),
            *lapse_reminders(day),
        ]
    return post_all(reminders)


def _starts(day: datetime.date) -> Iterator[Reminder]:
    """To the participants and the trainers of a session that begins in the next days."""
    last = day + datetime.timedelta(days=START_DAYS)
    sessions = TrainingSession.objects.filter(state__in=BEFORE_START, starts_on__range=(day, last))
    for session in sessions.select_related("territory").order_by("pk"):
        if not starts_soon(session.starts_on, day):
            continue
        place = session.venue or session.territory.name
        for person_id in sorted(_people_of(session) | _trainers_of(session)):
            yield Reminder(
                person_id=person_id,
                key=f"starts:{session.pk}:{session.starts_on.isoformat()}:{person_id}",
                subject=_("Votre session commence bientôt"),
                text=_letter(
                    _("La session « %(title)s » se tient %(days)s, à %(place)s.")
                    % {"title": session.title, "days": days_of(session), "place": place},
                    _("Votre espace : %(address)s") % {"address": _site("/mon-espace/")},
                ),
                sms=start_sms(session.starts_on, place, _site("/mon-espace/")),
            )


def _missing_evidence(day: datetime.date) -> Iterator[Reminder]:
    """To the trainers and the encoder of a session whose file is not complete."""
    for session, missing in sessions_without_evidence(_unjudged(day)):
        if not evidence_is_late(session.ends_on, day):
            continue
        address = _absolute("trainers:session_evidence", session)
        for person_id in sorted(_trainers_of(session) | _encoder_of(session)):
            yield Reminder(
                person_id=person_id,
                key=f"evidence:{session.pk}:{month_of(day)}:{person_id}",
                subject=_("Il manque des pièces à la session %(code)s") % {"code": session.code},
                text=_letter(
                    _("La session %(code)s est terminée. Il manque : %(missing)s.")
                    % {"code": session.code, "missing": ", ".join(missing)},
                    _("Déposez les pièces ici : %(address)s") % {"address": address},
                ),
                sms=evidence_sms(session.code, address),
            )


def _overdue_validations(day: datetime.date) -> Iterator[Reminder]:
    """To the focal points of the place, who are no party to it; to the committee without them."""
    judges = _judges_by_territory()
    waiting = [one for one in _unjudged(day) if one.state == SessionState.TO_VALIDATE]
    for session in waiting:
        if not validation_is_late(session.ends_on, day):
            continue
        address = _absolute("trainers:session_validation", session)
        parties = _trainers_of(session) | _encoder_of(session)
        in_charge = judges[session.territory_id] - parties or judges[None] - parties
        for person_id in sorted(in_charge):
            yield Reminder(
                person_id=person_id,
                key=f"validation:{session.pk}:{month_of(day)}:{person_id}",
                subject=_("La session %(code)s attend votre validation") % {"code": session.code},
                text=_letter(
                    _("La session %(code)s, tenue %(days)s, attend toujours d'être validée.")
                    % {"code": session.code, "days": days_of(session)},
                    _("Ouvrez son dossier : %(address)s") % {"address": address},
                ),
                sms=validation_sms(session.code, address),
            )


def sessions_without_evidence(
    sessions: list[TrainingSession],
) -> list[tuple[TrainingSession, list[str]]]:
    """The sessions that lack a file, with the names of what they lack; one query."""
    kinds: dict[int, set[str]] = defaultdict(set)
    held = Evidence.objects.filter(session__in=[one.pk for one in sessions])
    for session_id, kind in held.values_list("session_id", "kind"):
        kinds[session_id].add(kind)
    lacking = []
    for session in sessions:
        wanted = [EvidenceKind.TERMS_OF_REFERENCE, EvidenceKind.REPORT]
        is_signed = session.mode == SessionMode.ONLINE or has_two_names(
            session.roll_call_confirmed_by
        )
        if not is_signed:
            wanted.append(EvidenceKind.SIGNED_SHEET)
        missing = [str(kind.label).lower() for kind in wanted if kind not in kinds[session.pk]]
        if missing:
            lacking.append((session, missing))
    return lacking


def _unjudged(day: datetime.date) -> list[TrainingSession]:
    first = day - datetime.timedelta(days=STALE_DAYS)
    sessions = TrainingSession.objects.filter(state__in=UNJUDGED, ends_on__range=(first, day))
    return list(sessions.select_related("encoded_by").order_by("pk"))


def _people_of(session: TrainingSession) -> set[int]:
    kept = kept_ids()
    people = Participation.objects.filter(session=session).values_list("person_id", flat=True)
    return {kept.get(person_id, person_id) for person_id in people}


def _trainers_of(session: TrainingSession) -> set[int]:
    staff = SessionTrainer.objects.filter(session=session).exclude(role=SessionRole.OBSERVER)
    return set(staff.values_list("trainer__person_id", flat=True))


def _encoder_of(session: TrainingSession) -> set[int]:
    encoder = session.encoded_by
    return {encoder.person_id} if encoder and encoder.person_id else set()


def _judges_by_territory() -> dict[int | None, set[int]]:
    """Persons who judge sessions: focal points by territory of their scope, None: the committee."""
    today = timezone.localdate()
    judges: dict[int | None, set[int]] = defaultdict(set)
    roles = RoleAssignment.objects.in_force(today).filter(
        role__in=(Role.FOCAL_POINT, Role.COMMITTEE),
        user__in=User.objects.filter(is_active=True, person__isnull=False),
    )
    below: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent_id in Territory.objects.values_list("pk", "parent_id"):
        below[parent_id].append(pk)
    for assignment in roles.select_related("territory", "user"):
        person_id = assignment.user.person_id
        assert person_id is not None
        territory = assignment.territory
        is_national = territory is None or territory.level == TerritoryLevel.COUNTRY
        if is_national or territory is None:
            judges[None].add(person_id)
            continue
        for pk in (territory.pk, *below[territory.pk]):
            judges[pk].add(person_id)
    return judges


def _letter(*lines: str) -> str:
    return "\n\n".join([_("Bonjour,"), *lines])


def _site(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _absolute(name: str, session: TrainingSession) -> str:
    return _site(reverse(name, args=[session.code]))
