"""What a person is still asked months after a session: the question, the delayed test. Reads."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils import timezone

from assessments.enums import Occasion
from assessments.follow_up_tests import OCCASION_OF, follow_up_forms
from assessments.follow_up_timing import ANSWERING_DAYS, is_answerable
from assessments.models import Attempt, FollowUp
from trainers.models import Participation


@dataclass(frozen=True)
class OwnFollowUp:
    """A follow-up of mine that waits: its question, its test, or both.

    `token` opens the question, "" once it is answered; `occasion` is the delayed test left to
    take, None where it is handed in or no form fits. Both are taken until `closes_on`.
    """

    participation: Participation
    months: int
    token: str
    occasion: Occasion | None
    is_begun: bool
    closes_on: datetime.date


def waiting_follow_ups(
    participations: Collection[Participation],
    copies: Mapping[tuple[int, str], Attempt],
    *,
    day: datetime.date | None = None,
) -> list[OwnFollowUp]:
    """What waits on a day (today), the first to close first; three queries at most."""
    day = day or timezone.localdate()
    mine = {one.pk: one for one in participations}
    asked = [
        one
        for one in FollowUp.objects.filter(participation__in=mine).order_by("sent_on", "pk")
        if is_answerable(one.sent_on, day)
    ]
    left = [
        (mine[one.participation_id], OCCASION_OF[one.months])
        for one in asked
        if not _is_handed_in(copies.get((one.participation_id, OCCASION_OF[one.months])))
    ]
    forms = follow_up_forms(left) if left else {}
    found = []
    for one in asked:
        occasion = OCCASION_OF[one.months]
        has_test = forms.get((one.participation_id, occasion)) is not None
        found.append(
            OwnFollowUp(
                participation=mine[one.participation_id],
                months=one.months,
                token=(one.token or "") if one.answered_on is None else "",
                occasion=occasion if has_test else None,
                is_begun=(one.participation_id, occasion) in copies,
                closes_on=one.sent_on + datetime.timedelta(days=ANSWERING_DAYS),
            )
        )
    return [one for one in found if one.token or one.occasion]


def _is_handed_in(copy: Attempt | None) -> bool:
    return copy is not None and copy.submitted_at is not None
