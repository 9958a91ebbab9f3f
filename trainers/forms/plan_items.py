"""Forms of the training plan: filter it, write a line, say why, hang a session on a line."""

import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import TerritoryLevel
from accounts.models import ProfessionCategory, Territory
from courses.models import Topic
from trainers.forms.attendance import light_enough
from trainers.forms.territories import TerritoryField, territory_choices
from trainers.models import PlanActivity, PlanItem
from trainers.national_plan.activities import YEARS
from trainers.national_plan.amounts import UnreadableAmount, read_amount
from trainers.national_plan.board import Asked
from trainers.national_plan.item_workbook import state_words
from trainers.national_plan.items import ItemFacts

LABEL_LENGTH = 70
YEAR_CHOICES = [(str(year), str(year)) for year in YEARS]
AXES = [(str(axis), str(axis)) for axis in range(1, 5)]
DAY_INPUT = {"type": "date"}


def activity_label(activity: PlanActivity) -> str:
    """« A1.1.1-04 · Organiser 180 sessions… »."""
    return label_of(activity.code, activity.label)


def label_of(code: str, label: str) -> str:
    """A code and the start of its label, cut between two words."""
    if len(label) > LABEL_LENGTH:
        label = label[:LABEL_LENGTH].rsplit(" ", 1)[0] + "…"
    return f"{code} · {label}"


class ActivityChoice(forms.ModelChoiceField):
    """An activity of the plan, chosen by its code."""

    def label_from_instance(self, obj: Any) -> str:
        """Its code, then the start of its label."""
        return activity_label(obj)


class PlaceChoice(forms.ModelChoiceField):
    """A region, or what is planned for the whole country."""

    def label_from_instance(self, obj: Any) -> str:
        """The country asks for national lines only, not for everything below it."""
        return _("Tout le pays") if obj.level == TerritoryLevel.COUNTRY else obj.name


