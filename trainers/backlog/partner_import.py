"""Keep partners' old reports: numbers without names, shown apart, never persons (domain §2)."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ProfessionCategory, Territory, User
from accounts.names import fold
from accounts.roles import territory_ids_in_scope
from trainers.attendance.reference_words import territory_names
from trainers.backlog.partner_rows import (
    PartnerRow,
    PartnerSheet,
    ReportKey,
    Words,
    read_partner_sheet,
)
from trainers.enums import EvidenceKind, SessionType
from trainers.evidence import sha256_of, store_evidence
from trainers.models import Evidence, PartnerHeadcount, PartnerReport
from trainers.workbooks import read_table

NEW, KNOWN, REFUSED = "NEW", "KNOWN", "REFUSED"
Headcounts = Mapping[tuple[str, str], int]  # sex and category code, "" where unknown


class PartnerReportRefused(ValueError):
    """A report that is not kept; its text is a French sentence."""


@dataclass(frozen=True)
class ReportOutcome:
    """One report of a file: NEW, KNOWN (nothing changes) or REFUSED."""

    key: ReportKey
    type: str
    status: str
    place: str
    headcounts: Headcounts
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        return sum(self.headcounts.values())

    @property
    def is_refused(self) -> bool:
        return self.status == REFUSED

    @property
    def is_new(self) -> bool:
        return self.status == NEW


@dataclass(frozen=True)
class PartnerImport:
    """The outcome of a check or of an import, the same figures in both."""

    name: str
    sha256: str
    reports: tuple[ReportOutcome, ...] = ()
    errors: tuple[str, ...] = ()
    applied: bool = False

    @property
    def new(self) -> tuple[ReportOutcome, ...]:
        return tuple(one for one in self.reports if one.is_new)


def check_partner_reports(*, content: bytes, name: str, by: User | None = None) -> PartnerImport:
    """Read a file of headcounts and tell what applying it would keep; nothing is written.

    Raises `trainers.workbooks.UnreadableWorkbook`.
    """
    sheet = read_partner_sheet(read_table(content, name=name), _words())
    outcomes, errors = _outcomes(sheet, by), sheet.errors
    if not outcomes and not errors:
        errors = (_("Ce classeur ne contient aucune ligne sous ses titres."),)
    return PartnerImport(name, sha256_of(content), outcomes, errors)


@transaction.atomic
def apply_partner_reports(*, content: bytes, name: str, by: User | None = None) -> PartnerImport:
    """Keep the reports that have no error, with the file. The same file twice changes nothing.

    Raises `PartnerReportRefused`, `UnreadableWorkbook`, `trainers.evidence.EvidenceRefused`.
    """
    checked = check_partner_reports(content=content, name=name, by=by)
    if checked.errors:
        raise PartnerReportRefused(" ".join(checked.errors))
    if checked.new:
        evidence = store_evidence(
            kind=EvidenceKind.PARTNER_REPORT, content=content, name=name, by=by
        )
        territories = {one.code: one for one in Territory.objects.all()}
        for one in checked.new:
            assert one.key.held_from is not None  # a report without it was refused
            assert one.key.held_to is not None
            record_partner_report(
                partner=one.key.partner,
                title=one.key.title,
                type=one.type,
                territory=territories[one.key.territory],
                held_from=one.key.held_from,
                held_to=one.key.held_to,
                headcounts=one.headcounts,
                evidence=evidence,
                by=by,
            )
    return replace(checked, applied=True)


@transaction.atomic
def record_partner_report(
    *,
    partner: str,
    title: str,
    type: str,  # noqa: A002 the name of the field
    territory: Territory,
    held_from: datetime.date,
    held_to: datetime.date,
    headcounts: Headcounts,
    evidence: Evidence | None = None,
    by: User | None = None,
    is_demo: bool = False,
) -> PartnerReport:
    """Keep one report; the same one again changes nothing. Raises `PartnerReportRefused`."""
    if held_to < held_from:
        raise PartnerReportRefused(_("Le dernier jour vient avant le premier."))
    if held_to > timezone.localdate():
        raise PartnerReportRefused(_("Un rapport parle de ce qui a eu lieu : vérifiez les dates."))
    if not sum(headcounts.values()):
        raise PartnerReportRefused(_("Donnez au moins un effectif."))
    report, is_new = PartnerReport.objects.get_or_create(
        partner=partner.strip(),
        title=title.strip(),
        territory=territory,
        held_from=held_from,
        held_to=held_to,
        defaults={
            "type": type or SessionType.TRAINING,
            "evidence": evidence,
            "recorded_by": by,
            "recorded_at": timezone.now(),
            "is_demo": is_demo,
        },
    )
    if is_new:
        categories = dict(ProfessionCategory.objects.values_list("code", "pk"))
        PartnerHeadcount.objects.bulk_create(
            PartnerHeadcount(
                report=report, sex=sex, category_id=categories.get(category), people=people
            )
            for (sex, category), people in headcounts.items()
            if people
        )
    elif _kept_headcounts(report) != {pair: n for pair, n in headcounts.items() if n}:
        raise PartnerReportRefused(
            _("Ce rapport est déjà gardé avec d'autres effectifs : rien n'est changé.")
        )
    return report


def _words() -> Words:
    types = {fold(label): value for value, label in SessionType.choices}
    return Words(
        types={**types, "sensibilisation": SessionType.AWARENESS.value},
        categories={
            fold(name): code
            for name, code in ProfessionCategory.objects.values_list("name", "code")
        },
        territories=territory_names(),
    )


def _outcomes(sheet: PartnerSheet, by: User | None) -> tuple[ReportOutcome, ...]:
    groups: dict[ReportKey, list[PartnerRow]] = defaultdict(list)
    for row in sheet.rows:
        groups[row.key].append(row)
    scope = None if by is None else territory_ids_in_scope(by)
    places = {code: (pk, name) for pk, code, name in
              Territory.objects.values_list("pk", "code", "name")}  # fmt: skip
    known = {_key_of(one): one for one in
             PartnerReport.objects.select_related("territory").prefetch_related(
                 "headcounts__category")}  # fmt: skip
    found = []
    for key, rows in groups.items():
        pk, place = places.get(key.territory, (0, ""))
        outcome = _outcome(key, rows, place)
        if pk and scope is not None and pk not in scope:
            sentence = _("« %(place)s » n'est pas de votre territoire.") % {"place": place}
            outcome = replace(outcome, status=REFUSED, errors=(*outcome.errors, sentence))
        elif key in known and not outcome.errors:
            outcome = _against(outcome, known[key])
        found.append(outcome)
    return tuple(found)


def _outcome(key: ReportKey, rows: Sequence[PartnerRow], place: str) -> ReportOutcome:
    headcounts: dict[tuple[str, str], int] = {}
    lines: dict[tuple[str, str], int] = {}
    errors = [f"Ligne {row.line} · {sentence}" for row in rows for sentence in row.errors]
    for row in rows:
        pair = (row.sex, row.category)
        if pair in lines and not row.errors:
            errors.append(
                _("Ligne %(line)d · Même sexe et même catégorie que la ligne %(first)d.")
                % {"line": row.line, "first": lines[pair]}
            )
        lines.setdefault(pair, row.line)
        headcounts[pair] = row.people
    kinds = {row.type for row in rows} - {""}
    if len(kinds) > 1:
        errors.append(_("Les lignes de ce rapport ne disent pas le même type."))
    if key.held_to is not None and key.held_to > timezone.localdate():
        errors.append(_("Un rapport parle de ce qui a eu lieu : vérifiez les dates."))
    return ReportOutcome(
        key=key,
        type=min(kinds, default=SessionType.TRAINING.value),
        status=REFUSED if errors else NEW,
        place=place,
        headcounts=headcounts,
        errors=tuple(errors),
    )


def _against(outcome: ReportOutcome, kept: PartnerReport) -> ReportOutcome:
    same = _kept_headcounts(kept) == {pair: n for pair, n in outcome.headcounts.items() if n}
    note = (
        _("Ce rapport est déjà gardé.")
        if same
        else _("Ce rapport est déjà gardé avec d'autres effectifs : rien n'est changé.")
    )
    return replace(outcome, status=KNOWN, notes=(note,))


def _key_of(report: PartnerReport) -> ReportKey:
    return ReportKey(
        report.partner, report.title, report.territory.code, report.held_from, report.held_to
    )


def _kept_headcounts(report: PartnerReport) -> dict[tuple[str, str], int]:
    return {
        (one.sex, one.category.code if one.category else ""): one.people
        for one in report.headcounts.all()
    }
