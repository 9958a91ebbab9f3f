import pytest

from accounts.enums import OrganizationKind
from accounts.structure_kinds import propose_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Tribunal de grande instance de Ségou", OrganizationKind.JURISDICTION),
        ("PARQUET près le TGI de Kayes", OrganizationKind.JURISDICTION),
        ("Greffe du tribunal", OrganizationKind.JURISDICTION),
        ("Cour d’appel de Mopti", OrganizationKind.JURISDICTION),
        ("Barreau du Mali", OrganizationKind.BAR),
        ("Brigade territoriale de gendarmerie de Niono", OrganizationKind.GENDARMERIE),
        ("Commissariat de police du 3e arrondissement", OrganizationKind.POLICE),
        ("Brigade de répression du trafic", OrganizationKind.POLICE),
        ("Centre de santé de référence", OrganizationKind.HEALTH),
        ("Service du développement social", OrganizationKind.SOCIAL),
        ("ONG Espoir", OrganizationKind.ASSOCIATION),
        ("Direction régionale de la santé", OrganizationKind.HEALTH),
        ("Inspection du travail", OrganizationKind.ADMINISTRATION),
        ("Congo", ""),  # no word begins with « ong »
        ("", ""),
    ],
)
def test_a_name_proposes_a_kind(name: str, kind: str) -> None:
    assert propose_kind(name) == kind
