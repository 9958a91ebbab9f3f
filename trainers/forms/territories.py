"""A choice of territory: regions, and the cercles of each, in one list that a phone can scroll."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import TerritoryLevel
from accounts.models import Territory

Choices = list[tuple[str, Any]]


def territory_choices(scope: set[int] | None = None, *, empty: str = "") -> Choices:
    """Return (code, name) grouped by region; `scope` keeps the territories of those ids only."""
    territories = list(Territory.objects.exclude(level=TerritoryLevel.COUNTRY).order_by("position"))
    kept = [one for one in territories if scope is None or one.pk in scope]
    groups: dict[int | None, tuple[str, list[tuple[str, str]]]] = {}
    names = {one.pk: one.name for one in territories}
    for one in kept:
        region = one.region_id
        is_region = one.level == TerritoryLevel.REGION
        label = str(_("Région de %(name)s") if is_region else _("Cercle de %(name)s"))
        if is_region and one.name.startswith("District"):
            label = "%(name)s"
        group = groups.setdefault(region, (names.get(region or 0, one.name), []))
        group[1].append((one.code, label % {"name": one.name}))
    return [("", empty or _("Choisissez")), *groups.values()]


class TerritoryField(forms.ChoiceField):
    """The cleaned value is a Territory, or None."""

    def to_python(self, value: Any) -> str:
        return str(value or "")

    def clean(self, value: Any) -> Territory | None:
        code = super().clean(value)
        return Territory.objects.select_related("parent").filter(code=code).first()
