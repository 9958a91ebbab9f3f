"""Forms of awareness events: note one, filter the list, ask the question, cancel."""

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import TerritoryLevel
from accounts.models import Territory, User
from accounts.roles import Role, roles_of, territories_of, territory_ids_in_scope
from trainers.awareness.event_page import band_labels
from trainers.awareness.event_rules import MOST_ANSWERS
from trainers.awareness.events import EventFacts, headcounts_of, version_of
from trainers.awareness.headcounts import AGE_BANDS, SEXES
from trainers.enums import (
    AwarenessTheme,
    EventKind,
    Language,
    PollMethod,
    Sector,
    SessionState,
    YesNo,
)
from trainers.evidence import ACCEPTED_SUFFIXES
from trainers.forms.attendance import light_enough
from trainers.forms.list_filters import YearAndRegionFilter, search_field
from trainers.forms.territories import Choices, TerritoryField, territory_choices
from trainers.models import AwarenessEvent, PlanActivity, PlanItem

STATES = (
    (SessionState.TO_VALIDATE, SessionState.TO_VALIDATE.label),
    (SessionState.RUNNING, _("Renvoyée")),
    (SessionState.VALIDATED, SessionState.VALIDATED.label),
    (SessionState.CANCELLED, SessionState.CANCELLED.label),
)
POLL = ("pre_answers", "pre_knowing", "post_answers", "post_knowing")


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, typed or picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def people_field(label: Any = "", most: int = 1_000_000) -> forms.IntegerField:
    """A number of people, empty for none; the keyboard of figures on a phone."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "5"})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=most, widget=widget, localize=False
    )


class EventFilter(YearAndRegionFilter):
    """What the list of events shows."""

    field_order = ("q", "nature", "etat", "annee", "region")

    q = search_field(_("Code, intitulé ou lieu"))
    nature = forms.ChoiceField(
        label=_("Nature"), required=False, choices=[("", _("Toutes")), *EventKind.choices]
    )
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[("", _("Tous")), *STATES],
    )


class PlanItemField(forms.ModelChoiceField):
    """A line of the training plan, named by what a person knows of it."""

    def label_from_instance(self, item: Any) -> str:
        return f"{item.activity.code} · {item.year} · {item.territory.name}"


class EventForm(forms.Form):
    """Everything that is told of an event; the headcounts are a grid of sex × age band."""

    kind = forms.ChoiceField(label=_("Nature"), choices=EventKind.choices)
    held_on = day_field(_("Date"))
    territory = TerritoryField(label=_("Région ou cercle"))
    place = forms.CharField(
        label=_("Lieu"),
        max_length=160,
        help_text=_("Village, quartier ou salle."),
    )
    theme = forms.ChoiceField(
        label=_("Thème"), choices=[("", _("Choisissez")), *AwarenessTheme.choices]
    )
    language = forms.ChoiceField(
        label=_("Langue"), required=False, choices=[("", _("Non renseignée")), *Language.choices]
    )
    sector = forms.ChoiceField(
        label=_("Secteur"),
        required=False,
        choices=[("", _("Aucun")), *Sector.choices],
        help_text=_("Pour une rencontre d'un secteur à risque."),
    )
    title = forms.CharField(
        label=_("Intitulé"),
        max_length=200,
        required=False,
        help_text=_("Laissez vide : la nature et le lieu en font un."),
    )
    held_by = forms.CharField(
        label=_("Animée par"),
        max_length=160,
        required=False,
        help_text=_("Noms et prénoms. Ces personnes ne pourront pas valider l'action."),
    )
    poll_question = forms.CharField(label=_("Question posée"), max_length=200, required=False)
    poll_answer = forms.ChoiceField(
        label=_("Bonne réponse"),
        required=False,
        choices=[("", _("Non renseignée")), *YesNo.choices],
    )
    pre_answers = people_field(_("Avant : réponses"), MOST_ANSWERS)
    pre_knowing = people_field(_("Avant : réponses justes"), MOST_ANSWERS)
    post_answers = people_field(_("Après : réponses"), MOST_ANSWERS)
    post_knowing = people_field(_("Après : réponses justes"), MOST_ANSWERS)
    plan_activity = forms.ModelChoiceField(
        label=_("Activité du plan"),
        queryset=PlanActivity.objects.none(),
        required=False,
        empty_label=_("Aucune"),
    )
    plan_item = PlanItemField(
        label=_("Ligne du plan de formation"),
        queryset=PlanItem.objects.none(),
        required=False,
        empty_label=_("Aucune"),
    )
    proof = forms.FileField(
        label=_("Photo ou fiche signée"),
        required=False,
        help_text=_("20 Mo au plus. Vous pourrez en ajouter d'autres."),
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf,.docx,.odt,.xlsx"}),
    )
    code = forms.CharField(
        label=_("Code de l'action"),
        max_length=40,
        required=False,
        help_text=_("Laissez vide : la plateforme en propose un, comme ACT-SEG-2026-01."),
    )
    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, localize=False)

    def __init__(
        self, *args: Any, user: User, event: AwarenessEvent | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _first_facts(user) if event is None else _facts_on_screen(event)
        super().__init__(*args, **kwargs)
        self.fields["territory"].choices = event_territories(user)  # type: ignore[attr-defined]
        activities = PlanActivity.objects.order_by("code")
        self.fields["plan_activity"].queryset = activities  # type: ignore[attr-defined]
        items = PlanItem.objects.select_related("activity", "territory").order_by("year", "pk")
        self.fields["plan_item"].queryset = items  # type: ignore[attr-defined]
        for sex in SEXES:
            for band in AGE_BANDS:
                self.fields[cell_name(sex, band)] = people_field()
        if event is not None:
            del self.fields["code"], self.fields["proof"]

    def clean_proof(self) -> UploadedFile | None:
        """Refuse a heavy file before it is read."""
        upload = self.cleaned_data["proof"]
        return light_enough(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        """Right answers go with answers, and never outnumber them."""
        facts = super().clean() or self.cleaned_data
        for start in ("pre", "post"):
            answers, right = facts.get(f"{start}_answers"), facts.get(f"{start}_knowing")
            if (answers is None) != (right is None):
                self.add_error(
                    f"{start}_knowing", _("Écrivez les réponses et les réponses justes.")
                )
            elif answers is not None and right > answers:
                self.add_error(
                    f"{start}_knowing", _("Il y a plus de réponses justes que de réponses.")
                )
        return facts

    def facts(self) -> EventFacts:
        """What the act takes, once the form is valid."""
        said = self.cleaned_data
        answers = {
            start: (said[f"{start}_answers"], said[f"{start}_knowing"])
            if said[f"{start}_answers"] is not None
            else None
            for start in ("pre", "post")
        }
        return {
            "kind": said["kind"],
            "territory": said["territory"],
            "held_on": said["held_on"],
            "headcounts": {
                (sex, band): said[cell_name(sex, band)] or 0 for sex in SEXES for band in AGE_BANDS
            },
            "title": said["title"],
            "place": said["place"],
            "language": said["language"],
            "theme": said["theme"],
            "sector": said["sector"],
            "held_by": said["held_by"],
            "pre": answers["pre"],
            "post": answers["post"],
            "poll_method": PollMethod.SHOW_OF_HANDS if any(answers.values()) else "",
            "poll_question": said["poll_question"],
            "poll_answer": said["poll_answer"],
            "plan_activity": said["plan_activity"],
            "plan_item": said["plan_item"],
        }

    def grid(self) -> list[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """The rows of the grid: words of the sex, then each age band in words with its field."""
        words = {"F": _("Femmes et filles"), "M": _("Hommes et garçons"), "": _("Non renseigné")}
        return [
            (
                str(words[sex]),
                [
                    (label, self[cell_name(sex, band)])
                    for label, band in zip(band_labels(), AGE_BANDS, strict=True)
                ],
            )
            for sex in SEXES
        ]


class PollForm(forms.Form):
    """The question of the short form."""

    question = forms.CharField(
        label=_("Question"),
        max_length=200,
        help_text=_("Une seule, à laquelle on répond par oui ou par non."),
    )
    answer = forms.ChoiceField(label=_("Bonne réponse"), choices=YesNo.choices)


class ProofForm(forms.Form):
    """One file that proves an event."""

    file = forms.FileField(
        label=_("Photo, fiche signée ou rapport"),
        help_text=_("PDF, photo, document ou classeur, 20 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ",".join(["image/*", *sorted(ACCEPTED_SUFFIXES)])}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a heavy file before it is read."""
        return light_enough(self.cleaned_data["file"])


