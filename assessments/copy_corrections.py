"""Mend a typing mistake in a copy on paper: a new line with its reason, the old answers are kept.

A copy answered on a phone is what its person answered: it never changes.
"""

import uuid as uuid_module

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.attempts import (
    CopyRefused,
    Responses,
    hand_in_scores,
    refuse_closed,
    score_copy,
)
from assessments.form_key import form_key
from assessments.models import Attempt, CopyCorrection, TestForm
from trainers.enums import EntrySource
from trainers.models import TrainingSession

FROM_PAPER = frozenset({EntrySource.TYPED, EntrySource.IMPORT})
MAX_REASON = 200


@transaction.atomic
def correct_copy(
    *,
    uuid: uuid_module.UUID,
    attempt: Attempt,
    form: TestForm,
    responses: Responses,
    reason: str,
    by: User | None,
) -> CopyCorrection:
    """Replace the answers of a paper copy, score it again and move its person on the ladder.

    The same `uuid` again is the same correction. Raises CopyRefused without a reason, for a copy
    answered on a phone, where nothing changes and in a closed session; AnswersMisfit.
    """
    known = CopyCorrection.objects.filter(uuid=uuid).first()
    if known is not None:
        return known
    reason = _stated(reason)
    locked = _locked_paper_copy(attempt)
    key = form_key(form)
    key.refuse_misfit(responses)
    if (locked.form_id, list(locked.responses)) == (form.pk, list(responses)):
        raise CopyRefused(_("Cette copie porte déjà ces réponses : rien à corriger."))
    correction = CopyCorrection(
        uuid=uuid,
        attempt=locked,
        form_before=locked.form,
        form_after=form,
        responses_before=locked.responses,
        responses_after=list(responses),
        percent_before=locked.percent or 0.0,
        reason=reason,
        corrected_by=by,
        corrected_at=timezone.now(),
    )
    locked.form = form
    locked.responses = list(responses)
    score_copy(locked, key)
    locked.save(update_fields=["form", "responses", "correct", "counted_items", "percent"])
    correction.percent_after = locked.percent or 0.0
    correction.save()
    hand_in_scores([locked])
    return correction


def _stated(reason: str) -> str:
    words = " ".join(reason.split())
    if not words or len(words) > MAX_REASON:
        raise CopyRefused(_("Donnez le motif de la correction, en 200 signes au plus."))
    return words


def _locked_paper_copy(attempt: Attempt) -> Attempt:
    """The copy as it stands, its session locked first like every other writer does."""
    sessions = list(
        TrainingSession.objects.select_for_update(of=("self",)).filter(
            participations=attempt.participation_id
        )
    )
    locked = (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("participation", "form")
        .get(pk=attempt.pk)
    )
    refuse_closed(sessions, locked.occasion)
    if locked.source not in FROM_PAPER or locked.submitted_at is None:
        raise CopyRefused(_("Seule une copie sur papier, enregistrée, se corrige."))
    return locked
