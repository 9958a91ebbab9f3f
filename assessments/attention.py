"""Data that needs attention: what is missing or odd, counted, each leading to where it is mended.

Every concern is a queryset within what the account may open, so that it costs one count, and the
page of the one that is open. Sessions are those of `trainers/sessions/access.py`, persons those of
`trainers/people/access.py`.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Audience
from accounts.models import Person, Posting, User
from accounts.roles import belongs_to, territory_ids_in_scope
from assessments.enums import Occasion
from assessments.models import Attempt
from trainers.awareness.access import disseminations_for, events_for
from trainers.enums import (
    EvidenceKind,
    InvitationState,
    LadderStatus,
    SessionMode,
    SessionState,
)
from trainers.models import (
    AttendanceMark,
    AwarenessEvent,
    Evidence,
    Participation,
    Qualification,
    TrainerInvitation,
    TrainingSession,
)
from trainers.oversight.reminder_words import EVIDENCE_DAYS, LAPSE_DAYS, VALIDATION_DAYS
from trainers.people.access import persons_in_charge
from trainers.sessions.access import sessions_for
from trainers.sessions.tabs import days_of

ANSWER_DAYS = 7  # an invitation without an answer


@dataclass(frozen=True)
class Line:
    """One thing to mend: what, why, and the screen that mends it."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Concern:
    """One kind of thing that needs attention: its rows, and how one of them is shown."""

    code: str
    label: str
    rows: QuerySet[Any]
    show: Callable[[Any], Line]


def concerns_for(user: User, *, day: datetime.date) -> list[Concern]:
    """Return every kind of concern that this account can mend; nothing is read yet."""
    concerns = [*_session_concerns(sessions_for(user), day), *_event_concerns(user, day)]
    if belongs_to(user, Audience.VALIDATORS):
        concerns += _person_concerns(persons_in_charge(user))
        concerns += _trainer_concerns(user, day)
    return concerns


# --- Sessions -----------------------------------------------------------------------------------


def _session_concerns(sessions: QuerySet[TrainingSession], day: datetime.date) -> list[Concern]:
    open_ones = sessions.exclude(
        state__in=(SessionState.VALIDATED, SessionState.CANCELLED)
    ).select_related("territory")
    over = open_ones.filter(ends_on__lt=day)
    marks = AttendanceMark.objects.filter(
        participation__session=OuterRef("pk"), is_present=True, voided_by__isnull=True
    )
    no_marks = over.filter(~Exists(marks), mode=SessionMode.ROOM)
    late_file = over.filter(ends_on__lte=day - datetime.timedelta(days=EVIDENCE_DAYS))
    late = over.filter(ends_on__lte=day - datetime.timedelta(days=VALIDATION_DAYS))
    return [
        Concern(
            "sans-presences",
            _("Sessions terminées sans présences"),
            no_marks.order_by("ends_on", "pk"),
            lambda one: _session_line(one, days_of(one), "trainers:session"),
        ),
        Concern(
            "sans-pieces",
            _("Sessions terminées sans toutes leurs pièces"),
            late_file.filter(_lacks_a_file()).order_by("ends_on", "pk"),
            lambda one: _session_line(one, days_of(one), "trainers:session_evidence"),
        ),
        Concern(
            "sans-tests",
            _("Sessions terminées sans pré-test et post-test, ni motif"),
            over.filter(_lacks_a_test(), no_test_reason="").order_by("ends_on", "pk"),
            lambda one: _session_line(one, days_of(one), "trainers:session_validation"),
        ),
        Concern(
            "a-valider",
            _("Sessions qui attendent leur validation"),
            late.order_by("ends_on", "pk"),
            lambda one: _session_line(one, _overdue(one, day), "trainers:session_validation"),
        ),
        _overlap_concern(sessions),
    ]


def _lacks_a_file() -> Q:
    """Terms, report, and the signed sheet (or two names; online the log of lessons stands)."""
    held = Evidence.objects.filter(session=OuterRef("pk"))
    is_unsigned = Q(
        ~Exists(held.filter(kind=EvidenceKind.SIGNED_SHEET)),
        mode=SessionMode.ROOM,
        roll_call_confirmed_by="",
    )
    return (
        Q(~Exists(held.filter(kind=EvidenceKind.TERMS_OF_REFERENCE)))
        | Q(~Exists(held.filter(kind=EvidenceKind.REPORT)))
        | is_unsigned
    )


def _lacks_a_test() -> Q:
    copies = Attempt.objects.submitted().filter(participation__session=OuterRef("pk"))
    return Q(~Exists(copies.filter(occasion=Occasion.PRE))) | Q(
        ~Exists(copies.filter(occasion=Occasion.POST))
    )


def _overlap_concern(sessions: QuerySet[TrainingSession]) -> Concern:
    """One line for each person present in two sessions of the same days, seen from the later."""
    present = (
        Participation.objects.filter(session__mode=SessionMode.ROOM)
        .exclude(status=LadderStatus.ENROLLED)
        .exclude(session__state=SessionState.CANCELLED)
    )
    is_same = (
        Q(person=OuterRef("person"))
        | Q(person=OuterRef("person__merged_into"))
        | Q(person__merged_into=OuterRef("person"))
        | Q(person__merged_into=OuterRef("person__merged_into"))
    )
    other = present.filter(
        is_same,
        session__starts_on__lte=OuterRef("session__ends_on"),
        session__ends_on__gte=OuterRef("session__starts_on"),
        session__lt=OuterRef("session"),
    )
    rows = present.filter(Exists(other), session__in=sessions.values("pk"))
    return Concern(
        "chevauchements",
        _("Personnes présentes dans deux sessions aux mêmes dates"),
        rows.select_related("person", "session").order_by("-session__ends_on", "pk"),
        lambda one: Line(
            str(one.person),
            f"{one.session.code} · {days_of(one.session)}",
            reverse("trainers:session_validation", args=[one.session.code]),
        ),
    )