class ReasonForm(forms.Form):
    """Why something is taken out of the figures."""

    reason = forms.CharField(label=_("Motif"), max_length=200)


class WordsForm(forms.Form):
    """A question to whoever noted the event, or the answer to it."""

    words = forms.CharField(label=_("Votre message"), max_length=100)


class EventsFileForm(forms.Form):
    """A spreadsheet of events to read."""

    file = forms.FileField(
        label=_("Classeur d'actions"),
        help_text=_("Classeur .xlsx, .ods, .xls ou .csv, 20 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.xls,.csv,.tsv"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a heavy file before it is read."""
        return light_enough(self.cleaned_data["file"])


def cell_name(sex: str, band: str) -> str:
    """The name of a field of the grid."""
    return f"n_{sex or 'X'}_{band}"


def writing_scope(user: User) -> set[int] | None:
    """Ids of the territories where the account may note an event; a trainer goes anywhere."""
    return None if Role.TRAINER in roles_of(user) else territory_ids_in_scope(user)


def event_territories(user: User) -> Choices:
    """Regions and cercles; the committee also notes what covers the whole country."""
    choices = territory_choices(writing_scope(user))
    if Role.COMMITTEE in roles_of(user):
        for country in Territory.objects.filter(level=TerritoryLevel.COUNTRY):
            choices.insert(1, (country.code, _("Tout le pays")))
    return choices


def _first_facts(user: User) -> dict[str, Any]:
    """Today, at home: what a person in a village would type first."""
    own = territories_of(user)
    if not own and Role.TRAINER in roles_of(user):
        own = list(Territory.objects.filter(based_trainers__person=user.person_id))
    return {
        "held_on": timezone.localdate(),
        "territory": own[0].code if len(own) == 1 else "",
        "uuid": uuid.uuid4(),
    }


def _facts_on_screen(event: AwarenessEvent) -> dict[str, Any]:
    facts = {
        name: getattr(event, name)
        for name in (
            "kind", "held_on", "place", "theme", "language", "sector", "title", "held_by",
            "poll_question", "poll_answer", "plan_activity", "plan_item", *POLL,
        )
    }  # fmt: skip
    cells = {cell_name(*cell): people for cell, people in headcounts_of(event).items()}
    return {**facts, **cells, "territory": event.territory.code, "seen": version_of(event)}
