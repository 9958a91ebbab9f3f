"""The delayed test: which form a person takes three and six months later, and when. Only reads.

The form is parallel to those of the session and its answers were never shown to this person: one
not taken yet, or else that of the pre-test, whose key is shown to nobody. A session that swaps two
forms leaves the second one only. Nothing is offered rather than a form whose correction was read.
"""

import datetime

from django.utils import timezone

from assessments.enums import Occasion
from assessments.follow_up_timing import is_answerable
from assessments.models import Attempt, FollowUp, TestForm
from trainers.models import Participation

OCCASION_OF = {3: Occasion.FOLLOW_UP, 6: Occasion.LATE_FOLLOW_UP}
MONTHS_OF = {occasion: months for months, occasion in OCCASION_OF.items()}


def follow_up_form(participation: Participation, occasion: str) -> TestForm | None:
    """The form of this person's delayed test; None where none fits. A copy begun keeps its form."""
    taken = {
        attempt.occasion: attempt.form
        for attempt in Attempt.objects.filter(participation=participation)
        .select_related("form")
        .order_by("pk")
    }
    if occasion in taken:
        return taken[occasion]
    reference = taken.get(Occasion.POST) or taken.get(Occasion.PRE)
    if reference is None:
        return None
    known = {form.pk for form in taken.values()}
    parallel = TestForm.objects.filter(parallel_group=reference.parallel_group)
    fresh = parallel.exclude(pk__in=known).order_by("letter", "code").first()
    if fresh is not None:
        return fresh
    before = taken.get(Occasion.PRE)
    others = {form.pk for one, form in taken.items() if one != Occasion.PRE}
    return before if before is not None and before.pk not in others else None


def follow_up_test_is_open(
    participation: Participation, occasion: str, *, day: datetime.date | None = None
) -> bool:
    """Whether this delayed test may be started: two months from the day its question was sent."""
    sent_on = (
        FollowUp.objects.filter(participation=participation, months=MONTHS_OF[Occasion(occasion)])
        .values_list("sent_on", flat=True)
        .first()
    )
    return sent_on is not None and is_answerable(sent_on, day or timezone.localdate())
