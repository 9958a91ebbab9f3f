"""What was done before the platform, made up: partners' numbers, and a file of old sessions.

The file waits on the screen of old sessions: nobody has opened its sessions yet.
"""

import datetime

from accounts.models import Territory, User
from courses.models import CurriculumPage
from trainers.backlog.partner_import import record_partner_report
from trainers.enums import EvidenceKind, SessionType
from trainers.evidence import store_evidence

# Partner, title, type, region, first day, last day, numbers by sex and category.
REPORTS = (
    ("ONG fictive Sahel Écoute", "Causeries dans les gares routières", SessionType.AWARENESS,
     "segou", "2023-04-11", "2023-04-13", {("F", ""): 64, ("M", ""): 112}),
    ("ONG fictive Sahel Écoute", "Formation des relais communautaires", SessionType.TRAINING,
     "segou", "2023-09-05", "2023-09-07",
     {("F", "premiere-ligne"): 14, ("M", "premiere-ligne"): 16}),
    ("Agence fictive d'appui", "Atelier des acteurs de la chaîne pénale", SessionType.TRAINING,
     "kayes", "2023-11-20", "2023-11-22",
     {("F", "magistrat"): 3, ("M", "magistrat"): 9, ("M", "enqueteur"): 11, ("", "avocat"): 2}),
    ("Agence fictive d'appui", "Journée des transporteurs", SessionType.AWARENESS,
     "sikasso", "2024-02-14", "2024-02-14", {("", ""): 85}),
    ("Réseau fictif des femmes", "Rencontres des orpailleuses", SessionType.AWARENESS,
     "kayes", "2024-06-10", "2024-06-12", {("F", "societe-civile"): 58, ("M", ""): 6}),
)  # fmt: skip
OLD_LIST = (
    "Code session;Date;Région du lieu;Lieu;Formation;Demi-journées;Heures par demi-journée;"
    "Nom;Prénom;Sexe;Téléphone;Profession;J1 matin;J1 après-midi",
    "{code};17/10/2023;Ségou;Gouvernorat;{title};2;3,5;COULIBALY;Awa;F;70 00 00 01;Juge;x;x",
    "{code};17/10/2023;Ségou;Gouvernorat;{title};2;3,5;TRAORE;Moussa;M;70 00 00 02;OPJ;x;x",
    "{code};17/10/2023;Ségou;Gouvernorat;{title};2;3,5;DIARRA;Mariam;F;70 00 00 03;Avocate;x;",
)


def play_backlog(*, by: User, curriculum: CurriculumPage) -> None:
    """Keep the made-up reports, and a file that a focal point has left to be looked at."""
    territories = {one.code: one for one in Territory.objects.regions()}
    for partner, title, kind, region, first, last, headcounts in REPORTS:
        record_partner_report(
            partner=partner,
            title=f"{title} (démonstration)",
            type=kind,
            territory=territories[region],
            held_from=datetime.date.fromisoformat(first),
            held_to=datetime.date.fromisoformat(last),
            headcounts=headcounts,
            by=by,
            is_demo=True,
        )
    lines = [line.format(code="SEG-2023-A", title=curriculum.title) for line in OLD_LIST]
    store_evidence(
        kind=EvidenceKind.BACKLOG_FILE,
        content="\r\n".join(lines).encode(),
        name="sessions-2023-segou-demonstration.csv",
        by=by,
    )
