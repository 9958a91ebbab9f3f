"""Acts on awareness events: record, change, cancel, return, validate (domain §2 and §3)."""

import datetime
import uuid as uuids
from collections.abc import Mapping, Sequence
from typing import Any, Required, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Territory, User
from trainers.awareness.access import is_in_charge_of, took_part_in
from trainers.awareness.codes import is_fit_code, propose_event_code
from trainers.awareness.event_checks import missing_in_event
from trainers.awareness.headcounts import total_of
from trainers.enums import EventKind, PollMethod, SessionState
from trainers.models import AwarenessEvent, EventBallot, Headcount, PlanActivity, PlanItem
from trainers.sessions.lock import CLOSED_STATES

Knowing = tuple[int, int]  # answers, right answers
MAX_PEOPLE = 1_000_000
CODE_TRIES = 5


class EventRefused(ValueError):
    """An event that cannot be written or validated; its text is a French sentence."""


class EventIncomplete(EventRefused):
    """An event that may not count yet; `reasons` are French sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = tuple(reasons)


class EventFacts(TypedDict, total=False):
    """What is told of an event; `headcounts` maps (sex, age band) to a number of people.

    `pre` and `post` are (answers, right answers) to the question asked before and after.
    """

    kind: Required[str]
    territory: Required[Territory]
    held_on: Required[datetime.date]
    headcounts: Required[Mapping[tuple[str, str], int]]
    title: str
    place: str
    language: str
    theme: str
    sector: str
    held_by: str
    pre: Knowing | None
    post: Knowing | None
    poll_method: str
    poll_question: str
    poll_answer: str
    plan_activity: PlanActivity | None
    plan_item: PlanItem | None


@transaction.atomic
def record_event(
    *,
    code: str = "",
    uuid: uuids.UUID | None = None,
    encoded_by: User | None = None,
    is_demo: bool = False,
    **facts: Unpack[EventFacts],
) -> AwarenessEvent:
    """Record an awareness event; without a code, the next one of its region is taken.

    The client makes `uuid`: the same one sent twice is one event. Raises `EventRefused`.
    """
    known = AwarenessEvent.objects.filter(uuid=uuid).first() if uuid else None
    if known is not None:
        return known
    _refuse_unfit(facts)
    if code:
        _refuse_code(code, facts)
    fields = _fields_of(facts)
    event = AwarenessEvent(uuid=uuid, encoded_by=encoded_by, is_demo=is_demo, **fields)
    event.code = code
    sign_event(event, encoded_by)
    inserted = _insert(event, facts["territory"])
    if inserted is event:
        _write_headcounts(event, facts["headcounts"])
    return inserted


@transaction.atomic
def change_event(
    *, event: AwarenessEvent, by: User, seen: int | None = None, **facts: Unpack[EventFacts]
) -> AwarenessEvent:
    """Correct an event until it is validated; what changed and who did it stays in its history.

    `seen` is the version that the writer had on screen (`version_of`): refused when it is not the
    last any more. What the short form asks and its answers stand: nothing typed replaces them.
    """
    locked = lock_event(event)
    refuse_closed_event(locked)
    if seen is not None and seen != version_of(locked):
        raise EventRefused(
            _("Quelqu'un d'autre a modifié cette action entre-temps : relisez-la, puis reprenez.")
        )
    _refuse_unfit(facts)
    fields = _fields_of(facts)
    if locked.poll_token or EventBallot.objects.filter(event=locked).exists():
        for name in _POLL_FIELDS:
            fields.pop(name)
    before = headcounts_of(locked)
    after = {cell: people for cell, people in facts["headcounts"].items() if people}
    changed = [name for name, value in fields.items() if getattr(locked, name) != value]
    if not changed and before == after:
        return locked
    for name in changed:
        setattr(locked, name, fields[name])
    locked.state = SessionState.TO_VALIDATE  # a correction answers the question asked
    reason = ""
    if before != after:
        Headcount.objects.filter(event=locked).delete()
        _write_headcounts(locked, after)
        totals = {"before": total_of(before), "after": total_of(after)}
        reason = _("Effectif : %(before)d, puis %(after)d") % totals
    sign_event(locked, by, reason)
    locked.save()
    return locked


@transaction.atomic
def cancel_event(*, event: AwarenessEvent, by: User, reason: str) -> AwarenessEvent:
    """Take an event out of every figure, with the reason; it stays in the list."""
    locked = lock_event(event)
    if locked.state == SessionState.CANCELLED:
        return locked
    if locked.state == SessionState.VALIDATED and not is_in_charge_of(locked, by):
        raise EventRefused(_("Une action validée ne s'annule que par qui répond du territoire."))
    if not reason.strip():
        raise EventRefused(_("Annuler une action demande un motif."))
    locked.state = SessionState.CANCELLED
    locked.cancellation_reason = reason.strip()
    locked.poll_token = ""
    sign_event(locked, by, _("Annulée"))
    locked.save()
    return locked


@transaction.atomic
def return_event(*, event: AwarenessEvent, by: User, question: str) -> AwarenessEvent:
    """Send an event back with a question; it waits for its answer, or for a correction."""
    locked = lock_event(event)
    if locked.state != SessionState.TO_VALIDATE:
        raise EventRefused(_("Seule une action à valider peut être renvoyée."))
    reasons = _unfit_validator(locked, by)
    if reasons:
        raise EventIncomplete(reasons)
    if not question.strip():
        raise EventRefused(_("Écrivez ce que vous demandez."))
    locked.state = SessionState.RUNNING
    sign_event(locked, by, question.strip())
    locked.save()
    return locked


@transaction.atomic
def answer_event(*, event: AwarenessEvent, by: User, answer: str) -> AwarenessEvent:
    """Answer the question of the validator: the event waits for its validation again."""
    locked = lock_event(event)
    if locked.state != SessionState.RUNNING:
        raise EventRefused(_("Cette action n'attend pas de réponse."))
    if not answer.strip():
        raise EventRefused(_("Écrivez votre réponse."))
    locked.state = SessionState.TO_VALIDATE
    sign_event(locked, by, answer.strip())
    locked.save()
    return locked


@transaction.atomic
def validate_event(
    *, event: AwarenessEvent, by: User, at: datetime.datetime | None = None
) -> AwarenessEvent:
    """Make an event count: by somebody in charge of its territory who had no hand in it.

    Raises `EventIncomplete` with every reason that forbids it.
    """
    locked = lock_event(event)
    if locked.state == SessionState.VALIDATED:
        return locked
    if locked.state == SessionState.CANCELLED:
        raise EventRefused(_("Une action annulée ne se valide pas."))
    if locked.state == SessionState.RUNNING:
        raise EventRefused(_("Cette action a été renvoyée : elle attend une réponse."))
    reasons = _unfit_validator(locked, by) or missing_in_event(locked)
    if reasons:
        raise EventIncomplete(reasons)
    locked.state = SessionState.VALIDATED
    locked.validated_by = by
    locked.validated_at = at or timezone.now()
    locked.poll_token = ""
    sign_event(locked, by, _("Validée"))
    locked.save()
    return locked


def lock_event(event: AwarenessEvent) -> AwarenessEvent:
    """Read the event again and keep every other writer waiting until the transaction ends."""
    return (
        AwarenessEvent.objects.select_for_update(of=("self",))
        .select_related("territory")
        .get(pk=event.pk)
    )


def version_of(event: AwarenessEvent) -> int:
    """The number of its last line of history: 0 for an event older than its history."""
    last = event.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return last or 0


def headcounts_of(event: AwarenessEvent) -> dict[tuple[str, str], int]:
    """Return the cells that hold somebody."""
    rows = Headcount.objects.filter(event=event).values_list("sex", "age_band", "people")
    return {(sex, band): people for sex, band, people in rows}


_POLL_FIELDS = (
    "poll_method", "poll_question", "poll_answer",
    "pre_answers", "pre_knowing", "post_answers", "post_knowing",
)  # fmt: skip


def _fields_of(facts: EventFacts) -> dict[str, Any]:
    pre, post = facts.get("pre"), facts.get("post")
    kind, place = facts["kind"], facts.get("place", "").strip()
    method = facts.get("poll_method", "")
    if not method and (pre or post):
        method = PollMethod.SHOW_OF_HANDS
    return {
        "kind": kind,
        "title": facts.get("title", "").strip() or _usual_title(kind, place),
        "territory": facts["territory"],
        "place": place,
        "language": facts.get("language", ""),
        "theme": facts.get("theme", ""),
        "sector": facts.get("sector", "") if kind == EventKind.SECTOR_MEETING else "",
        "held_on": facts["held_on"],
        "held_by": facts.get("held_by", "").strip(),
        "plan_activity": facts.get("plan_activity"),
        "plan_item": facts.get("plan_item"),
        "poll_method": method,
        "poll_question": facts.get("poll_question", "").strip(),
        "poll_answer": facts.get("poll_answer", ""),
        "pre_answers": pre[0] if pre else None,
        "pre_knowing": pre[1] if pre else None,
        "post_answers": post[0] if post else None,
        "post_knowing": post[1] if post else None,
    }


def _usual_title(kind: str, place: str) -> str:
    name = str(EventKind(kind).label)
    return f"{name}, {place}"[:200] if place else name


def _insert(event: AwarenessEvent, territory: Territory) -> AwarenessEvent:
    """Save under the code given, or under the next one even when two people take it at once.

    The answer is the event already there when the same UUID comes twice at once.
    """
    is_proposed = not event.code
    for attempt in range(CODE_TRIES):
        if is_proposed:
            event.code = propose_event_code(territory, event.held_on)
        try:
            with transaction.atomic():
                event.save(force_insert=True)
        except IntegrityError:
            known = AwarenessEvent.objects.filter(uuid=event.uuid, uuid__isnull=False).first()
            if known is not None:
                return known
            if not is_proposed or attempt == CODE_TRIES - 1:
                raise
        else:
            break
    return event


def _write_headcounts(event: AwarenessEvent, cells: Mapping[tuple[str, str], int]) -> None:
    Headcount.objects.bulk_create(
        Headcount(event=event, sex=sex, age_band=age_band, people=people)
        for (sex, age_band), people in cells.items()
        if people
    )


def _unfit_validator(event: AwarenessEvent, by: User) -> list[str]:
    if not is_in_charge_of(event, by):
        return [_("Seuls le point focal du territoire et le comité valident une action.")]
    if event.encoded_by_id == by.pk:
        return [_("Qui a saisi une action ne peut pas la valider.")]
    if took_part_in(event, by):
        return [
            _("Qui a animé ou modifié une action ne peut pas la valider : demandez à un tiers.")
        ]
    return []


def _refuse_unfit(facts: EventFacts) -> None:
    cells = facts["headcounts"]
    if any(people < 0 for people in cells.values()):
        raise EventRefused(_("Un effectif ne peut pas être négatif."))
    if total_of(cells) > MAX_PEOPLE:
        raise EventRefused(_("Un effectif de plus d'un million ne peut pas être compté."))
    for answers, knowing in filter(None, (facts.get("pre"), facts.get("post"))):
        if not 0 <= knowing <= answers:
            raise EventRefused(_("Il y a plus de réponses justes que de réponses."))


def _refuse_code(code: str, facts: EventFacts) -> None:
    if not is_fit_code(code):
        raise EventRefused(
            _("Le code « %(code)s » ne convient pas : 40 lettres, chiffres ou tirets au plus.")
            % {"code": code}
        )
    if AwarenessEvent.objects.filter(code__iexact=code).exists():
        free = propose_event_code(facts["territory"], facts["held_on"])
        raise EventRefused(
            _("L'action %(code)s existe déjà. Le code %(free)s est libre.")
            % {"code": code, "free": free}
        )


def refuse_closed_event(event: AwarenessEvent) -> None:
    """Raise `EventRefused` for an event that is validated or cancelled."""
    if event.state in CLOSED_STATES:
        raise EventRefused(
            _("L'action %(code)s est %(state)s : elle ne change plus.")
            % {"code": event.code, "state": event.get_state_display().lower()}
        )


def sign_event(event: AwarenessEvent, by: User | None, reason: str = "") -> None:
    """Name who writes, and why, for the line of history that the next save makes."""
    setattr(event, "_history_user", by)  # noqa: B010 simple_history reads these names
    setattr(event, "_change_reason", reason[:100])  # noqa: B010
