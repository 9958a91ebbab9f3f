"""Forms that find trainers for a session, and call for them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import CurriculumPage
from trainers.enums import Language, SessionRole, Speciality
from trainers.forms.registry import day_input
from trainers.forms.territories import TerritoryField, territory_choices

_ROLES = [
    (role.value, role.label)
    for role in (
        SessionRole.LEAD_TRAINER, SessionRole.TRAINER, SessionRole.CO_TRAINER, SessionRole.OBSERVER,
    )
]  # fmt: skip


class SessionNeedForm(forms.Form):
    """What a session asks of a trainer, besides its own curriculum, days and place."""

    role = forms.ChoiceField(label=_("Rôle"), choices=_ROLES)
    langue = forms.ChoiceField(
        label=_("Anime en"),
        required=False,
        choices=[("", _("Toutes langues")), *Language.choices],
    )
    specialite = forms.ChoiceField(
        label=_("Registre d'experts"),
        required=False,
        choices=[("", _("Tous")), *Speciality.choices],
    )


class FreeNeedForm(SessionNeedForm):
    """The same without a session: a curriculum, days, a place."""

    curriculum = forms.ModelChoiceField(
        label=_("Curriculum"),
        queryset=CurriculumPage.objects.none(),
        to_field_name="slug",
        empty_label=_("Choisissez"),
    )
    debut = forms.DateField(label=_("Premier jour"), widget=day_input())
    fin = forms.DateField(label=_("Dernier jour"), widget=day_input())
    territoire = TerritoryField(label=_("Lieu"), required=False)

    field_order = ("curriculum", "debut", "fin", "territoire", "role", "langue", "specialite")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        curricula = CurriculumPage.objects.live().order_by("title")
        self.fields["curriculum"].queryset = curricula  # type: ignore[attr-defined]
        places = territory_choices(empty=str(_("Tout le pays")))
        self.fields["territoire"].choices = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("debut"), cleaned.get("fin")
        if first and last and last < first:
            self.add_error("fin", _("Le dernier jour vient après le premier."))
        return cleaned


class InvitationForm(forms.Form):
    """Whom a session asks, and as what."""

    trainer = forms.IntegerField()
    role = forms.ChoiceField(choices=_ROLES)
    note = forms.CharField(max_length=200, required=False)


class CallForm(forms.Form):
    """Until when trainers may offer themselves, and what they should know."""

    closes_on = forms.DateField(label=_("Répondre avant le"), widget=day_input())
    message = forms.CharField(
        label=_("Message aux formateurs"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Par exemple : le public, la prise en charge, ce qu'il faut préparer."),
    )
