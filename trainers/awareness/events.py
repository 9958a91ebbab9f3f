"""Acts on unnamed facts: awareness events with their headcounts, and documents handed out (§2)."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Audience
from accounts.models import Organization, Territory, User
from accounts.roles import belongs_to, territory_ids_in_scope
from trainers.enums import SessionState
from trainers.models import AwarenessEvent, Dissemination, Headcount, PlanActivity

Knowing = tuple[int, int]  # answers, right answers


class EventRefused(ValueError):
    """An event that cannot be written or validated; its text is a French sentence."""


@transaction.atomic
def record_event(  # noqa: PLR0913 one argument for each fact
    *,
    code: str,
    kind: str,
    title: str,
    territory: Territory,
    place: str,
    language: str,
    held_on: datetime.date,
    headcounts: Mapping[tuple[str, str], int],
    pre: Knowing | None = None,
    post: Knowing | None = None,
    plan_activity: PlanActivity | None = None,
    encoded_by: User | None = None,
    is_demo: bool = False,
) -> AwarenessEvent:
    """Record an awareness event; `headcounts` maps (sex, age band) to a number of people.

    `pre` and `post` are (answers, right answers) to the question asked before and after. Raises
    `EventRefused`.
    """
    if AwarenessEvent.objects.filter(code__iexact=code).exists():
        raise EventRefused(_("L'action %(code)s existe déjà.") % {"code": code})
    if any(people < 0 for people in headcounts.values()):
        raise EventRefused(_("Un effectif ne peut pas être négatif."))
    for answers, knowing in filter(None, (pre, post)):
        if not 0 <= knowing <= answers:
            raise EventRefused(_("Il y a plus de réponses justes que de réponses."))
    event = AwarenessEvent.objects.create(
        code=code,
        kind=kind,
        title=title.strip(),
        territory=territory,
        place=place.strip(),
        language=language,
        held_on=held_on,
        plan_activity=plan_activity,
        pre_answers=pre[0] if pre else None,
        pre_knowing=pre[1] if pre else None,
        post_answers=post[0] if post else None,
        post_knowing=post[1] if post else None,
        encoded_by=encoded_by,
        is_demo=is_demo,
    )
    Headcount.objects.bulk_create(
        Headcount(event=event, sex=sex, age_band=age_band, people=people)
        for (sex, age_band), people in headcounts.items()
        if people
    )
    return event


@transaction.atomic
def validate_event(
    *, event: AwarenessEvent, by: User, at: datetime.datetime | None = None
) -> AwarenessEvent:
    """Make an event count: by somebody in charge of its territory who did not encode it."""
    locked = AwarenessEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if locked.state == SessionState.VALIDATED:
        return locked
    if locked.state == SessionState.CANCELLED:
        raise EventRefused(_("Une action annulée ne se valide pas."))
    if locked.encoded_by_id == by.pk:
        raise EventRefused(_("Qui a saisi une action ne peut pas la valider."))
    scope = territory_ids_in_scope(by)
    in_charge = belongs_to(by, Audience.VALIDATORS)
    if not in_charge or (scope is not None and locked.territory_id not in scope):
        raise EventRefused(
            _("Seuls le point focal du territoire et le comité valident une action.")
        )
    if not Headcount.objects.filter(event=locked).exists():
        raise EventRefused(_("Une action sans effectif ne se valide pas."))
    locked.state = SessionState.VALIDATED
    locked.validated_by = by
    locked.validated_at = at or timezone.now()
    locked.save(update_fields=["state", "validated_by", "validated_at"])
    return locked


@transaction.atomic
def record_dissemination(
    *,
    document_kind: str,
    title: str,
    edition: str,
    copies: int,
    handed_on: datetime.date,
    territory: Territory,
    recipient: Organization | None = None,
    receipt_reference: str = "",
    is_demo: bool = False,
) -> Dissemination:
    """Record copies handed over against a receipt; downloads are counted apart."""
    if copies < 1:
        raise EventRefused(_("Une diffusion compte au moins un exemplaire."))
    return Dissemination.objects.create(
        document_kind=document_kind,
        title=title.strip(),
        edition=edition.strip(),
        copies=copies,
        handed_on=handed_on,
        recipient=recipient,
        territory=territory,
        receipt_reference=receipt_reference.strip(),
        is_demo=is_demo,
    )
