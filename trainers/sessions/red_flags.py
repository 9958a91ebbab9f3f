"""Red flags shown before a session is validated (domain §3). They warn; a person decides."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainers.enums import LadderStatus, SessionMode, SessionState
from trainers.models import Participation, SessionSlot, SessionTrainer, TrainingSession
from trainers.participation.marks import contradicted_pairs, marks_in_force
from trainers.sessions.checks import EXTRA_FLAGS, Flag

NAMES_SHOWN = 3


def red_flags(session: TrainingSession) -> list[Flag]:
    """Return what deserves a look, in a fixed number of queries; [] when nothing does.

    Apps above add theirs through `trainers.sessions.checks.EXTRA_FLAGS` (identical answer sheets).
    """
    people = list(
        Participation.objects.filter(session=session).select_related("person").order_by("pk")
    )
    flags = [
        *_overlapping_sessions(session, people),
        *_double_booked_trainers(session),
        *_marks_beyond_seats(session),
        *_shared_phones(people),
        *_double_enrolments(people),
        *_contradictory_marks(session, people),
    ]
    for extra in EXTRA_FLAGS:
        flags += extra(session)
    return flags


def _overlapping_sessions(session: TrainingSession, people: list[Participation]) -> list[Flag]:
    """The same person present in another session held on the same days, both in a room."""
    if session.mode == SessionMode.ONLINE:
        return []
    here = {_kept_id(one): one for one in people if one.status != LadderStatus.ENROLLED}
    elsewhere = (
        Participation.objects.filter(
            session__starts_on__lte=session.ends_on, session__ends_on__gte=session.starts_on
        )
        .exclude(session=session)
        .exclude(session__state=SessionState.CANCELLED)
        .exclude(session__mode=SessionMode.ONLINE)
        .exclude(status=LadderStatus.ENROLLED)
        .select_related("person", "session")
        .order_by("pk")
    )
    found: dict[str, list[str]] = defaultdict(list)
    for other in elsewhere:
        if _kept_id(other) in here and other.session is not None:
            found[other.session.code].append(str(other.person))
    return [
        Flag(
            "OVERLAPPING_SESSIONS",
            ngettext(
                "%(count)d personne aussi à la session %(code)s, aux mêmes dates : %(names)s.",
                "%(count)d personnes aussi à la session %(code)s, aux mêmes dates : %(names)s.",
                len(names),
            )
            % {"count": len(names), "code": code, "names": _some(names)},
        )
        for code, names in sorted(found.items())
    ]


def _double_booked_trainers(session: TrainingSession) -> list[Flag]:
    if session.mode == SessionMode.ONLINE:  # a tutor follows a group for weeks, beside the rest
        return []
    mine = SessionTrainer.objects.filter(session=session).values("trainer")
    others = (
        SessionTrainer.objects.filter(
            trainer__in=mine,
            session__starts_on__lte=session.ends_on,
            session__ends_on__gte=session.starts_on,
        )
        .exclude(session=session)
        .exclude(session__state=SessionState.CANCELLED)
        .exclude(session__mode=SessionMode.ONLINE)
        .select_related("session", "trainer__person")
        .order_by("pk")
    )
    return [
        Flag(
            "TRAINER_DOUBLE_BOOKED",
            _("%(trainer)s anime aussi la session %(code)s, aux mêmes dates.")
            % {"trainer": other.trainer, "code": other.session.code},
        )
        for other in others
    ]


def _marks_beyond_seats(session: TrainingSession) -> list[Flag]:
    if session.seats is None:
        return []
    present = Counter(
        slot_id for (_person, slot_id), mark in marks_in_force(session).items() if mark.is_present
    )
    slots = SessionSlot.objects.filter(session=session).order_by("position")
    return [
        Flag(
            "MARKS_BEYOND_SEATS",
            ngettext(
                "%(slot)s : %(present)d présents pour %(seats)d place.",
                "%(slot)s : %(present)d présents pour %(seats)d places.",
                session.seats,
            )
            % {"slot": slot, "present": present[slot.pk], "seats": session.seats},
        )
        for slot in slots
        if present[slot.pk] > session.seats
    ]


def _shared_phones(people: list[Participation]) -> list[Flag]:
    owners: dict[str, dict[int, str]] = defaultdict(dict)
    for one in people:
        if one.person.phone:
            owners[one.person.phone][_kept_id(one)] = str(one.person)
    return [
        Flag(
            "SHARED_PHONE",
            _("Le numéro %(phone)s est celui de %(count)d personnes : %(names)s.")
            % {"phone": phone, "count": len(names), "names": _some(names.values())},
        )
        for phone, names in sorted(owners.items())
        if len(names) > 1
    ]


def _double_enrolments(people: list[Participation]) -> list[Flag]:
    """Two records of one person on the same list, found to be one by a merge."""
    lines: Counter[int] = Counter(_kept_id(one) for one in people)
    twice = {kept_id for kept_id, count in lines.items() if count > 1}
    names = {_kept_id(one): str(one.person) for one in people if _kept_id(one) in twice}
    if not names:
        return []
    return [
        Flag(
            "DOUBLE_ENROLMENT",
            ngettext(
                "%(count)d personne est inscrite sous deux fiches fusionnées : %(names)s. Gardez "
                "une seule ligne, depuis la liste.",
                "%(count)d personnes sont inscrites sous deux fiches fusionnées : %(names)s. "
                "Gardez une seule ligne de chacune, depuis la liste.",
                len(names),
            )
            % {"count": len(names), "names": _some(names.values())},
        )
    ]


def _contradictory_marks(session: TrainingSession, people: list[Participation]) -> list[Flag]:
    contradicted = {participation_id for participation_id, _slot in contradicted_pairs(session)}
    names = [str(one.person) for one in people if one.pk in contradicted]
    if not names:
        return []
    return [
        Flag(
            "CONTRADICTORY_MARKS",
            ngettext(
                "Des pointages se contredisent pour %(count)d personne : %(names)s.",
                "Des pointages se contredisent pour %(count)d personnes : %(names)s.",
                len(names),
            )
            % {"count": len(names), "names": _some(names)},
        )
    ]


def _kept_id(participation: Participation) -> int:
    return participation.person.merged_into_id or participation.person_id


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    shown = ", ".join(listed[:NAMES_SHOWN])
    rest = len(listed) - NAMES_SHOWN
    if rest <= 0:
        return shown
    others = ngettext("%(names)s et %(rest)d autre", "%(names)s et %(rest)d autres", rest)
    return others % {"names": shown, "rest": rest}
