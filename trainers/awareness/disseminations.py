"""Acts on the log of documents handed over: append-only, a mistake is voided with a reason (§2)."""

import datetime
import uuid as uuids

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organization, Territory, User
from trainers.enums import EvidenceKind
from trainers.evidence import store_evidence
from trainers.models import Dissemination

Upload = tuple[str, bytes]  # name, content


class DisseminationRefused(ValueError):
    """A hand-over that cannot be written; its text is a French sentence."""


@transaction.atomic
def record_dissemination(  # noqa: PLR0913 one argument for each fact
    *,
    document_kind: str,
    title: str,
    edition: str,
    copies: int,
    handed_on: datetime.date,
    territory: Territory,
    recipient: Organization | None = None,
    receipt_reference: str = "",
    receipt: Upload | None = None,
    uuid: uuids.UUID | None = None,
    by: User | None = None,
    is_demo: bool = False,
) -> Dissemination:
    """Record copies handed over against a receipt; downloads are counted apart.

    The client makes `uuid`: the same one sent twice is one hand-over. Raises
    `DisseminationRefused`, `trainers.evidence.EvidenceRefused`.
    """
    known = Dissemination.objects.filter(uuid=uuid).first() if uuid else None
    if known is not None:
        return known
    if copies < 1:
        raise DisseminationRefused(_("Une diffusion compte au moins un exemplaire."))
    if by is not None and handed_on > timezone.localdate():
        raise DisseminationRefused(_("Une remise se note une fois faite : vérifiez la date."))
    kept = None
    if receipt is not None:
        name, content = receipt
        kept = store_evidence(kind=EvidenceKind.RECEIPT, content=content, name=name, by=by)
    facts = {
        "document_kind": document_kind,
        "title": " ".join(title.split()),
        "edition": edition.strip(),
        "copies": copies,
        "handed_on": handed_on,
        "recipient": recipient,
        "territory": territory,
        "receipt_reference": receipt_reference.strip(),
        "receipt": kept,
        "recorded_by": by,
        "recorded_at": timezone.now(),
        "is_demo": is_demo,
    }
    if uuid is None:
        return Dissemination.objects.create(**facts)
    return Dissemination.objects.get_or_create(uuid=uuid, defaults=facts)[0]


@transaction.atomic
def attach_receipt(
    *, dissemination: Dissemination, reference: str, receipt: Upload, by: User
) -> Dissemination:
    """Complete a hand-over whose receipt came later; its file says who brought it and when.

    A receipt already there is never replaced. Raises `DisseminationRefused`,
    `trainers.evidence.EvidenceRefused`.
    """
    locked = Dissemination.objects.select_for_update(of=("self",)).get(pk=dissemination.pk)
    if locked.voided_at is not None:
        raise DisseminationRefused(_("Cette remise est annulée : notez-la de nouveau."))
    if locked.receipt_reference:
        raise DisseminationRefused(_("Cette remise a déjà son reçu."))
    if not reference.strip():
        raise DisseminationRefused(_("Écrivez la référence du reçu."))
    name, content = receipt
    kept = store_evidence(kind=EvidenceKind.RECEIPT, content=content, name=name, by=by)
    locked.receipt_reference = reference.strip()[:80]
    locked.receipt = kept
    locked.save(update_fields=["receipt_reference", "receipt"])
    return locked


@transaction.atomic
def void_dissemination(
    *, dissemination: Dissemination, by: User, reason: str, at: datetime.datetime | None = None
) -> Dissemination:
    """Take a hand-over out of every figure; the line stays, with who voided it and why."""
    locked = Dissemination.objects.select_for_update(of=("self",)).get(pk=dissemination.pk)
    if locked.voided_at is not None:
        return locked
    if not reason.strip():
        raise DisseminationRefused(_("Annuler une remise demande un motif."))
    locked.voided_at = at or timezone.now()
    locked.voided_by = by
    locked.void_reason = reason.strip()[:200]
    locked.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return locked