class AmountField(forms.CharField):
    """An amount of FCFA as people type it; the cleaned value is a whole number, or None."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """Read « 1 250 000 »."""
        text = super().clean(value)
        try:
            return read_amount(text)
        except UnreadableAmount as refusal:
            raise forms.ValidationError(_("« %(text)s » ") % {"text": text} + f"{refusal}.") from (
                refusal
            )


class PlanFilter(forms.Form):
    """Which lines of the plan a screen shows. Without any choice at all: those of this year."""

    annee = forms.ChoiceField(
        label=gettext_lazy("Année"),
        required=False,
        choices=[("", gettext_lazy("Toutes")), *YEAR_CHOICES],
    )
    axe = forms.ChoiceField(
        label=gettext_lazy("Axe"), required=False, choices=[("", gettext_lazy("Tous")), *AXES]
    )
    activite = ActivityChoice(
        label=gettext_lazy("Activité"),
        required=False,
        queryset=PlanActivity.objects.none(),
        to_field_name="code",
        empty_label=gettext_lazy("Toutes"),
    )
    territoire = PlaceChoice(
        label=gettext_lazy("Région"),
        required=False,
        queryset=Territory.objects.none(),
        to_field_name="code",
        empty_label=gettext_lazy("Toutes"),
    )
    public = forms.ModelChoiceField(
        label=gettext_lazy("Public visé"),
        required=False,
        queryset=ProfessionCategory.objects.none(),
        to_field_name="code",
        empty_label=gettext_lazy("Tous"),
    )
    etat = forms.ChoiceField(label=gettext_lazy("État"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["activite"].queryset = PlanActivity.objects.order_by("axis", "code")
        places = Territory.objects.exclude(level=TerritoryLevel.CERCLE)
        fields["territoire"].queryset = places.order_by("position", "code")
        fields["public"].queryset = ProfessionCategory.objects.order_by("position", "code")
        fields["etat"].choices = [("", _("Tous")), *state_words().items()]

    def asked(self) -> Asked:
        """What is asked for; a choice that cannot be read asks for nothing in particular."""
        chosen = self.cleaned_data if self.is_valid() else {}
        return Asked(
            year=int(chosen["annee"]) if chosen.get("annee") else None,
            axis=int(chosen["axe"]) if chosen.get("axe") else None,
            activity=chosen.get("activite"),
            territory=chosen.get("territoire"),
            category=chosen.get("public"),
        )


class ItemForm(forms.Form):
    """One line of the plan."""

    activity = ActivityChoice(
        label=gettext_lazy("Activité du plan d'action"),
        queryset=PlanActivity.objects.none(),
        to_field_name="code",
        empty_label=gettext_lazy("Choisissez"),
    )
    year = forms.ChoiceField(label=gettext_lazy("Année"), choices=YEAR_CHOICES)
    topic = forms.ModelChoiceField(
        label=gettext_lazy("Thème"),
        required=False,
        queryset=Topic.objects.none(),
        to_field_name="code",
        empty_label=gettext_lazy("Tous les thèmes"),
    )
    category = forms.ModelChoiceField(
        label=gettext_lazy("Public visé"),
        required=False,
        queryset=ProfessionCategory.objects.none(),
        to_field_name="code",
        empty_label=gettext_lazy("Tous les publics"),
    )
    territory = TerritoryField(label=gettext_lazy("Territoire"))
    planned_sessions = forms.IntegerField(
        label=gettext_lazy("Sessions ou actions prévues"), min_value=1, max_value=1000
    )
    planned_people = forms.IntegerField(
        label=gettext_lazy("Personnes prévues"), min_value=1, max_value=1_000_000, required=False
    )
    budget = AmountField(
        label=gettext_lazy("Budget (FCFA)"),
        required=False,
        help_text=gettext_lazy("Par exemple : 4 500 000. Laissez vide s'il n'est pas connu."),
    )
    due_on = forms.DateField(
        label=gettext_lazy("À tenir avant le"),
        widget=forms.DateInput(attrs=DAY_INPUT, format="%Y-%m-%d"),
        help_text=gettext_lazy("Après ce jour, la ligne est signalée en retard."),
    )
    note = forms.CharField(label=gettext_lazy("Remarque"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["activity"].queryset = PlanActivity.objects.order_by("axis", "code")
        fields["topic"].queryset = Topic.objects.order_by("pk")
        fields["category"].queryset = ProfessionCategory.objects.order_by("position", "code")
        country = Territory.objects.filter(level=TerritoryLevel.COUNTRY)
        choices = territory_choices()
        choices[1:1] = [(one.code, _("Tout le pays")) for one in country]
        fields["territory"].choices = choices

    def facts(self) -> ItemFacts:
        """The line typed, once the form is valid."""
        typed = {name: self.cleaned_data[name] for name in ItemFacts.__dataclass_fields__}
        return ItemFacts(**{**typed, "year": int(typed["year"])})


class ChangeForm(ItemForm):
    """A line that changes, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Motif du changement"),
        max_length=100,
        help_text=gettext_lazy("Il est gardé dans l'historique de la ligne."),
    )


class ReasonForm(forms.Form):
    """Why a line is closed, opened again or removed; why an expense is void."""

    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=100)


class PlanFileForm(forms.Form):
    """A workbook of lines."""

    file = forms.FileField(
        label=gettext_lazy("Classeur du plan"),
        help_text=gettext_lazy("Classeur .xlsx, .ods, .xls ou .csv, 20 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.xls,.csv,.tsv"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a heavy file before it is read."""
        return light_enough(self.cleaned_data["file"])


class ItemChoice(forms.ModelChoiceField):
    """A line of the plan, told by what it asks for."""

    def label_from_instance(self, obj: Any) -> str:
        """Activity, theme, public, place and due day."""
        return item_words(obj)


def item_words(item: PlanItem) -> str:
    """« A3.2.1-03 · Identification · Avocats · Ségou · avant le 30/06/2026 »."""
    parts = [item.activity.code]
    parts += [one.name for one in (item.topic, item.category) if one is not None]
    parts.append(item.territory.name)
    parts.append(_("avant le %(day)s") % {"day": day_words(item.due_on)})
    return " · ".join(parts)


def day_words(day: datetime.date) -> str:
    """« 30/06/2026 »."""
    return f"{day:%d/%m/%Y}"


class AttachForm(forms.Form):
    """On which line a session or an event hangs."""

    item = ItemChoice(
        label=gettext_lazy("Ligne du plan"),
        queryset=PlanItem.objects.none(),
        empty_label=gettext_lazy("Choisissez"),
    )

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["item"].queryset = items.select_related(
            "activity", "topic", "category", "territory"
        ).order_by("activity__code", "due_on", "pk")
