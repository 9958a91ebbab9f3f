"""Forms of the screens about persons: search, correct, transfer, merge, filter."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganizationKind, Sex
from accounts.models import Organization, Person, Profession, ProfessionCategory
from accounts.names import fold, name_key
from accounts.phones import InvalidPhone, normalise_phone
from accounts.structure_kinds import propose_kind
from courses.models import CurriculumPage
from trainers.forms.attendance import BIRTH_YEARS
from trainers.forms.territories import TerritoryField, territory_choices
from trainers.people.coverage import CERCLES, JURISDICTIONS, REGIONS
from trainers.people.still_in_post import BY_ORGANIZATION, BY_TERRITORY


class PersonFilter(forms.Form):
    """Whom to look for among the persons in scope."""

    q = forms.CharField(
        label=_("Nom, partie d'un nom, ou téléphone"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class TypedPerson(forms.Form):
    """What the typing script sends: a half-typed value is not an error, it is not used yet."""

    family_name = forms.CharField(required=False, max_length=80)
    given_name = forms.CharField(required=False, max_length=80)
    phone = forms.CharField(required=False, max_length=40)
    organization = forms.CharField(required=False, max_length=160)
    birth_year = forms.CharField(required=False, max_length=4)


class PersonForm(forms.Form):
    """Correct a record, with a reason."""

    family_name = forms.CharField(label=_("Nom"), max_length=80)
    given_name = forms.CharField(label=_("Prénom"), max_length=80, required=False)
    sex = forms.ChoiceField(
        label=_("Sexe"), required=False, choices=[("", _("Non renseigné")), *Sex.choices]
    )
    phone = forms.CharField(
        label=_("Téléphone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
        help_text=_("8 chiffres pour le Mali."),
    )
    email = forms.EmailField(label=_("Adresse e-mail"), required=False)
    matricule = forms.CharField(label=_("Matricule"), max_length=40, required=False)
    birth_year = forms.IntegerField(
        label=_("Année de naissance"),
        required=False,
        min_value=BIRTH_YEARS[0],
        max_value=BIRTH_YEARS[1],
        localize=False,
    )
    profession = forms.ModelChoiceField(
        label=_("Profession"),
        queryset=Profession.objects.none(),
        required=False,
        empty_label=_("Non renseignée"),
    )
    reason = forms.CharField(
        label=_("Motif de la correction"),
        max_length=100,
        help_text=_("Par exemple : faute de frappe, nouveau numéro donné par la personne."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        professions = Profession.objects.order_by("position")
        self.fields["profession"].queryset = professions  # type: ignore[attr-defined]

    def clean_family_name(self) -> str:
        name = str(self.cleaned_data["family_name"]).strip()
        if not name_key(name):
            raise forms.ValidationError(_("Écrivez un nom avec des lettres."))
        return name

    def clean_phone(self) -> str:
        try:
            return normalise_phone(self.cleaned_data["phone"]) or ""
        except InvalidPhone as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    @property
    def facts(self) -> dict[str, Any]:
        """What the record should say. For a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


def person_initial(person: Person) -> dict[str, Any]:
    """What `PersonForm` starts with."""
    names = [name for name in PersonForm.base_fields if name != "reason"]
    return {name: getattr(person, name) for name in names}


class TransferForm(forms.Form):
    """Where somebody serves from a day on."""

    organization = forms.CharField(label=_("Nouvelle structure"), max_length=160, required=False)
    territory = TerritoryField(label=_("Région ou cercle"), required=False)
    on = forms.DateField(
        label=_("À partir du"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        kwargs["auto_id"] = "id_transfer_%s"
        super().__init__(*args, **kwargs)
        choices = territory_choices(empty=str(_("Non renseigné")))
        self.fields["territory"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not fold(cleaned.get("organization")) and not cleaned.get("territory"):
            self.add_error("organization", _("Indiquez la structure, ou au moins le territoire."))
        return cleaned


class LeavingForm(forms.Form):
    """The last day in service."""

    on = forms.DateField(
        label=_("Dernier jour en service"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        kwargs["auto_id"] = "id_leaving_%s"
        super().__init__(*args, **kwargs)


class MergeReason(forms.Form):
    """Why two records are one person, or are two after all."""

    reason = forms.CharField(label=_("Motif"), max_length=200)


class PostFilter(forms.Form):
    """What « Encore en poste » counts."""

    par = forms.ChoiceField(
        label=_("Par"),
        required=False,
        choices=[(BY_ORGANIZATION, _("Structure")), (BY_TERRITORY, _("Région et cercle"))],
    )
    curriculum = forms.ModelChoiceField(
        label=_("Formation"),
        queryset=CurriculumPage.objects.none(),
        required=False,
        empty_label=_("Toutes"),
    )
    categorie = forms.ModelChoiceField(
        label=_("Catégorie de professions"),
        queryset=ProfessionCategory.objects.none(),
        required=False,
        to_field_name="code",
        empty_label=_("Toutes"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        curricula = CurriculumPage.objects.filter(refreshes=None).order_by("title")
        self.fields["curriculum"].queryset = curricula  # type: ignore[attr-defined]
        categories = ProfessionCategory.objects.order_by("position", "name")
        self.fields["categorie"].queryset = categories  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """Keyword arguments of the counts; what is not understood is not asked."""
        cleaned = self.cleaned_data if self.is_valid() else {}
        curriculum, category = cleaned.get("curriculum"), cleaned.get("categorie")
        return {
            "curriculum": curriculum.pk if curriculum else None,
            "category": category.code if category else "",
        }


class CoverageFilter(PostFilter):
    """What « Couverture » counts."""

    par = forms.ChoiceField(
        label=_("Par"),
        required=False,
        choices=[
            (JURISDICTIONS, _("Juridiction")),
            (REGIONS, _("Région")),
            (CERCLES, _("Cercle")),
        ],
    )


class KindFilter(forms.Form):
    """Which structures to name the kind of."""

    q = forms.CharField(
        label=_("Nom de la structure"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    nature = forms.ChoiceField(
        label=_("Nature"),
        required=False,
        choices=[("", _("Toutes")), ("SANS", _("À préciser")), *OrganizationKind.choices],
    )


class KindForm(forms.Form):
    """One list of choices for each structure shown; what the name suggests is proposed."""

    def __init__(self, *args: Any, organizations: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in organizations:
            where = f" ({one.territory})" if one.territory else ""
            self.fields[f"kind_{one.pk}"] = forms.ChoiceField(
                label=f"{one.name}{where}",
                required=False,
                choices=[("", _("À préciser")), *OrganizationKind.choices],
                initial=one.kind or propose_kind(one.name),
                help_text=""
                if one.kind or not propose_kind(one.name)
                else _("Proposée d'après le nom."),
            )

    @property
    def kinds(self) -> dict[int, str]:
        """The kind of each structure, by id. For a valid form."""
        return {
            int(name.removeprefix("kind_")): str(value) for name, value in self.cleaned_data.items()
        }
