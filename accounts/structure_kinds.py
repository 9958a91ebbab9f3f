"""What kind of structure a name says: a proposal, that somebody confirms. No database.

The first rule that fits decides. Words are compared folded and by their beginning: « Tribunaux »,
« tribunal » and « TRIBUNAL DE GRANDE INSTANCE » are read alike.
"""

from accounts.names import fold

_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("BAR", ("barreau", "ordre des avocats", "cabinet d avocat", "cabinet avocat")),
    (
        "JURISDICTION",
        (
            "tribuna", "parquet", "cour d appel", "cour supreme", "cour d assises",
            "justice de paix",
            "pole judiciaire", "greffe", "tgi", "tpi", "juridiction", "juge",
        ),
    ),
    ("GENDARMERIE", ("gendarmerie", "brigade territoriale", "peloton", "legion")),
    (
        "POLICE",
        ("commissariat", "police", "poste frontiere", "brigade", "brtmteh", "surete"),
    ),
    (
        "HEALTH",
        ("hopital", "cscom", "csref", "centre de sante", "sante", "clinique", "infirmerie"),
    ),
    (
        "SOCIAL",
        (
            "developpement social", "service social", "action sociale", "promotion de la femme",
            "centre d accueil", "orphelinat", "protection de l enfan", "affaires sociales",
        ),
    ),
    (
        "ASSOCIATION",
        ("association", "ong", "organisation de la societe", "collectif", "reseau", "federation",
         "fondation", "syndicat"),
    ),
    (
        "ADMINISTRATION",
        (
            "ministere", "direction", "prefecture", "sous prefecture", "mairie", "conseil communal",
            "conseil de cercle", "conseil regional", "gouvernorat", "inspection", "comite",
            "ambassade", "consulat", "douane",
        ),
    ),
)  # fmt: skip


def propose_kind(name: str) -> str:
    """Return the code of an `OrganizationKind` that the name suggests; "" when it says nothing."""
    text = f" {fold(name)}"
    for kind, beginnings in _RULES:
        if any(f" {words}" in text for words in beginnings):
            return kind
    return ""
