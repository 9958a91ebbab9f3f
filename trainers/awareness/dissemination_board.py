"""What the log of documents shows: its lines, its totals by document and region, the downloads."""

from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from accounts.models import Territory
from courses.models import DownloadCount
from trainers.enums import DocumentKind
from trainers.models import Dissemination
from trainers.models.awareness import DisseminationQuerySet

Entry = dict[str, Any]


def filtered_disseminations(
    log: DisseminationQuerySet, asked: dict[str, Any]
) -> DisseminationQuerySet:
    """Keep what the filter of the log asks for."""
    if asked["document"]:
        log = log.filter(document_kind=asked["document"])
    if asked["annee"]:
        log = log.filter(handed_on__year=asked["annee"])
    if asked["region"]:
        within = Territory.objects.within(asked["region"])
        log = log.filter(territory__in=within.values("pk"))
    return log


def listed(log: DisseminationQuerySet) -> DisseminationQuerySet:
    """The latest first, voided ones in their place."""
    return log.select_related("territory", "recipient", "voided_by").order_by("-handed_on", "-pk")


def totals_by_document(log: DisseminationQuerySet) -> list[Entry]:
    """Copies that stand, by document and edition; `proved` are those with a receipt. One query."""
    rows = (
        log.standing()
        .values("document_kind", "title", "edition")
        .annotate(
            given=Sum("copies"),
            proved=Sum("copies", filter=~Q(receipt_reference="")),
            times=Count("pk"),
        )
        .order_by("document_kind", "title", "edition")
    )
    return [
        {
            **row,
            "copies": row["given"],
            "kind": DocumentKind(row["document_kind"]).label,
            "proved": row["proved"] or 0,
        }
        for row in rows
    ]


def totals_by_region(log: DisseminationQuerySet) -> list[Entry]:
    """Copies that stand, by region of the recipient, as bars: two queries."""
    copies: dict[int | None, int] = {}
    for territory, level, parent, count in (
        log.standing()
        .values_list("territory_id", "territory__level", "territory__parent_id")
        .annotate(count=Sum("copies"))
        .order_by()
    ):
        region = parent if level == "CERCLE" else territory
        copies[region] = copies.get(region, 0) + count
    most = max(copies.values(), default=0)
    regions = Territory.objects.filter(pk__in=[pk for pk in copies if pk]).order_by("position")
    return [
        {
            "label": region.name,
            "percent": round(copies[region.pk] * 100 / most),
            "text": localize(copies[region.pk]),
        }
        for region in regions
    ]


def downloads_by_document(year: str = "") -> list[Entry]:
    """Downloads of the whole site by document, the most asked for first; shown apart. One query."""
    counts = DownloadCount.objects.filter(day__year=year) if year else DownloadCount.objects.all()
    rows = counts.values("document").annotate(total=Sum("downloads")).order_by("-total", "document")
    titles = dict(counts.order_by("day").values_list("document", "title"))
    return [{"title": titles[row["document"]], "downloads": row["total"]} for row in rows]


def line_of(handed: Dissemination) -> Entry:
    """One line of the log."""
    return {
        "pk": handed.pk,
        "title": handed.title,
        "kind": handed.get_document_kind_display(),
        "edition": handed.edition,
        "copies": handed.copies,
        "day": date_format(handed.handed_on, "j F Y"),
        "place": handed.territory.name,
        "recipient": handed.recipient.name if handed.recipient else "",
        "receipt": handed.receipt_reference,
        "has_file": handed.receipt_id is not None,
        "is_voided": handed.voided_at is not None,
        "void_reason": handed.void_reason,
        "voided_by": str(handed.voided_by) if handed.voided_by else "",
    }


def facts_of_line(handed: Dissemination) -> list[Entry]:
    """Everything that is told of one hand-over, as pairs of words; empty ones are left out."""
    recorded = ""
    if handed.recorded_by is not None and handed.recorded_at is not None:
        recorded = _("%(name)s, le %(day)s") % {
            "name": handed.recorded_by,
            "day": date_format(handed.recorded_at, "j F Y"),
        }
    pairs = (
        (_("Document"), handed.get_document_kind_display()),
        (_("Édition"), handed.edition),
        (_("Exemplaires"), localize(handed.copies)),
        (_("Remis le"), date_format(handed.handed_on, "j F Y")),
        (_("Remis à"), handed.recipient.name if handed.recipient else ""),
        (_("Territoire"), handed.territory.name),
        (_("Référence du reçu"), handed.receipt_reference),
        (_("Saisie par"), recorded),
    )
    return [{"term": term, "text": text} for term, text in pairs if text]
