"""One participation opened to the proof: its marks, copies and files, and what they add up to."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.models import Attempt
from indicators.wording import number, with_unit
from trainers.enums import LadderStatus
from trainers.models import AttendanceMark, Evidence, Participation, SessionSlot
from trainers.participation.marks import marks_in_force


@dataclass(frozen=True)
class MarkLine:
    """What stands for one half-day, and who said so."""

    slot: str
    held_on: datetime.date
    minutes: int
    words: str
    is_present: bool
    source: str
    recorded_at: datetime.datetime | None
    recorded_by: str
    correction: str


@dataclass(frozen=True)
class CopyLine:
    occasion: str
    form: str
    score: str
    responses: str
    source: str
    submitted_at: datetime.datetime | None
    file_name: str


@dataclass(frozen=True)
class ParticipationRecord:
    participation: Participation
    profile: Sequence[dict[str, str]]
    marks: Sequence[MarkLine]
    copies: Sequence[CopyLine]
    files: Sequence[Evidence]
    ladder: str


def read_participation(participation: Participation) -> ParticipationRecord:
    """Gather the proof of one participation: five queries."""
    session = participation.session
    assert session is not None
    slots = list(SessionSlot.objects.filter(session=session).order_by("position"))
    standing = marks_in_force(session)
    marks = {slot.pk: standing.get((participation.pk, slot.pk)) for slot in slots}
    files = Evidence.objects.filter(session=session).order_by("kind", "uploaded_at")
    return ParticipationRecord(
        participation=participation,
        profile=_profile(participation),
        marks=[_mark_line(slot, mark) for slot, mark in zip(slots, marks.values(), strict=True)],
        copies=_copy_lines(participation),
        files=list(files),
        ladder=ladder_sentence(participation, planned_minutes=sum(slot.minutes for slot in slots)),
    )


def ladder_sentence(participation: Participation, *, planned_minutes: int) -> str:
    """How the rung was worked out, with the thresholds of the session's own rules."""
    assert participation.session is not None
    rules = participation.session.rule_set
    post = participation.post_percent
    return _(
        "%(contact)s h de contact sur %(planned)s h prévues, soit %(attendance)s d'assiduité ; il "
        "faut %(min_hours)s h et %(min_attendance)s. Post-test : %(post)s pour un seuil de "
        "%(mastery)s. Échelon : %(status)s (règles de comptage, version %(version)d)."
    ) % {
        "contact": number(participation.contact_minutes / 60),
        "planned": number(planned_minutes / 60),
        "attendance": with_unit(participation.attendance_percent, "PERCENT"),
        "min_hours": number(rules.min_hours),
        "min_attendance": with_unit(rules.min_attendance, "PERCENT"),
        "post": _("pas de copie") if post is None else with_unit(post, "PERCENT"),
        "mastery": with_unit(rules.mastery, "PERCENT"),
        "status": LadderStatus(participation.status).label.lower(),
        "version": rules.version,
    }


def _profile(participation: Participation) -> list[dict[str, str]]:
    session = participation.session
    assert session is not None
    facts = [
        (_("Session"), f"{session.code} · {session.title}"),
        (_("Sexe"), participation.get_sex_display()),
        (_("Profession"), participation.profession),
        (_("Structure"), participation.organization),
        (_("Territoire d'affectation"), participation.territory),
        (_("Territoire du lieu"), session.territory),
    ]
    return [
        {"term": term, "text": str(value) if value else _("Non renseigné")} for term, value in facts
    ]


def _mark_line(slot: SessionSlot, mark: AttendanceMark | None) -> MarkLine:
    if mark is None:
        return MarkLine(
            str(slot), slot.held_on, slot.minutes, _("Pas de pointage"), False, "", None, "", ""
        )
    return MarkLine(
        slot=str(slot),
        held_on=slot.held_on,
        minutes=slot.minutes,
        words=_("Présent") if mark.is_present else _("Absent"),
        is_present=mark.is_present,
        source=mark.get_source_display(),
        recorded_at=mark.recorded_at,
        recorded_by=str(mark.recorded_by) if mark.recorded_by else "",
        correction=mark.void_reason,
    )


def _copy_lines(participation: Participation) -> list[CopyLine]:
    attempts = (
        Attempt.objects.submitted()
        .filter(participation=participation)
        .select_related("form", "evidence")
        .order_by("submitted_at")
    )
    return [
        CopyLine(
            occasion=attempt.get_occasion_display(),
            form=attempt.form.code,
            score=_("%(correct)d sur %(items)d, soit %(percent)s")
            % {
                "correct": attempt.correct or 0,
                "items": attempt.counted_items or 0,
                "percent": with_unit(attempt.percent, "PERCENT"),
            },
            responses=" ".join(letter or "–" for letter in attempt.responses),
            source=attempt.get_source_display(),
            submitted_at=attempt.submitted_at,
            file_name=attempt.evidence.original_name if attempt.evidence else "",
        )
        for attempt in attempts
    ]
