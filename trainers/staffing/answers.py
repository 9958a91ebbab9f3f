"""What may become of an invitation or an application, and who may say so. Plain values only."""

INVITED, APPLIED, ACCEPTED, DECLINED, WITHDRAWN = (
    "INVITED", "APPLIED", "ACCEPTED", "DECLINED", "WITHDRAWN",
)  # fmt: skip
TRAINER, ORGANISER = "TRAINER", "ORGANISER"

# (state now, state asked) -> who may ask for it. « "" » is no invitation yet.
_ALLOWED: dict[tuple[str, str], str] = {
    ("", INVITED): ORGANISER,
    ("", APPLIED): TRAINER,
    (INVITED, ACCEPTED): TRAINER,
    (INVITED, DECLINED): TRAINER,
    (INVITED, WITHDRAWN): ORGANISER,
    (APPLIED, ACCEPTED): ORGANISER,
    (APPLIED, DECLINED): ORGANISER,
    (APPLIED, WITHDRAWN): TRAINER,
    (ACCEPTED, WITHDRAWN): ORGANISER,
    (DECLINED, INVITED): ORGANISER,
    (WITHDRAWN, INVITED): ORGANISER,
    (WITHDRAWN, APPLIED): TRAINER,
}


def answer_refusal(current: str, wanted: str, *, asker: str) -> str:
    """Say why an invitation may not become that; "" when it may."""
    if _ALLOWED.get((current, wanted)) == asker:
        return ""
    if current in (ACCEPTED, DECLINED):
        return "Cette demande a déjà reçu une réponse."
    if current == WITHDRAWN:
        return "Cette demande a été retirée."
    if current == INVITED and wanted == INVITED:
        return "Une invitation attend déjà la réponse de cette personne."
    return "Ce n'est pas à vous de répondre à cette demande."


def call_refusal(*, is_open: bool, is_qualified: bool, is_suspended: bool) -> str:
    """Say why a trainer may not apply to a call; "" when they may."""
    if not is_open:
        return "Cet appel est clos."
    if is_suspended:
        return "Votre inscription au répertoire est suspendue : écrivez au comité."
    if not is_qualified:
        return "Cet appel demande une habilitation valable pendant toute la session."
    return ""
