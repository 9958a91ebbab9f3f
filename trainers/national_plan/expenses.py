"""Write down what was spent, in FCFA, with its proof. A mistake is voided, never overwritten."""

import datetime
import uuid as uuids
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.enums import EvidenceKind
from trainers.evidence import EvidenceRefused, store_evidence
from trainers.models import AwarenessEvent, Evidence, Expense, PlanItem, TrainingSession
from trainers.national_plan.amounts import MAX_AMOUNT
from trainers.national_plan.items import ItemRefused, lock_item

MAX_LABEL = 160
FIRST_DAY = datetime.date(2023, 1, 1)  # of the plan


class ExpenseRefused(ValueError):
    """An expense that is not written; its text is a French sentence."""


@dataclass(frozen=True)
class Proof:
    """A file that shows the expense: an invoice, a receipt, a pay list."""

    content: bytes
    name: str


@transaction.atomic
def record_expense(
    *,
    uuid: uuids.UUID,
    on: TrainingSession | AwarenessEvent | PlanItem,
    spent_on: datetime.date,
    label: str,
    amount: int,
    proof: Proof | None = None,
    by: User | None = None,
    today: datetime.date | None = None,
    is_demo: bool = False,
) -> Expense:
    """Write an expense on one thing; the same UUID again returns the first and changes nothing.

    `today` is the last day on which it may have been paid: the real one, but in the demonstration.
    Raises `ExpenseRefused`, also for a proof that is not kept.
    """
    known = Expense.objects.filter(uuid=uuid).first()
    if known is not None:
        return known
    _refuse_unfit(spent_on, label, amount, today or timezone.localdate())
    if isinstance(on, PlanItem):
        _hold(on)
    try:
        with transaction.atomic():
            return Expense.objects.create(
                uuid=uuid,
                session=on if isinstance(on, TrainingSession) else None,
                event=on if isinstance(on, AwarenessEvent) else None,
                plan_item=on if isinstance(on, PlanItem) else None,
                spent_on=spent_on,
                label=label.strip(),
                amount=amount,
                proof=_kept(proof, on, by),
                recorded_by=by,
                recorded_at=timezone.now(),
                is_demo=is_demo,
            )
    except IntegrityError:  # the same form arrived twice at the same moment
        known = Expense.objects.filter(uuid=uuid).first()
        if known is None:
            raise
        return known


@transaction.atomic
def void_expense(*, expense: Expense, by: User | None = None, reason: str) -> Expense:
    """Take an expense out of the totals, with the reason; a voided one is left as it is."""
    kept = reason.strip()
    if not kept:
        raise ExpenseRefused(_("Dites pourquoi vous annulez cette dépense."))
    locked = Expense.objects.select_for_update(of=("self",)).get(pk=expense.pk)
    if locked.voided_at is not None:
        return locked
    locked.voided_at, locked.voided_by, locked.void_reason = timezone.now(), by, kept[:200]
    locked.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return locked


def _hold(item: PlanItem) -> None:
    """Keep the line from being removed meanwhile."""
    try:
        lock_item(item)
    except ItemRefused as refusal:
        raise ExpenseRefused(str(refusal)) from refusal


def _kept(
    proof: Proof | None, on: TrainingSession | AwarenessEvent | PlanItem, by: User | None
) -> Evidence | None:
    if proof is None:
        return None
    try:
        return store_evidence(
            kind=EvidenceKind.EXPENSE_PROOF,
            content=proof.content,
            name=proof.name,
            session=on if isinstance(on, TrainingSession) else None,
            event=on if isinstance(on, AwarenessEvent) else None,
            by=by,
        )
    except EvidenceRefused as refusal:
        raise ExpenseRefused(str(refusal)) from refusal


def _refuse_unfit(spent_on: datetime.date, label: str, amount: int, today: datetime.date) -> None:
    if not label.strip():
        raise ExpenseRefused(_("Dites ce qui a été payé."))
    if len(label.strip()) > MAX_LABEL:
        raise ExpenseRefused(_("L'objet de la dépense dépasse 160 caractères."))
    if not 0 < amount <= MAX_AMOUNT:
        raise ExpenseRefused(_("Le montant est un nombre entier de FCFA, plus grand que zéro."))
    if spent_on > today:
        raise ExpenseRefused(_("Une dépense ne se note pas d'avance : vérifiez la date."))
    if spent_on < FIRST_DAY:
        raise ExpenseRefused(_("Le plan commence en 2023 : vérifiez la date."))
