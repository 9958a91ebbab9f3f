"""Import lines of the plan in two steps: check every row and write nothing, then apply them all.

The same file twice changes nothing: a line is known by its activity, year, theme, public, territory
and due day, or by the identifier that the export gives it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import TerritoryLevel
from accounts.models import ProfessionCategory, Territory, User
from accounts.names import fold
from courses.models import Topic
from trainers.evidence import sha256_of
from trainers.models import PlanActivity, PlanItem
from trainers.national_plan.item_cells import Known, NoHeading, PlanLine, ReadRow, read_rows
from trainers.national_plan.items import (
    IDENTITY,
    ItemFacts,
    ItemRefused,
    changed_fields,
    problems_of,
    write_items,
)
from trainers.workbooks import UnreadableWorkbook, read_table


class Decision(StrEnum):
    """What applying would do with a row."""

    BAD = "BAD"
    NEW = "NEW"
    CHANGED = "CHANGED"
    SAME = "SAME"


@dataclass(frozen=True)
class CheckedRow:
    """One row of the file with the decision; `facts` and `item` serve to apply it."""

    number: int
    decision: Decision
    sentences: tuple[str, ...]
    label: str
    facts: ItemFacts | None = None
    item: PlanItem | None = None


@dataclass(frozen=True)
class ItemsReport:
    """What a file says. Nothing is written while a single row is bad."""

    name: str
    sha256: str
    rows: tuple[CheckedRow, ...]

    def count(self, decision: str) -> int:
        """How many rows have that decision."""
        return sum(row.decision == decision for row in self.rows)

    @property
    def new(self) -> int:
        """Lines that the file adds."""
        return self.count(Decision.NEW)

    @property
    def changed(self) -> int:
        """Lines that the file changes."""
        return self.count(Decision.CHANGED)

    @property
    def same(self) -> int:
        """Lines that are already as the file says."""
        return self.count(Decision.SAME)

    @property
    def bad(self) -> int:
        """Rows to correct in the file."""
        return self.count(Decision.BAD)

    @property
    def is_applicable(self) -> bool:
        """Whether applying would write something."""
        return not self.bad and self.new + self.changed > 0


def check_items(*, content: bytes, name: str) -> ItemsReport:
    """Read a file and say what each row would do; nothing is written.

    Raises `trainers.workbooks.UnreadableWorkbook`.
    """
    reference = _Reference()
    try:
        rows = read_rows(read_table(content, name=name), reference.known)
    except NoHeading as refusal:
        raise UnreadableWorkbook(
            _(
                "Aucune ligne de titres lisible. Il faut au moins : Activité, Année, Territoire, "
                "Sessions prévues, À tenir avant le."
            )
        ) from refusal
    if not rows:
        raise UnreadableWorkbook(_("Ce classeur ne contient aucune ligne sous ses titres."))
    return ItemsReport(name=name, sha256=sha256_of(content), rows=tuple(_Checker(reference)(rows)))


@transaction.atomic
def apply_items(*, content: bytes, name: str, by: User | None = None) -> ItemsReport:
    """Check again, then write every new and changed line. Raises `ItemRefused` for a bad row."""
    report = check_items(content=content, name=name)
    if report.bad:
        raise ItemRefused(_("Corrigez d'abord les lignes refusées : rien n'a été écrit."))
    reason = _("Import de « %(name)s »") % {"name": name}
    write_items(
        new=[row.facts for row in report.rows if row.decision == Decision.NEW and row.facts],
        changed=[
            (row.item, row.facts)
            for row in report.rows
            if row.decision == Decision.CHANGED and row.item and row.facts
        ],
        by=by,
        reason=reason,
    )
    return report


class _Reference:
    """Everything a cell may name, read once."""

    def __init__(self) -> None:
        self.activities = {one.code: one for one in PlanActivity.objects.all()}
        self.topics = {one.code: one for one in Topic.objects.all()}
        self.categories = {one.code: one for one in ProfessionCategory.objects.all()}
        self.territories = {one.code: one for one in Territory.objects.select_related("parent")}
        self.known = Known(
            activities={fold(code): code for code in self.activities},
            topics=_named(self.topics),
            categories=_named(self.categories),
            territories=self._territory_names(),
        )

    def facts(self, line: PlanLine) -> ItemFacts:
        """The records that a readable row names."""
        return ItemFacts(
            activity=self.activities[line.activity],
            year=line.year,
            topic=self.topics.get(line.topic),
            category=self.categories.get(line.category),
            territory=self.territories[line.territory],
            planned_sessions=line.planned_sessions,
            planned_people=line.planned_people,
            budget=line.budget,
            due_on=line.due_on,
            note=line.note,
        )

    def _territory_names(self) -> dict[str, str]:
        """A cercle named like its region yields to it: write « Cercle de Ségou »."""
        names: dict[str, str] = {}
        for territory in self.territories.values():
            names[fold(territory.code)] = territory.code
            if territory.level == TerritoryLevel.CERCLE:
                names[fold(f"Cercle de {territory.name}")] = territory.code
                names.setdefault(fold(territory.name), territory.code)
        for territory in self.territories.values():
            if territory.level != TerritoryLevel.CERCLE:
                names[fold(territory.name)] = territory.code
                names[fold(f"Région de {territory.name}")] = territory.code
                names[fold(territory.name.removeprefix("District de "))] = territory.code
        return names


def _named(records: Mapping[str, Any]) -> dict[str, str]:
    names = {fold(code): code for code in records}
    return names | {fold(record.name): code for code, record in records.items()}


class _Checker:
    """Decide row after row; a line met twice in one file is refused the second time."""

    def __init__(self, reference: _Reference) -> None:
        self.reference = reference
        items = PlanItem.objects.select_related("activity", "topic", "category", "territory")
        self.by_key = {_key(item): item for item in items}
        self.by_id = {item.pk: item for item in self.by_key.values()}
        self.seen: dict[tuple[object, ...], int] = {}

    def __call__(self, rows: list[ReadRow]) -> list[CheckedRow]:
        return [self._check(row) for row in rows]

    def _check(self, row: ReadRow) -> CheckedRow:
        if row.line is None:
            return CheckedRow(row.number, Decision.BAD, row.errors, "")
        facts = self.reference.facts(row.line)
        label = _label(facts)
        twin = self.by_key.get(_key(facts))
        item = self.by_id.get(row.line.item_id) if row.line.item_id else twin
        problems = [*problems_of(facts), *self._clashes(row, facts, item, twin)]
        if problems:
            return CheckedRow(row.number, Decision.BAD, tuple(problems), label)
        if item is None:
            return CheckedRow(row.number, Decision.NEW, (), label, facts)
        changes = _changes(item, facts)
        decision = Decision.CHANGED if changes else Decision.SAME
        return CheckedRow(row.number, decision, tuple(changes), label, facts, item)

    def _clashes(
        self, row: ReadRow, facts: ItemFacts, item: PlanItem | None, twin: PlanItem | None
    ) -> list[str]:
        assert row.line is not None
        clashes = []
        first = self.seen.setdefault(_key(facts), row.number)
        if first != row.number:
            clashes.append(_("Même ligne que la ligne %(line)s du fichier.") % {"line": first})
        if row.line.item_id and item is None:
            clashes.append(_("Aucune ligne du plan ne porte cet identifiant : videz la case."))
        if item is not None and twin is not None and twin.pk != item.pk:
            clashes.append(_("Une autre ligne du plan dit déjà la même chose."))
        if item is not None and item.closed_on is not None and changed_fields(item, facts):
            clashes.append(_("Cette ligne est close : rouvrez-la avant de la modifier."))
        return clashes


def _key(line: PlanItem | ItemFacts) -> tuple[object, ...]:
    return tuple(getattr(line, name) for name in IDENTITY)


def _label(facts: ItemFacts) -> str:
    parts = [facts.activity.code, str(facts.year), facts.territory.name]
    parts += [one.name for one in (facts.topic, facts.category) if one is not None]
    return " · ".join(parts)


def _changes(item: PlanItem, facts: ItemFacts) -> list[str]:
    """« budget : 6000000 → 7000000 », for each field that changes."""
    names = {field.name: str(field.verbose_name) for field in PlanItem._meta.fields}
    return [
        f"{names[name]} : {_shown(getattr(item, name))} → {_shown(getattr(facts, name))}"
        for name in changed_fields(item, facts)
    ]


def _shown(value: object) -> str:
    return "—" if value in (None, "") else str(value)
