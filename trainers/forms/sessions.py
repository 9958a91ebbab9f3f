"""Forms of a session: filter the list, open one, hand it in."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Territory, User
from accounts.roles import Role, roles_of, territory_ids_in_scope
from courses.models import CurriculumPage
from trainers.enums import SessionMode, SessionState, SessionType, TrainerState
from trainers.forms.territories import TerritoryField, territory_choices
from trainers.models import PlanActivity, Trainer

FIRST_YEAR = 2023  # the plan's
LAST_YEAR = 2027
DEFAULT_SLOTS = 4
DEFAULT_HOURS = 3.5


class SessionFilter(forms.Form):
    """What the list of sessions shows."""

    q = forms.CharField(
        label=_("Code, intitulé ou lieu"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    etat = forms.ChoiceField(
        label=_("État"), required=False, choices=[("", _("Tous")), *SessionState.choices]
    )
    annee = forms.ChoiceField(
        label=_("Année"),
        required=False,
        choices=[
            ("", _("Toutes")),
            *((str(year), str(year)) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)),
        ],
    )
    region = forms.ModelChoiceField(
        label=_("Région"),
        required=False,
        queryset=Territory.objects.none(),
        to_field_name="code",
        empty_label=_("Toutes"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Territory.objects.regions().order_by("position")
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]


class SessionForm(forms.Form):
    """Everything that opening a session needs; half-days are made from their number."""

    curriculum = forms.ModelChoiceField(
        label=_("Curriculum"), queryset=CurriculumPage.objects.none(), empty_label=_("Choisissez")
    )
    type = forms.ChoiceField(label=_("Type de session"), choices=SessionType.choices)
    mode = forms.ChoiceField(
        label=_("Modalité"),
        choices=SessionMode.choices,
        initial=SessionMode.ROOM,
        required=False,
        help_text=_("En ligne, les leçons lues tiennent lieu d'appel, jusqu'au dernier jour."),
    )
    title = forms.CharField(
        label=_("Intitulé"),
        max_length=200,
        required=False,
        help_text=_("Sans intitulé, celui du curriculum est repris."),
    )
    territory = TerritoryField(label=_("Région ou cercle du lieu"))
    venue = forms.CharField(
        label=_("Lieu"),
        max_length=160,
        required=False,
        help_text=_("Par exemple : salle de conférence du gouvernorat."),
    )
    starts_on = forms.DateField(
        label=_("Premier jour"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Dernier jour"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("En ligne seulement : la date à laquelle les leçons doivent être lues."),
    )
    slot_count = forms.IntegerField(
        label=_("Nombre de demi-journées"),
        required=False,
        min_value=1,
        max_value=60,
        initial=DEFAULT_SLOTS,
        help_text=_("En salle : matin puis après-midi, sur des jours qui se suivent."),
    )
    slot_hours = forms.DecimalField(
        label=_("Heures par demi-journée"),
        required=False,
        min_value=0.5,
        max_value=12,
        initial=DEFAULT_HOURS,
        widget=forms.NumberInput(attrs={"step": "0.25"}),
    )
    seats = forms.IntegerField(
        label=_("Nombre de places"), min_value=1, max_value=2000, required=False
    )
    lead_trainer = forms.ModelChoiceField(
        label=_("Formateur principal"),
        queryset=Trainer.objects.none(),
        required=False,
        empty_label=_("À désigner plus tard"),
        help_text=_("Il doit être habilité pour ce curriculum à ces dates."),
    )
    plan_activity = forms.ModelChoiceField(
        label=_("Activité du plan"),
        queryset=PlanActivity.objects.none(),
        required=False,
        empty_label=_("Aucune"),
    )
    funder = forms.CharField(label=_("Financement"), max_length=120, required=False)
    code = forms.CharField(
        label=_("Code de la session"),
        max_length=40,
        required=False,
        help_text=_("Laissez vide : la plateforme en propose un, comme SEG-2025-01."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        curricula = CurriculumPage.objects.live().order_by("title")
        self.fields["curriculum"].queryset = curricula  # type: ignore[attr-defined]
        trainers = (
            Trainer.objects.filter(person__merged_into=None)
            .exclude(state=TrainerState.SUSPENDED)
            .select_related("person")
            .order_by("person__family_name", "person__given_name")
        )
        self.fields["lead_trainer"].queryset = trainers  # type: ignore[attr-defined]
        activities = PlanActivity.objects.order_by("code")
        self.fields["plan_activity"].queryset = activities  # type: ignore[attr-defined]
        scope = None if Role.TRAINER in roles_of(user) else territory_ids_in_scope(user)
        self.fields["territory"].choices = territory_choices(scope)  # type: ignore[attr-defined]

    @property
    def slot_minutes(self) -> int:
        """Minutes of a half-day, from the hours typed; 0 online."""
        return round((self.cleaned_data["slot_hours"] or 0) * 60)

    def clean_mode(self) -> str:
        """A form sent without it opens a session in a room."""
        return self.cleaned_data["mode"] or SessionMode.ROOM

    def clean(self) -> dict[str, Any]:
        """In a room half-days are needed; online the last day is."""
        facts = super().clean() or self.cleaned_data
        needed: tuple[str, ...] = ("slot_count", "slot_hours")
        if facts.get("mode") == SessionMode.ONLINE:
            needed = ("ends_on",)
        for name in needed:
            if facts.get(name) is None and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return facts

    def clean_starts_on(self) -> datetime.date:
        """Refuse a year that the plan cannot know: a slip of the finger."""
        day: datetime.date = self.cleaned_data["starts_on"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR + 1:
            raise forms.ValidationError(_("Vérifiez l'année."))
        return day


class HandInForm(forms.Form):
    """What replaces a missing piece."""

    no_test_reason = forms.CharField(
        label=_("Motif d'absence de tests"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Seulement si le pré-test ou le post-test n'a pas eu lieu."),
    )
    roll_call_confirmed_by = forms.CharField(
        label=_("Appel confirmé par"),
        max_length=200,
        required=False,
        help_text=_("Deux noms, si la feuille signée ne peut pas être jointe."),
    )


class ReturnForm(forms.Form):
    """Why a session goes back to its trainer."""

    reason = forms.CharField(label=_("Motif du renvoi"), max_length=100)
