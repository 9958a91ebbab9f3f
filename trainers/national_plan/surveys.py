"""Acts on the survey of training needs: open it, take one anonymous answer exactly once."""

import datetime
import uuid as uuids
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.link_tokens import new_link_token
from accounts.models import ProfessionCategory, Territory, User
from courses.models import Topic
from trainers.models import NeedsAnswer, NeedsRating, NeedsSurvey
from trainers.national_plan.needs_score import SCALE

MAX_TITLE = 160

Ratings = Mapping[Topic, tuple[int, int]]  # usefulness, ease


class SurveyRefused(ValueError):
    """A survey or an answer that is not written; its text is a French sentence."""


@transaction.atomic
def open_survey(
    *,
    title: str,
    opens_on: datetime.date,
    closes_on: datetime.date,
    token: str = "",
    by: User | None = None,
    is_demo: bool = False,
) -> NeedsSurvey:
    """Open a survey behind a link that nobody guesses. Raises `SurveyRefused`.

    The `token` comes from the form: sent twice, it is one survey.
    """
    known = NeedsSurvey.objects.filter(token=token).first() if token else None
    if known is not None:
        return known
    if not title.strip() or len(title.strip()) > MAX_TITLE:
        raise SurveyRefused(_("Donnez à l'enquête un titre de 160 caractères au plus."))
    if closes_on < opens_on:
        raise SurveyRefused(_("L'enquête se ferme après son ouverture : vérifiez les dates."))
    return NeedsSurvey.objects.create(
        title=title.strip(),
        token=token or new_link_token(),
        opens_on=opens_on,
        closes_on=closes_on,
        created_by=by,
        is_demo=is_demo,
    )


@transaction.atomic
def set_survey_dates(
    *, survey: NeedsSurvey, opens_on: datetime.date, closes_on: datetime.date
) -> NeedsSurvey:
    """Close a survey earlier, or keep it open longer. Raises `SurveyRefused`."""
    if closes_on < opens_on:
        raise SurveyRefused(_("L'enquête se ferme après son ouverture : vérifiez les dates."))
    locked = NeedsSurvey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    locked.opens_on, locked.closes_on = opens_on, closes_on
    locked.save(update_fields=["opens_on", "closes_on"])
    return locked


@transaction.atomic
def record_answer(
    *,
    uuid: uuids.UUID,
    survey: NeedsSurvey,
    category: ProfessionCategory | None,
    territory: Territory | None,
    ratings: Ratings,
    answered_on: datetime.date | None = None,
    today: datetime.date | None = None,
) -> NeedsAnswer:
    """Keep an answer: a day, a category, a territory, and the topics rated; never a name.

    The same UUID again returns the first and changes nothing. The day must lie within the survey's:
    a paper may be typed later, not filled in later. `today` is the real day, but in the
    demonstration. Raises `SurveyRefused`.
    """
    known = NeedsAnswer.objects.filter(uuid=uuid).first()
    if known is not None:
        return known
    today = today or timezone.localdate()
    day = answered_on or today
    if not survey.opens_on <= day <= survey.closes_on:
        raise SurveyRefused(_("L'enquête n'est pas ouverte à cette date."))
    if day > today:
        raise SurveyRefused(_("Cette date est dans l'avenir : vérifiez-la."))
    if not ratings:
        raise SurveyRefused(_("Donnez votre avis sur un thème au moins."))
    if any(one not in SCALE for pair in ratings.values() for one in pair):
        raise SurveyRefused(_("Chaque avis va de 1 à 5."))
    try:
        with transaction.atomic():
            answer = NeedsAnswer.objects.create(
                uuid=uuid, survey=survey, category=category, territory=territory, answered_on=day
            )
    except IntegrityError:  # the same form arrived twice at the same moment
        return NeedsAnswer.objects.get(uuid=uuid)
    NeedsRating.objects.bulk_create(
        NeedsRating(answer=answer, topic=topic, usefulness=usefulness, ease=ease)
        for topic, (usefulness, ease) in ratings.items()
    )
    return answer


def is_open(survey: NeedsSurvey, day: datetime.date) -> bool:
    """Whether the public form takes answers that day, its last day included."""
    return survey.opens_on <= day <= survey.closes_on
