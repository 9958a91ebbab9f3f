"""Forms of a session: filter the list, open one, hand it in."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Role, roles_of, territory_ids_in_scope
from courses.models import CurriculumPage
from trainers.enums import SessionMode, SessionState, SessionType, TrainerState
from trainers.forms.list_filters import FIRST_YEAR, LAST_YEAR, YearAndRegionFilter, search_field
from trainers.forms.territories import TerritoryField, territory_choices
from trainers.models import PlanActivity, PlanItem, Trainer, TrainingSession
from trainers.sessions.half_day_rules import USUAL_MINUTES, needed
from trainers.sessions.plan_lines import (
    PlanItemUnfit,
    plan_item_in_words,
    plan_items_for,
    refuse_unfit_plan_item,
)

LATE = "LATE"  # in the filter: ended, and not handed in a week later


class SessionFilter(YearAndRegionFilter):
    """What the list of sessions shows."""

    field_order = ("q", "etat", "annee", "region")

    q = search_field(_("Code, intitulé ou lieu"))
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[("", _("Tous")), (LATE, _("En retard")), *SessionState.choices],
    )


class CurriculumField(forms.ModelChoiceField):
    """A curriculum with its length: half-days are made from it."""

    def label_from_instance(self, obj: Any) -> str:
        count, _minutes = needed(obj.nominal_minutes)
        half_days = ngettext("%(count)d demi-journée", "%(count)d demi-journées", count)
        return _("%(title)s · %(hours)s h, %(half_days)s · version %(version)s") % {
            "title": obj.title,
            "hours": f"{obj.nominal_minutes / 60:g}".replace(".", ","),
            "half_days": half_days % {"count": count},
            "version": obj.version,
        }


class PlanItemField(forms.ModelChoiceField):
    """A line of the national training plan, in words."""

    def label_from_instance(self, obj: Any) -> str:
        return plan_item_in_words(obj)


def _day_field(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class PlaceAndMeans(forms.Form):
    """What a session keeps beside its curriculum and its days; only the territory is needed."""

    territory = TerritoryField(label=_("Région ou cercle du lieu"))
    venue = forms.CharField(
        label=_("Lieu"),
        max_length=160,
        required=False,
        help_text=_("Par exemple : salle de conférence du gouvernorat."),
    )
    seats = forms.IntegerField(
        label=_("Nombre de places"), min_value=1, max_value=2000, required=False
    )
    title = forms.CharField(
        label=_("Intitulé"),
        max_length=200,
        required=False,
        help_text=_("Sans intitulé, celui du curriculum est repris."),
    )
    organizer = forms.CharField(
        label=_("Organisateur"),
        max_length=160,
        required=False,
        help_text=_("Le nom de la structure : elle est retrouvée, ou créée."),
    )
    funder = forms.CharField(label=_("Financement"), max_length=120, required=False)
    plan_item = PlanItemField(
        label=_("Ligne du plan de formation"),
        queryset=PlanItem.objects.none(),
        required=False,
        empty_label=_("Aucune"),
        help_text=_("De l'année de la session, pour son territoire ou pour le pays."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = None if Role.TRAINER in roles_of(user) else territory_ids_in_scope(user)
        self.fields["territory"].choices = territory_choices(scope)  # type: ignore[attr-defined]


class SessionForm(PlaceAndMeans):
    """Everything that opening a session needs. A curriculum, a place and a day are enough."""

    curriculum = CurriculumField(
        label=_("Curriculum"), queryset=CurriculumPage.objects.none(), empty_label=_("Choisissez")
    )
    type = forms.ChoiceField(
        label=_("Type de session"),
        choices=SessionType.choices,
        initial=SessionType.TRAINING,
        required=False,
    )
    mode = forms.ChoiceField(
        label=_("Modalité"),
        choices=SessionMode.choices,
        initial=SessionMode.ROOM,
        required=False,
        help_text=_("En ligne, les leçons lues tiennent lieu d'appel, jusqu'au dernier jour."),
    )
    starts_on = _day_field(_("Premier jour"))
    ends_on = _day_field(
        _("Dernier jour"),
        required=False,
        help_text=_("En ligne seulement : la date à laquelle les leçons doivent être lues."),
    )
    slot_count = forms.IntegerField(
        label=_("Nombre de demi-journées"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("Laissez vide : d'après la durée du curriculum, sur des jours qui se suivent."),
    )
    slot_hours = forms.DecimalField(
        label=_("Heures par demi-journée"),
        required=False,
        min_value=0.5,
        max_value=12,
        widget=forms.NumberInput(attrs={"step": "0.25"}),
        help_text=_("Laissez vide : 3 h 30 au plus."),
    )
    lead_trainer = forms.ModelChoiceField(
        label=_("Formateur principal"),
        queryset=Trainer.objects.none(),
        required=False,
        empty_label=_("À désigner plus tard"),
        help_text=_(
            "Il doit être habilité pour ce curriculum à ces dates. Sinon, laissez « À désigner "
            "plus tard »."
        ),
    )
    plan_activity = forms.ModelChoiceField(
        label=_("Activité du plan"),
        queryset=PlanActivity.objects.none(),
        required=False,
        empty_label=_("Aucune"),
    )
    code = forms.CharField(
        label=_("Code de la session"),
        max_length=40,
        required=False,
        help_text=_("Laissez vide : la plateforme en propose un, comme SEG-2025-01."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
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
        years = set(range(FIRST_YEAR, LAST_YEAR + 2))
        items = plan_items_for(territory=None, years=years)
        self.fields["plan_item"].queryset = items  # type: ignore[attr-defined]

    @property
    def half_day_plan(self) -> tuple[int, int]:
        """How many half-days and their minutes: as typed, else from the curriculum's length."""
        facts = self.cleaned_data
        if facts["mode"] == SessionMode.ONLINE:
            return 0, 0
        nominal = facts["curriculum"].nominal_minutes
        minutes = round((facts["slot_hours"] or 0) * 60)
        if facts["slot_count"]:
            return facts["slot_count"], minutes or USUAL_MINUTES
        if minutes:
            return needed(nominal, usual=minutes)[0], minutes
        return needed(nominal)

    def clean_mode(self) -> str:
        """A form sent without it opens a session in a room."""
        return self.cleaned_data["mode"] or SessionMode.ROOM

    def clean_type(self) -> str:
        """A form sent without it opens a training."""
        return self.cleaned_data["type"] or SessionType.TRAINING

    def clean(self) -> dict[str, Any]:
        """Online the last day is needed; a line of the plan is of that year and place."""
        facts = super().clean() or self.cleaned_data
        is_online = facts.get("mode") == SessionMode.ONLINE
        if is_online and facts.get("ends_on") is None and "ends_on" not in self.errors:
            self.add_error("ends_on", self.fields["ends_on"].error_messages["required"])
        if facts.get("territory") and facts.get("starts_on"):
            try:
                refuse_unfit_plan_item(
                    facts.get("plan_item"),
                    territory=facts["territory"],
                    day=facts["starts_on"],
                )
            except PlanItemUnfit as refusal:
                self.add_error("plan_item", str(refusal))
        return facts

    def clean_starts_on(self) -> datetime.date:
        """Refuse a year that the plan cannot know: a slip of the finger."""
        return likely_day(self.cleaned_data["starts_on"])