def _session_line(session: TrainingSession, detail: str, screen: str) -> Line:
    return Line(
        f"{session.code} · {session.title}",
        f"{detail} · {session.territory.name}",
        reverse(screen, args=[session.code]),
    )


def _overdue(session: TrainingSession, day: datetime.date) -> str:
    late = (day - session.ends_on).days - VALIDATION_DAYS
    if late <= 0:
        return _("à valider aujourd'hui")
    return ngettext("%(days)d jour de retard", "%(days)d jours de retard", late) % {"days": late}


# --- Awareness and documents ----------------------------------------------------------------------


def _event_concerns(user: User, day: datetime.date) -> list[Concern]:
    """Events to answer for everybody; events to judge and receipts to bring, for those in charge.

    Whoever typed an event does not judge it: it is not theirs to mend.
    """
    events = events_for(user).select_related("territory").order_by("held_on", "pk")
    concerns = [
        Concern(
            "actions-renvoyees",
            _("Actions renvoyées avec une question"),
            events.filter(state=SessionState.RUNNING),
            _event_line,
        )
    ]
    if not belongs_to(user, Audience.VALIDATORS):
        return concerns
    waiting = events.filter(state=SessionState.TO_VALIDATE, held_on__lt=day)
    unproved = disseminations_for(user).standing().filter(receipt_reference="")
    return [
        *concerns,
        Concern(
            "actions-a-valider",
            _("Actions qui attendent leur validation"),
            waiting.exclude(encoded_by=user),
            _event_line,
        ),
        Concern(
            "remises-sans-recu",
            _("Documents remis sans reçu"),
            unproved.select_related("territory").order_by("handed_on", "pk"),
            lambda one: Line(
                f"{one.title} · {one.edition}",
                f"{date_format(one.handed_on, 'j F Y')} · {one.territory.name}",
                reverse("trainers:dissemination", args=[one.pk]),
            ),
        ),
    ]


def _event_line(event: AwarenessEvent) -> Line:
    return Line(
        f"{event.code} · {event.title}",
        f"{date_format(event.held_on, 'j F Y')} · {event.territory.name}",
        reverse("trainers:event", args=[event.code]),
    )


# --- Persons ------------------------------------------------------------------------------------


def _person_concerns(persons: QuerySet[Person]) -> list[Concern]:
    serving = Posting.objects.filter(person=OuterRef("pk"), ended_on=None)
    located = serving.filter(Q(territory__isnull=False) | Q(organization__territory__isnull=False))
    has_left = Posting.objects.filter(person=OuterRef("pk"), ended_on__isnull=False)
    nowhere = persons.filter(~Exists(located)).exclude(
        Exists(has_left) & ~Exists(serving)  # who left the service serves nowhere
    )
    shared = Person.objects.kept().exclude(phone="").order_by().values("phone")
    shared = shared.annotate(owners=Count("pk")).filter(owners__gt=1)
    return [
        Concern(
            "sans-sexe",
            _("Personnes dont le sexe n'est pas renseigné"),
            persons.filter(sex="").order_by("name_key", "pk"),
            lambda one: _person_line(one, _("sexe à compléter"), "trainers:person_edit"),
        ),
        Concern(
            "sans-profession",
            _("Personnes sans profession"),
            persons.filter(profession=None).order_by("name_key", "pk"),
            lambda one: _person_line(one, _("profession à compléter"), "trainers:person_edit"),
        ),
        Concern(
            "sans-territoire",
            _("Personnes sans territoire d'affectation"),
            nowhere.order_by("name_key", "pk"),
            lambda one: _person_line(one, _("affectation à noter"), "trainers:person"),
        ),
        Concern(
            "telephones-partages",
            _("Personnes qui partagent un numéro"),
            persons.filter(phone__in=shared.values("phone")).order_by("phone", "pk"),
            lambda one: _person_line(one, one.phone, "trainers:person_edit"),
        ),
    ]


def _person_line(person: Person, detail: str, screen: str) -> Line:
    return Line(str(person), detail, reverse(screen, args=[person.uuid]))


# --- Trainers -----------------------------------------------------------------------------------


def _trainer_concerns(user: User, day: datetime.date) -> list[Concern]:
    scope = territory_ids_in_scope(user)
    expiring = Qualification.objects.lapsing(day, within=LAPSE_DAYS)
    if scope is not None:
        expiring = expiring.filter(trainer__base_territory__in=scope)
    asked = TrainerInvitation.objects.filter(
        state=InvitationState.INVITED,
        asked_at__date__lte=day - datetime.timedelta(days=ANSWER_DAYS),
        session__in=sessions_for(user).values("pk"),
    ).exclude(session__state__in=(SessionState.VALIDATED, SessionState.CANCELLED))
    return [
        Concern(
            "habilitations",
            _("Habilitations qui arrivent à échéance"),
            expiring.select_related("trainer__person", "curriculum").order_by("expires_on", "pk"),
            lambda one: Line(
                str(one.trainer),
                _("%(course)s, jusqu'au %(day)s")
                % {"course": one.curriculum.title, "day": date_format(one.expires_on, "j F Y")},
                reverse("trainers:trainer", args=[one.trainer_id]),
            ),
        ),
        Concern(
            "invitations",
            _("Invitations de formateurs sans réponse"),
            asked.select_related("trainer__person", "session").order_by("asked_at", "pk"),
            lambda one: Line(
                str(one.trainer),
                f"{one.session.code} · {days_of(one.session)}",
                reverse("trainers:session_trainers", args=[one.session.code]),
            ),
        ),
    ]
