"""Forms of the staff screens: which tests, which workbook, why an item is withdrawn."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.enums import Occasion, SkillsUse
from assessments.models import TestForm
from assessments.satisfaction.wording import aspect_labels

# The file goes through the page between the check and the import: nothing is kept meanwhile.
MAX_UPLOAD = 1024 * 1024
OCCASION_CHOICES = [(one.value, one.label) for one in (Occasion.PRE, Occasion.POST)]


class PlanTestsForm(forms.Form):
    """Which forms before and after: « ids before|ids after »."""

    plan = forms.ChoiceField(label=_("Formulaires"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = choices  # type: ignore[attr-defined]

    def ids(self) -> tuple[list[int], list[int]]:
        """The forms before and the forms after."""
        before, after = self.cleaned_data["plan"].split("|")
        return [int(one) for one in before.split(",")], [int(one) for one in after.split(",")]


class ResultsFileForm(forms.Form):
    """A workbook of paper copies, for one test."""

    occasion = forms.ChoiceField(label=_("Test"), choices=OCCASION_CHOICES)
    form = forms.ModelChoiceField(
        label=_("Formulaire"), queryset=TestForm.objects.none(), empty_label=None
    )
    file = forms.FileField(
        label=_("Classeur des réponses"),
        help_text=_(
            "Un fichier .xlsx, .ods, .xls ou .csv : une ligne par copie, avec le téléphone ou le "
            "nom, puis une colonne par question (Q1, Q2…)."
        ),
    )

    def __init__(self, *args: Any, forms_to_choose: Sequence[TestForm] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["form"]
        field.queryset = TestForm.objects.filter(  # type: ignore[attr-defined]
            pk__in=[form.pk for form in forms_to_choose]
        ).order_by("code")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD:
            raise forms.ValidationError(
                _("Ce fichier dépasse 1 Mo : gardez seulement la feuille des réponses.")
            )
        return file


class WithdrawItemForm(forms.Form):
    """The reason stays in the trace."""

    reason = forms.CharField(
        label=_("Motif du retrait"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Par exemple : deux réponses sont justes. Ce motif reste dans la trace."),
    )


class CopyCorrectionForm(forms.Form):
    """The right line of a paper copy, and why it was wrong."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    line = forms.CharField(
        label=_("Réponses lues sur la copie"),
        max_length=200,
        help_text=_(
            "Toutes les lettres à la suite, un point pour une question sans réponse. Si la copie "
            "est sur l'autre formulaire, commencez par sa lettre et deux points : « B: »."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label=_("Motif de la correction"),
        max_length=200,
        help_text=_("Par exemple : une lettre sautée à la question 7. Ce motif reste."),
    )


class SatisfactionAnswerForm(forms.Form):
    """Four marks from 1 to 5 and a remark, without a name."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Une remarque"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("N'écrivez ni votre nom, ni celui de quelqu'un d'autre."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = [
            ("5", _("5 : tout à fait")),
            ("4", "4"),
            ("3", "3"),
            ("2", "2"),
            ("1", _("1 : pas du tout")),
        ]
        asked = {
            aspect: forms.ChoiceField(label=label, choices=marks, widget=forms.RadioSelect)
            for aspect, label in aspect_labels().items()
        }
        self.fields = {**asked, **self.fields}


class FollowUpForm(forms.Form):
    """The one question of produit 2.2.1.a."""

    uses_skills = forms.ChoiceField(
        label=_(
            "Depuis cette formation, avez-vous utilisé dans votre travail ce que vous y avez "
            "appris ?"
        ),
        choices=SkillsUse.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Par exemple : repérer une victime possible, mener un entretien autrement, orienter "
            "quelqu'un vers un service, qualifier des faits."
        ),
    )


class SessionReportForm(forms.Form):
    """What only the trainer can tell of a session."""

    course_of_events = forms.CharField(
        label=_("Déroulement"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Ce qui s'est passé, séance par séance. Ne nommez aucun participant."),
    )
    difficulties = forms.CharField(
        label=_("Difficultés"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    recommendations = forms.CharField(
        label=_("Recommandations"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