class SessionFactsForm(PlaceAndMeans):
    """Correct an open session; its lines of the plan are those of its year."""

    def __init__(self, *args: Any, user: User, session: TrainingSession, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        choices = self.fields["territory"].choices  # type: ignore[attr-defined]
        if session.territory.code not in _codes(choices):  # a trainer's own, outside the scope
            own = (session.territory.code, session.territory.name)
            self.fields["territory"].choices = [*choices, own]  # type: ignore[attr-defined]
        items = plan_items_for(
            territory=None, years={session.starts_on.year}, held=session.plan_item_id
        )
        self.fields["plan_item"].queryset = items  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    """What a copy does not take from its model: a day, a place, a code."""

    starts_on = _day_field(_("Premier jour"))
    territory = TerritoryField(label=_("Région ou cercle du lieu"))
    venue = forms.CharField(label=_("Lieu"), max_length=160, required=False)
    code = forms.CharField(
        label=_("Code de la session"),
        max_length=40,
        required=False,
        help_text=_("Laissez vide : la plateforme en propose un."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = None if Role.TRAINER in roles_of(user) else territory_ids_in_scope(user)
        self.fields["territory"].choices = territory_choices(scope)  # type: ignore[attr-defined]

    def clean_starts_on(self) -> datetime.date:
        """Refuse a year that the plan cannot know: a slip of the finger."""
        return likely_day(self.cleaned_data["starts_on"])


class ReasonForm(forms.Form):
    """Why: a cancellation, a confirmation taken back, a name taken off the list."""

    reason = forms.CharField(label=_("Motif"), max_length=100)


def likely_day(day: datetime.date) -> datetime.date:
    """Return the day, or raise the error of a form for a year that the plan cannot know."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR + 1:
        raise forms.ValidationError(_("Vérifiez l'année."))
    return day


def _codes(choices: Any) -> set[str]:
    """Codes of a list of choices and of its groups."""
    found: set[str] = set()
    for value, label in choices:
        found |= {code for code, _name in label} if isinstance(label, list) else {str(value)}
    return found


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
