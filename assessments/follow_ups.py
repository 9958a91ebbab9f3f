"""Follow-up after a session: are the skills used? (produit 2.2.1.a). Silence is never a yes."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.link_tokens import new_link_token
from accounts.models import User
from assessments.enums import SkillsUse
from assessments.follow_up_timing import DELAYS_IN_MONTHS, is_answerable
from assessments.models import FollowUp
from trainers.models import Participation


class UnknownDelay(ValueError):
    """The plan asks at 3 and 6 months, nothing else."""


class FollowUpClosed(ValueError):
    """The answer comes too late; the text is a French sentence."""


class AnsweredByThemselves(ValueError):
    """The person has answered by the link; the text is a French sentence."""


@transaction.atomic
def send_follow_ups(
    *, participations: Iterable[Participation], months: int, sent_on: datetime.date
) -> list[FollowUp]:
    """Note that each participant is asked, once per delay; those asked already stay as they are.

    Nothing is posted here: `assessments.follow_up_sending` does both.

    Returns the follow-ups of these participations for that delay, new and old.
    """
    if months not in DELAYS_IN_MONTHS:
        raise UnknownDelay(_("Le suivi se fait à 3 ou 6 mois."))
    FollowUp.objects.bulk_create(
        [
            FollowUp(
                participation=participation, months=months, sent_on=sent_on, token=new_link_token()
            )
            for participation in participations
        ],
        ignore_conflicts=True,
    )
    return list(
        FollowUp.objects.filter(participation__in=participations, months=months).order_by(
            "participation"
        )
    )


@transaction.atomic
def answer_follow_up(
    *,
    follow_up: FollowUp,
    uses_skills: SkillsUse,
    answered_on: datetime.date,
    by: User | None = None,
) -> FollowUp:
    """Record the answer; the same answer given again changes nothing, a new one replaces it.

    `by` is whoever types what the person said by telephone; None for the person behind the link,
    whose own answer always stands. Raises FollowUpClosed when the question was asked more than two
    months ago, AnsweredByThemselves when `by` would replace an answer of the person.
    """
    locked = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if not is_answerable(locked.sent_on, answered_on):
        raise FollowUpClosed(_("Ce questionnaire est fermé. Merci de votre visite."))
    is_own = locked.answered_on is not None and locked.answered_by_id is None
    if by is not None and is_own:
        raise AnsweredByThemselves(
            _("Cette personne a déjà répondu par son lien : sa réponse reste.")
        )
    if by is not None and locked.uses_skills == uses_skills:
        return locked
    locked.uses_skills = uses_skills
    locked.answered_on = answered_on
    locked.answered_by = by
    locked.save(update_fields=["uses_skills", "answered_on", "answered_by"])
    return locked
