"""Acts and reads of the satisfaction form: open it, answer without a name, type paper slips."""

import datetime
import secrets
import uuid as uuid_module
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import SatisfactionAnswer, SatisfactionForm
from assessments.satisfaction.figures import ASPECTS, MARKS, Satisfaction, summarise
from trainers.attendance.short_codes import ALPHABET
from trainers.enums import SessionState
from trainers.models import Participation, TrainingSession
from trainers.sessions.lock import lock_session

OPEN_DAYS = 14  # after the last day: people answer once they are home
MAX_COMMENT = 1000
MOST_ANSWERS = 2000  # by the link: the largest session has as many seats, a machine has no limit
TOKEN_SIGNS = 12  # of 23: a link that is typed from a poster without a doubt, and is not guessed


class SatisfactionRefused(ValueError):
    """No answer is taken; the text is a French sentence."""


@transaction.atomic
def open_satisfaction(
    *, session: TrainingSession, at: datetime.datetime | None = None, token: str = ""
) -> SatisfactionForm:
    """Open the anonymous form of a session, until two weeks after its last day; once.

    Raises SatisfactionRefused for a cancelled session.
    """
    locked = lock_session(session)
    if locked.state == SessionState.CANCELLED:
        raise SatisfactionRefused(_("La session est annulée : il n'y a rien à demander."))
    form, _is_new = SatisfactionForm.objects.get_or_create(
        session=locked,
        defaults={
            "token": token or _token(),
            "opened_at": at or timezone.now(),
            "closes_on": locked.ends_on + datetime.timedelta(days=OPEN_DAYS),
        },
    )
    return form


@transaction.atomic
def record_answer(
    *,
    form: SatisfactionForm,
    uuid: uuid_module.UUID,
    marks: Mapping[str, int],
    comment: str = "",
    is_on_paper: bool = False,
    today: datetime.date | None = None,
) -> SatisfactionAnswer:
    """Keep one answer: no person, no hour. The same `uuid` again is the same answer.

    `marks` gives 1 to 5 for each of ASPECTS. A slip filled in on paper may be typed later than the
    form closes. Raises SatisfactionRefused.
    """
    known = SatisfactionAnswer.objects.filter(uuid=uuid).first()
    if known is not None:
        return known
    if not is_on_paper and (today or timezone.localdate()) > form.closes_on:
        raise SatisfactionRefused(_("Ce questionnaire est fermé. Merci de votre visite."))
    answers = SatisfactionAnswer.objects.filter(session=form.session_id)
    if not is_on_paper and answers.count() >= MOST_ANSWERS:
        raise SatisfactionRefused(
            _("Ce questionnaire a reçu toutes les réponses qu'il peut compter.")
        )
    if set(marks) != set(ASPECTS) or not all(mark in MARKS for mark in marks.values()):
        raise SatisfactionRefused(_("Donnez une note de 1 à 5 à chacune des quatre questions."))
    answer, _is_new = SatisfactionAnswer.objects.get_or_create(
        uuid=uuid,
        defaults={
            "session_id": form.session_id,
            "comment": comment.strip()[:MAX_COMMENT],
            **marks,
        },
    )
    return answer


def satisfaction_of(session: TrainingSession) -> Satisfaction:
    """The figures of a session; two queries."""
    rows = list(SatisfactionAnswer.objects.filter(session=session).values_list(*ASPECTS, "comment"))
    return summarise(
        [(row[0], row[1], row[2], row[3]) for row in rows],
        [row[4] for row in rows],
        enrolled=Participation.objects.filter(session=session).count(),
    )


def _token() -> str:
    return "".join(secrets.choice(ALPHABET) for _sign in range(TOKEN_SIGNS)).lower()


def read_slip(text: str) -> tuple[dict[str, int], str]:
    """« 5434 Trop court » → the four marks and the remark. Raises SatisfactionRefused."""
    line = text.strip()
    signs = [sign for sign in line[:8] if not sign.isspace()][: len(ASPECTS)]
    if len(signs) < len(ASPECTS) or not all(sign in "12345" for sign in signs):
        raise SatisfactionRefused(
            _("« %(line)s » : tapez d'abord quatre notes de 1 à 5, par exemple 5434.")
            % {"line": line[:20]}
        )
    rest, seen = line, 0
    while seen < len(ASPECTS):
        seen += not rest[0].isspace()
        rest = rest[1:]
    if rest[:1].isdigit():
        raise SatisfactionRefused(
            _("« %(line)s » : il y a plus de quatre notes.") % {"line": line[:20]}
        )
    return dict(zip(ASPECTS, (int(sign) for sign in signs), strict=True)), rest.strip()
