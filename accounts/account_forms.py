"""Forms of the administrator's screens: they read and word what was typed; acts decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.account_opening import FirstRole, Identifiers, Identity
from accounts.account_search import ACTIVE, CLOSED, NO_ROLE
from accounts.account_wording import territory_in_words
from accounts.enums import Role, Sex, TerritoryLevel
from accounts.models import Organization, Person, Profession, Territory
from accounts.names import name_key
from accounts.phones import InvalidPhone, normalise_phone

_PLAIN_TEXT = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class AccountFilter(forms.Form):
    """What the list of accounts shows."""

    q = forms.CharField(
        label=_("Nom, téléphone ou matricule"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Rôle"),
        required=False,
        choices=[("", _("Tous")), *Role.choices, (NO_ROLE, _("Aucun rôle (apprenant)"))],
    )
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[("", _("Tous")), (ACTIVE, _("Actif")), (CLOSED, _("Désactivé"))],
    )


class PersonSearch(forms.Form):
    """Whom to look for before an account is opened."""

    q = forms.CharField(
        label=_("Nom, téléphone ou matricule"),
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        """Refuse one letter: it would list everybody."""
        text = str(self.cleaned_data["q"]).strip()
        if len(name_key(text).replace(" ", "")) < 2 and "@" not in text:
            raise forms.ValidationError(_("Écrivez au moins deux lettres ou chiffres."))
        return text


class RoleForm(forms.Form):
    """One role with its scope."""

    role = forms.ChoiceField(label=_("Rôle"), choices=[("", _("Choisir un rôle")), *Role.choices])
    territory = forms.ModelChoiceField(
        Territory.objects.none(),
        label=_("Territoire"),
        required=False,
        empty_label=_("Aucun"),
        help_text=_("Pour un point focal : la région ou le cercle dont il répond."),
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Structure"),
        required=False,
        empty_label=_("Aucune"),
        help_text=_("Pour un correspondant : la structure dont il suit le personnel."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territory = self.fields["territory"]
        organization = self.fields["organization"]
        assert isinstance(territory, forms.ModelChoiceField)
        assert isinstance(organization, forms.ModelChoiceField)
        territory.queryset = Territory.objects.all()
        territory.choices = _territory_choices()
        organization.queryset = Organization.objects.all()
        organization.choices = _organization_choices()

    def clean(self) -> dict[str, Any]:
        """A focal point has a territory, a correspondent a structure, and nobody else has one."""
        cleaned = super().clean() or self.cleaned_data
        role = cleaned.get("role")
        needs = {
            "territory": (
                Role.FOCAL_POINT,
                _("Un point focal répond d'un territoire : indiquez lequel."),
                _("Seul un point focal répond d'un territoire : laissez « Aucun »."),
            ),
            "organization": (
                Role.CORRESPONDENT,
                _("Un correspondant répond d'une structure : indiquez laquelle."),
                _("Seul un correspondant répond d'une structure : laissez « Aucune »."),
            ),
        }
        for name, (holder, missing, superfluous) in needs.items():
            if name in self.errors:
                continue
            if role == holder and not cleaned.get(name):
                self.add_error(name, missing)
            elif role != holder and cleaned.get(name):
                self.add_error(name, superfluous)
        return cleaned

    @property
    def first_role(self) -> FirstRole | None:
        """The role asked for; None when none was chosen. For a valid form."""
        if not self.cleaned_data["role"]:
            return None
        return FirstRole(
            role=self.cleaned_data["role"],
            territory=self.cleaned_data["territory"],
            organization=self.cleaned_data["organization"],
        )


class AccountForm(RoleForm):
    """The account of a person on record: what opens it, and a first role."""

    phone = forms.CharField(
        label=_("Téléphone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", **_PLAIN_TEXT}),
        help_text=_("8 chiffres pour le Mali."),
    )
    matricule = forms.CharField(
        label=_("Matricule"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=_PLAIN_TEXT),
    )
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        required=False,
        widget=forms.EmailInput(attrs=_PLAIN_TEXT),
        help_text=_("Permet de choisir seul un nouveau mot de passe."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.required = False
        role.choices = [("", _("Aucun : apprenant")), *Role.choices]

    def clean_phone(self) -> str:
        try:
            return normalise_phone(self.cleaned_data["phone"]) or ""
        except InvalidPhone as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Somebody who has none of the three could never sign in."""
        cleaned = super().clean()
        names = ("phone", "matricule", "email")
        if not any(cleaned.get(name) or name in self.errors for name in names):
            self.add_error(
                "phone",
                _("Donnez un téléphone, un matricule ou une adresse e-mail : il en faut un."),
            )
        return cleaned

    @property
    def identifiers(self) -> Identifiers:
        """What was given to sign in with. For a valid form."""
        return Identifiers(
            phone=self.cleaned_data["phone"],
            matricule=self.cleaned_data["matricule"].strip(),
            email=self.cleaned_data["email"],
        )


class NewPersonForm(AccountForm):
    """The account of somebody who is not on record yet."""

    family_name = forms.CharField(label=_("Nom"), max_length=80)
    given_name = forms.CharField(label=_("Prénom"), max_length=80, required=False)
    sex = forms.ChoiceField(
        label=_("Sexe"), required=False, choices=[("", _("Non renseigné")), *Sex.choices]
    )
    profession = forms.ModelChoiceField(
        Profession.objects.none(),
        label=_("Profession"),
        required=False,
        empty_label=_("Non renseignée"),
    )
    is_somebody_else = forms.BooleanField(
        label=_("J'ai vérifié : ce n'est aucune de ces personnes."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profession = self.fields["profession"]
        assert isinstance(profession, forms.ModelChoiceField)
        profession.queryset = Profession.objects.order_by("position")

    def clean_family_name(self) -> str:
        name = str(self.cleaned_data["family_name"]).strip()
        if not name_key(name):
            raise forms.ValidationError(_("Écrivez un nom avec des lettres."))
        return name

    @property
    def identity(self) -> Identity:
        """Who the person is. For a valid form."""
        return Identity(
            family_name=self.cleaned_data["family_name"],
            given_name=self.cleaned_data["given_name"].strip(),
            sex=self.cleaned_data["sex"],
            profession=self.cleaned_data["profession"],
        )


def identifiers_on_record(person: Person) -> dict[str, str]:
    """What `AccountForm` starts with for a person on record."""
    return {"phone": person.phone, "matricule": person.matricule, "email": person.email}


def _territory_choices() -> list[tuple[Any, Any]]:
    """The country, then each region with its cercles under its name."""
    territories = list(Territory.objects.order_by("position", "name"))
    choices: list[tuple[Any, Any]] = [("", _("Aucun"))]
    choices += [(one.pk, one.name) for one in territories if one.level == TerritoryLevel.COUNTRY]
    for region in (one for one in territories if one.level == TerritoryLevel.REGION):
        cercles = [one for one in territories if one.parent_id == region.pk]
        choices.append(
            (region.name, [(one.pk, territory_in_words(one)) for one in (region, *cercles)])
        )
    return choices


def _organization_choices() -> list[tuple[Any, Any]]:
    organizations = Organization.objects.select_related("territory").order_by("name_key", "pk")
    return [
        ("", _("Aucune")),
        *(
            (one.pk, f"{one} ({one.territory})" if one.territory else one.name)
            for one in organizations
        ),
    ]
