"""Forms of the registry of trainers: whom to look for, what a record says, a qualification."""

import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Territory
from accounts.names import name_key
from courses.models import CurriculumPage
from trainers.enums import Language, QualificationBasis, QualificationLevel, Speciality
from trainers.evidence import ACCEPTED_SUFFIXES
from trainers.forms.attendance import light_enough
from trainers.forms.territories import TerritoryField, territory_choices
from trainers.models import Trainer, TrainingSession
from trainers.registry.grounds import co_facilitated_sessions
from trainers.registry.listing_consent import CURRENT_VERSION, LISTING_TEXTS, consented_on
from trainers.registry.records import SpokenLanguage

SHORTEST_MONTHS, LONGEST_MONTHS = 24, 36  # domain §5
USES = (("animate", _("anime")), ("answer", _("répond")), ("understand", _("comprend")))


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _past(day: datetime.date | None) -> datetime.date | None:
    if day is not None and day > timezone.localdate():
        raise forms.ValidationError(_("Cette date est dans l'avenir."))
    return day


class PersonSearch(forms.Form):
    """Who becomes a trainer: a person already on record."""

    q = forms.CharField(
        label=_("Nom, téléphone ou matricule"),
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        """Refuse one letter: it would list everybody."""
        text = str(self.cleaned_data["q"]).strip()
        if len(name_key(text).replace(" ", "")) < 2:
            raise forms.ValidationError(_("Écrivez au moins deux lettres ou chiffres."))
        return text


class TrainerForm(forms.Form):
    """Where a trainer works, in which languages and for what, and whether they agree to be listed.

    One field for each language, named `language_<code>`.
    """

    base_territory = TerritoryField(label=_("Région ou cercle de base"))
    travel = forms.ModelMultipleChoiceField(
        label=_("Accepte de se déplacer dans"),
        queryset=Territory.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    expertise = forms.MultipleChoiceField(
        label=_("Registres d'experts"),
        choices=Speciality.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Les techniques spéciales d'enquête ne sont jamais montrées au public."),
    )
    specialities = forms.CharField(
        label=_("Autre domaine"),
        max_length=200,
        required=False,
        help_text=_("Ce qu'aucun registre ne nomme."),
    )
    has_consented = forms.BooleanField(
        label=_("Cette personne a accepté ce texte"),
        required=False,
        help_text=_("Sans son accord, elle n'est pas dans le répertoire public."),
    )
    consented_on = forms.DateField(
        label=_("Accord donné le"),
        required=False,
        widget=day_input(),
        help_text=_("Une autre date est un nouvel accord, au texte ci-dessus."),
    )

    def __init__(self, *args: Any, trainer: Trainer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {} if trainer is None else _on_record(trainer)
        self.fields["base_territory"].choices = territory_choices()  # type: ignore[attr-defined]
        offered = Territory.objects.regions()
        if trainer is not None:
            kept = Territory.objects.filter(pk__in=trainer.travel_territories.values("pk"))
            offered |= kept
        self.fields["travel"].queryset = offered.order_by("position")  # type: ignore[attr-defined]
        for code, label in Language.choices:
            self.fields[f"language_{code}"] = forms.MultipleChoiceField(
                label=label,
                choices=USES,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def language_fields(self) -> list[BoundField]:
        """The field of each language, French first."""
        return [self[f"language_{code}"] for code in Language.values]

    @property
    def consent_text(self) -> str:
        """What a consent given now accepts."""
        return str(LISTING_TEXTS[CURRENT_VERSION])

    @property
    def consent_version(self) -> str:
        """The version of that text."""
        return CURRENT_VERSION

    @property
    def languages(self) -> list[SpokenLanguage]:
        """Languages with at least one use ticked."""
        ticked = {code: self.cleaned_data[f"language_{code}"] for code in Language.values}
        return [
            SpokenLanguage(
                code,
                can_animate="animate" in uses,
                can_answer="answer" in uses,
                can_understand="understand" in uses,
            )
            for code, uses in ticked.items()
            if uses
        ]

    def clean_consented_on(self) -> datetime.date | None:
        """Refuse a day to come."""
        return _past(self.cleaned_data["consented_on"])

    def clean(self) -> dict[str, Any]:
        """An agreement has a day, a day an agreement."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, is_given = cleaned.get("consented_on"), cleaned.get("has_consented")
        if is_given and day is None and "consented_on" not in self.errors:
            self.add_error("consented_on", _("Indiquez le jour où l'accord a été donné."))
        if not is_given:
            cleaned["consented_on"] = None
        return cleaned


class GroundForm(forms.Form):
    """What founds a qualification, when, and the file that proves it."""

    curriculum = forms.ModelChoiceField(
        label=_("Curriculum"), queryset=CurriculumPage.objects.none(), empty_label=_("Choisissez")
    )
    basis = forms.ChoiceField(label=_("Fondement"), choices=QualificationBasis.choices)
    session = forms.ModelChoiceField(
        label=_("Session co-animée"),
        queryset=TrainingSession.objects.none(),
        required=False,
        empty_label=_("Aucune"),
        help_text=_("Pour une co-animation : une session terminée, où son rôle est noté."),
    )
    happened_on = forms.DateField(
        label=_("Date"),
        required=False,
        widget=day_input(),
        help_text=_("Pour une formation de formateurs ou une observation."),
    )
    score = forms.IntegerField(
        label=_("Note de la fiche d'observation"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("Sur 100 points. Elle compte à partir de 70."),
    )
    proof = forms.FileField(
        label=_("Preuve"),
        help_text=_("Attestation, rapport ou fiche : PDF ou photo, 20 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(ACCEPTED_SUFFIXES))}),
    )

    def __init__(self, *args: Any, trainer: Trainer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        curricula = CurriculumPage.objects.live().order_by("title")
        self.fields["curriculum"].queryset = curricula  # type: ignore[attr-defined]
        offered = TrainingSession.objects.filter(
            pk__in=[one.pk for one in co_facilitated_sessions(trainer)]
        ).order_by("-ends_on", "code")
        self.fields["session"].queryset = offered  # type: ignore[attr-defined]

    def clean_happened_on(self) -> datetime.date | None:
        """Refuse a day to come."""
        return _past(self.cleaned_data["happened_on"])

    def clean_proof(self) -> UploadedFile:
        """Refuse a heavy file before it is read."""
        return light_enough(self.cleaned_data["proof"])


class QualificationForm(forms.Form):
    """What a trainer becomes entitled to, from when, for how long, by whose decision."""

    curriculum = forms.ModelChoiceField(
        label=_("Curriculum"), queryset=CurriculumPage.objects.none(), empty_label=_("Choisissez")
    )
    level = forms.ChoiceField(
        label=_("Niveau"), choices=QualificationLevel.choices, initial=QualificationLevel.LEAD
    )
    granted_on = forms.DateField(label=_("Accordée le"), widget=day_input())
    months = forms.IntegerField(
        label=_("Durée en mois"),
        min_value=SHORTEST_MONTHS,
        max_value=LONGEST_MONTHS,
        initial=SHORTEST_MONTHS,
        help_text=_("De 24 à 36 mois."),
    )
    granted_by = forms.CharField(
        label=_("Accordée par"),
        max_length=120,
        help_text=_("La personne ou l'instance qui a décidé."),
    )
    exception_reason = forms.CharField(
        label=_("Motif d'une exception"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Seulement s'il manque un fondement : un dossier ancien, par exemple. Le motif reste "
            "sur la fiche."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        curricula = CurriculumPage.objects.live().order_by("title")
        self.fields["curriculum"].queryset = curricula  # type: ignore[attr-defined]

    def clean_granted_on(self) -> datetime.date | None:
        """Refuse a day to come."""
        return _past(self.cleaned_data["granted_on"])


class StateForm(forms.Form):
    """Why a trainer is suspended, or no longer."""

    reason = forms.CharField(
        label=_("Motif"), max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithdrawalForm(forms.Form):
    """Why a qualification ends before its term."""

    reason = forms.CharField(
        label=_("Motif du retrait"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class GroundVoidForm(forms.Form):
    """Why a ground founds nothing any more."""

    reason = forms.CharField(
        label=_("Motif de l'annulation"), max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )


def _on_record(trainer: Trainer) -> dict[str, Any]:
    base = trainer.base_territory
    record: dict[str, Any] = {
        "base_territory": base.code if base else "",
        "travel": [one.pk for one in trainer.travel_territories.all()],
        "expertise": [one.speciality for one in trainer.expertise.all()],
        "specialities": trainer.specialities,
        "has_consented": trainer.listing_consent_at is not None,
        "consented_on": consented_on(trainer),
    }
    for one in trainer.languages.all():
        uses = zip(USES, (one.can_animate, one.can_answer, one.can_understand), strict=True)
        record[f"language_{one.language}"] = [use for (use, _label), is_true in uses if is_true]
    return record
