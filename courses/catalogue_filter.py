"""The filters of the catalogue. Below the models: it receives names and a queryset."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

SHORT, MEDIUM, LONG = "courte", "moyenne", "longue"
DAY_MINUTES, TWO_DAYS_MINUTES = 420, 840  # two and four half-days of three hours and a half
DURATIONS = {
    SHORT: (_("Jusqu'à 7 heures"), Q(nominal_minutes__lte=DAY_MINUTES)),
    MEDIUM: (
        _("De 7 à 14 heures"),
        Q(nominal_minutes__gt=DAY_MINUTES, nominal_minutes__lte=TWO_DAYS_MINUTES),
    ),
    LONG: (_("Plus de 14 heures"), Q(nominal_minutes__gt=TWO_DAYS_MINUTES)),
}

Named = tuple[str, str]  # code, name
Curricula = TypeVar("Curricula", bound=QuerySet[Any])


class CatalogueFilter(forms.Form):
    """Profession category, topic, duration and online lessons, all optional.

    A wrong value filters nothing.
    """

    metier = forms.ChoiceField(label=_("Votre métier"), required=False)
    theme = forms.ChoiceField(label=_("Thème"), required=False)
    duree = forms.ChoiceField(label=_("Durée"), required=False)
    en_ligne = forms.BooleanField(label=_("En ligne seulement"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        categories: Iterable[Named],
        topics: Iterable[Named],
    ) -> None:
        super().__init__(data)
        self._offer("metier", _("Tous les métiers"), categories)
        self._offer("theme", _("Tous les thèmes"), topics)
        self._offer(
            "duree",
            _("Toutes les durées"),
            [(code, DURATIONS[code][0]) for code in DURATIONS],
        )

    def _offer(self, name: str, everything: Any, choices: Iterable[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]

    @property
    def is_active(self) -> bool:
        """Is at least one filter in force?"""
        self.is_valid()
        return any(self.cleaned_data.values())

    def apply(self, curricula: Curricula) -> Curricula:
        """Return the curricula that pass. One without a stated audience is for every profession."""
        self.is_valid()
        chosen = self.cleaned_data
        if code := chosen.get("metier"):
            curricula = curricula.filter(
                Q(audience_professions__category__code=code) | Q(audience_professions=None)
            )
        if code := chosen.get("theme"):
            curricula = curricula.filter(topics__code=code)
        if code := chosen.get("duree"):
            curricula = curricula.filter(DURATIONS[code][1])
        if chosen.get("en_ligne"):
            curricula = curricula.filter(has_online_lessons=True)
        return curricula.distinct()
