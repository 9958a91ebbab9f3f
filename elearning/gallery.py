"""Sample values for the component gallery (`/_composants/`, served in development only)."""

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.inline_checks import CheckOption, InlineCheck

Sample = list[dict[str, object]]


class SampleForm(forms.Form):
    """One field of each kind that the field component can draw."""

    name = forms.CharField(
        label=_("Nom et prénom"), help_text=_("Tels qu’ils sont écrits sur la carte.")
    )
    held_on = forms.DateField(
        label=_("Date de la séance"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    region = forms.ChoiceField(
        label=_("Région"),
        choices=[("", _("Choisissez")), ("segou", "Ségou"), ("sikasso", "Sikasso")],
    )
    report = forms.CharField(
        label=_("Observations"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    sheet = forms.FileField(label=_("Feuille d’émargement"), help_text=_("Classeur .xlsx."))
    role = forms.ChoiceField(
        label=_("Rôle dans la session"),
        choices=[("lead", _("Formateur principal")), ("co", _("Co-formateur"))],
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(label=_("J’accepte de figurer dans le répertoire des formateurs."))


class SampleFilterForm(forms.Form):
    """A short filter form, as lists have."""

    year = forms.ChoiceField(label=_("Année"), choices=[("2025", "2025"), ("2024", "2024")])
    region = forms.ChoiceField(
        label=_("Région"), choices=[("", _("Toutes")), ("segou", "Ségou")], required=False
    )
    q = forms.CharField(label=_("Recherche"), required=False)


def gallery_context() -> dict[str, object]:
    """Everything that `composants.html` reads: made-up values, no query."""
    paginator = Paginator(range(60), 20)
    return {
        "form": SampleForm(),
        "form_with_errors": SampleForm({"erreur-role": "lead"}, prefix="erreur"),
        "filter_form": SampleFilterForm({"year": "2025"}, auto_id="filtre_%s"),
        "page": paginator.page(2),
        "breadcrumb": _breadcrumb(),
        "tabs": _tabs(),
        "quiz_choices": _quiz_choices(),
        "inline_check": _inline_check(),
        "bars": _bars(),
        "definitions": _definitions(),
        "rows": _rows(),
        "steps": [
            mark_safe(
                "<p><strong>Mettez à l’abri.</strong> Parlez à part, dans un lieu calme.</p>"
            ),
            mark_safe("<p><strong>Écoutez.</strong> Des questions ouvertes, sans insister.</p>"),
            mark_safe("<p><strong>Alertez.</strong> Suivez le mécanisme de référencement.</p>"),
        ],
        "points": [
            _("Le consentement ne compte pas quand il y a eu menace, tromperie ou abus."),
            _("Pour un enfant, aucun moyen de contrainte n’est à prouver."),
        ],
        "rich_text": mark_safe(
            "<p>Un texte de leçon, avec un <a href='#'>lien</a> et une liste&nbsp;:</p>"
            "<ul><li>un acte : recruter, transporter, héberger ;</li>"
            "<li>un moyen : menace, tromperie, abus de vulnérabilité ;</li>"
            "<li>un but : l’exploitation.</li></ul>"
        ),
    }


def _breadcrumb() -> Sample:
    return [
        {"url": "#", "label": _("Formations")},
        {"url": "#", "label": _("Comprendre et repérer")},
        {"url": "", "label": _("Leçon 2")},
    ]


def _tabs() -> Sample:
    return [
        {"url": "#", "label": _("Présences"), "is_current": True},
        {"url": "#", "label": _("Pré-test"), "is_current": False},
        {"url": "#", "label": _("Post-test"), "is_current": False},
    ]


def _quiz_choices() -> Sample:
    return [
        {"value": "1", "label": _("Recruter une personne en la trompant sur le travail promis")},
        {"value": "2", "label": _("Aider un parent à trouver un logement")},
        {"value": "3", "label": _("Payer un passeur pour traverser une frontière")},
        {"value": "4", "label": _("Employer un adulte avec un contrat écrit")},
    ]


def _inline_check() -> InlineCheck:
    yes, no = gettext("Oui, toujours."), gettext("Non, jamais.")
    return InlineCheck(
        id="exemple",
        question=gettext("Faut-il prouver la contrainte pour un enfant ?"),
        options=(
            CheckOption(
                0, yes, gettext("Relisez la définition."), is_correct=False, is_chosen=False
            ),
            CheckOption(
                1, no, gettext("L’acte et le but suffisent."), is_correct=True, is_chosen=True
            ),
        ),
    )


def _bars() -> Sample:
    return [
        {"label": _("Magistrats"), "percent": 82, "text": "412"},
        {"label": _("Police et gendarmerie"), "percent": 64, "text": "321", "url": "#"},
        {"label": _("Services sociaux"), "percent": 35, "text": "176"},
        {"label": _("Non renseigné"), "percent": 4, "text": "19"},
    ]


def _definitions() -> Sample:
    return [
        {"term": _("Session"), "text": "SES-2025-014"},
        {"term": _("Lieu"), "text": _("Ségou, gouvernorat")},
        {"term": _("Durée"), "text": _("4 demi-journées, 14 heures")},
    ]


def _rows() -> Sample:
    return [
        {
            "name": _("Aminata Exemple"),
            "service": _("Service social"),
            "score": "78",
            "status": "reached",
        },
        {"name": _("Oumar Exemple"), "service": _("Police"), "score": "64", "status": "near"},
        {
            "name": _("Fanta Exemple"),
            "service": _("Non renseigné"),
            "score": "—",
            "status": "nodata",
        },
    ]
