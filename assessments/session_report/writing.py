"""Acts on the report of a session: keep the trainer's words, add the report to the file."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.session_report.content import report_of
from assessments.session_report.documents import report_pdf
from trainers.enums import EvidenceKind
from trainers.evidence import sha256_of, store_evidence
from trainers.models import Evidence, SessionReport, TrainingSession
from trainers.sessions.lock import lock_open_session


class ReportRefused(ValueError):
    """The report is not kept; the text is a French sentence."""


@transaction.atomic
def write_report(
    *,
    session: TrainingSession,
    course_of_events: str,
    difficulties: str,
    recommendations: str,
    by: User | None,
) -> SessionReport:
    """Keep what only the trainer can tell. Raises SessionClosed once the session is validated."""
    locked = lock_open_session(session)
    report, _is_new = SessionReport.objects.update_or_create(
        session=locked,
        defaults={
            "course_of_events": course_of_events.strip(),
            "difficulties": difficulties.strip(),
            "recommendations": recommendations.strip(),
            "updated_by": by,
            "updated_at": timezone.now(),
        },
    )
    return report


@transaction.atomic
def attach_report(*, session: TrainingSession, by: User | None) -> Evidence:
    """Keep the PDF, without names, as the session's report; a later one replaces it.

    The same content on the same day is kept once. Raises ReportRefused while the trainer has told
    nothing of the course of events, SessionClosed once the session is validated.
    """
    locked = lock_open_session(session)
    written = SessionReport.objects.filter(session=locked).first()
    if written is None or not written.course_of_events:
        raise ReportRefused(
            _("Racontez d'abord le déroulement : c'est ce que les chiffres ne disent pas.")
        )
    content = report_pdf(report_of(locked))
    name = f"rapport-{locked.code}.pdf"
    kept = Evidence.objects.filter(
        session=locked, kind=EvidenceKind.REPORT, original_name=name, replaced_by=None
    )
    before = kept.exclude(sha256=sha256_of(content)).order_by("-pk").first()
    known = Evidence.objects.filter(
        session=locked, kind=EvidenceKind.REPORT, sha256=sha256_of(content)
    ).exists()
    return store_evidence(
        kind=EvidenceKind.REPORT,
        content=content,
        name=name,
        session=locked,
        by=by,
        replaces=None if known else before,
    )
