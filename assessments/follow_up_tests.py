"""The delayed test: which form a person takes three and six months later, and when. Only reads.

The form is parallel to those of the session and its answers were never shown to this person: one
not taken yet, or else that of the pre-test, whose key is shown to nobody. A session that swaps two
forms leaves the second one only. Nothing is offered rather than a form whose correction was read.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.utils import timezone

from assessments.enums import Occasion
from assessments.follow_up_timing import is_answerable
from assessments.models import Attempt, FollowUp, TestForm
from trainers.models import Participation

OCCASION_OF = {3: Occasion.FOLLOW_UP, 6: Occasion.LATE_FOLLOW_UP}
MONTHS_OF = {occasion: months for months, occasion in OCCASION_OF.items()}


def follow_up_form(participation: Participation, occasion: str) -> TestForm | None:
    """The form of this person's delayed test; None where none fits. A copy begun keeps its form."""
    return follow_up_forms([(participation, occasion)])[participation.pk, occasion]


def follow_up_forms(
    wanted: Collection[tuple[Participation, str]],
) -> dict[tuple[int, str], TestForm | None]:
    """The form of each (participation, occasion); two queries whatever their number."""
    taken: dict[int, dict[str, TestForm]] = defaultdict(dict)
    copies = Attempt.objects.filter(participation__in={one for one, _occasion in wanted})
    for copy in copies.select_related("form").order_by("pk"):
        taken[copy.participation_id][copy.occasion] = copy.form
    groups = {form.parallel_group for forms in taken.values() for form in forms.values()}
    parallel: dict[str, list[TestForm]] = defaultdict(list)
    for form in TestForm.objects.filter(parallel_group__in=groups).order_by("letter", "code"):
        parallel[form.parallel_group].append(form)
    return {
        (one.pk, occasion): _chosen(taken[one.pk], occasion, parallel) for one, occasion in wanted
    }


def _chosen(
    taken: Mapping[str, TestForm], occasion: str, parallel: Mapping[str, Sequence[TestForm]]
) -> TestForm | None:
    if occasion in taken:
        return taken[occasion]
    reference = taken.get(Occasion.POST) or taken.get(Occasion.PRE)
    if reference is None:
        return None
    known = {form.pk for form in taken.values()}
    fresh = [form for form in parallel[reference.parallel_group] if form.pk not in known]
    if fresh:
        return fresh[0]
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
