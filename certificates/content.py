"""What a certificate prints, frozen the day it is issued: in French, never looked up again."""

import datetime
from typing import TypedDict

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.people import kept_person
from certificates.enums import CertificateKind
from certificates.signing import Statement
from courses.models import CurriculumPage
from courses.outline import hours_text
from trainers.enums import SessionMode
from trainers.models import Participation, TrainingSession
from trainers.participation.validity import valid_until

PRINTED_IN = "fr"


class Content(TypedDict):
    """Every text of the sheet. Dates are ISO; `ends_on` is also the day the validity runs from."""

    title: str
    name: str
    sentence: str
    course: str
    version: str
    starts_on: str
    ends_on: str
    days: str
    hours: str
    place: str
    session_code: str
    valid_until: str
    replaces: str


def freeze_content(participation: Participation, kind: str, *, replaces: str) -> Content:
    """Return what is printed for this participation today; `replaces` is a number or "".

    The name is that of the kept person. Hours are those of contact: half-days attended, or lessons
    read. A run that was counted before lessons were timed has the nominal hours of its curriculum.
    """
    with translation.override(PRINTED_IN):
        curriculum = curriculum_of_participation(participation)
        session, run = participation.session, participation.course_run
        if session is not None:
            starts_on, ends_on = session.starts_on, session.ends_on
            minutes, version, code = (
                participation.contact_minutes,
                session.curriculum_version,
                session.code,
            )
        else:
            assert run is not None  # a constraint: a session or a run
            assert run.completed_at is not None  # eligibility: the run is completed
            starts_on = timezone.localtime(run.started_at).date()
            ends_on = timezone.localtime(run.completed_at).date()
            minutes = participation.contact_minutes or curriculum.nominal_minutes
            version, code = run.curriculum_version, ""
        until = valid_until(ends_on, curriculum.validity_months)
        return Content(
            title=str(CertificateKind(kind).label),
            name=kept_person(participation.person).full_name,
            sentence=_sentence(kind, is_online=session is None),
            course=curriculum.title,
            version=version,
            starts_on=starts_on.isoformat(),
            ends_on=ends_on.isoformat(),
            days=_days(starts_on, ends_on),
            hours=hours_text(minutes),
            place=_place(session),
            session_code=code,
            valid_until=until.isoformat() if until else "",
            replaces=replaces,
        )


def curriculum_of_participation(participation: Participation) -> CurriculumPage:
    """The curriculum of the session or of the self-paced run."""
    source = participation.session or participation.course_run
    assert source is not None  # a constraint: a session or a run
    return source.curriculum


def issuer_name() -> str:
    """Who issues, in full."""
    return _(
        "Comité national de coordination de la lutte contre la traite des personnes et les "
        "pratiques assimilées"
    )


def name_agrees(content: Content, statement: Statement) -> bool:
    """Whether the register still says what was signed (a long text is cut in the code)."""
    return all(
        kept == signed or (signed.endswith("…") and kept.startswith(signed[:-1]))
        for kept, signed in (
            (" ".join(content["name"].split()), statement.name),
            (" ".join(content["course"].split()), statement.course),
        )
    )


def printed_day(day: datetime.date, *, with_year: bool = True, with_month: bool = True) -> str:
    """« 1er juin 2026 », « 13 mai 2026 »; the year or the month may be left out."""
    number = _("1er") if day.day == 1 else str(day.day)
    rest = ("F Y" if with_year else "F") if with_month else ""
    return f"{number} {date_format(day, rest)}" if rest else number


def _days(first: datetime.date, last: datetime.date) -> str:
    if first == last:
        return printed_day(last)
    is_same_year = first.year == last.year
    start = printed_day(
        first,
        with_year=not is_same_year,
        with_month=not (is_same_year and first.month == last.month),
    )
    return _("du %(first)s au %(last)s") % {"first": start, "last": printed_day(last)}


def _sentence(kind: str, *, is_online: bool) -> str:
    if kind == CertificateKind.CERTIFICATE:
        if is_online:
            return _("a suivi en ligne, en entier, et réussi l'évaluation finale de la formation")
        return _("a suivi avec assiduité et réussi l'évaluation finale de la formation")
    if is_online:
        return _("a suivi en ligne, en entier, la formation")
    return _("a suivi avec assiduité la formation")


def _place(session: TrainingSession | None) -> str:
    if session is None or session.mode == SessionMode.ONLINE:
        return _("en ligne")
    return ", ".join(filter(None, (session.venue, session.territory.name)))
