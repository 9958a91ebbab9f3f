"""Read partners' reports for their list: what an account may see, with totals beside."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from accounts.roles import AnyUser, territory_ids_in_scope
from trainers.models import PartnerHeadcount, PartnerReport


@dataclass(frozen=True)
class YearTotal:
    """People told by partners in one year: all, and by region; never added to persons."""

    year: int
    people: int
    places: tuple[tuple[str, int], ...]


def partner_reports_for(user: AnyUser) -> QuerySet[PartnerReport]:
    """Reports of the account's territory, or all of them (committee); the latest first."""
    reports = PartnerReport.objects.select_related("territory", "evidence", "recorded_by")
    scope = territory_ids_in_scope(user)
    if scope is not None:
        reports = reports.filter(territory__in=scope)
    return reports.annotate(people=Sum("headcounts__people")).order_by("-held_from", "-pk")


def totals_by_year(reports: QuerySet[PartnerReport]) -> list[YearTotal]:
    """Sum the headcounts by the year of the last day and by region, the latest year first."""
    counts: dict[int, Counter[str]] = {}
    rows = (
        PartnerHeadcount.objects.filter(report__in=reports.order_by().values("pk"))
        .values_list(
            "report__held_to__year", "report__territory__name", "report__territory__parent__name",
            "report__territory__level",
        )
        .annotate(total=Sum("people"))
    )  # fmt: skip
    for year, name, parent, level, total in rows:
        region = parent if level == "CERCLE" else name
        counts.setdefault(year, Counter())[region] += total
    return [
        YearTotal(year, counts[year].total(), tuple(sorted(counts[year].items())))
        for year in sorted(counts, reverse=True)
    ]
