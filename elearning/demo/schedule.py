"""What happened in the demo world, session by session. Fictitious, and readable as a story.

Curricula: CRS the awareness-and-law course of everyone, TEC investigation, JUG magistrates,
AVO lawyers, SYS the data system.
"""

import datetime
from dataclasses import dataclass

REFERENCE_DAY = datetime.date(2026, 11, 22)

CURRICULA = {
    "CRS": "comprendre-reperer-signaler",
    "TEC": "techniques-enquete-centrees-victime",
    "JUG": "juges-procureurs-traite",
    "AVO": "representation-victimes-avocats",
    "SYS": "systeme-information-traite",
}
# Who is invited, with weights.
AUDIENCES: dict[str, tuple[tuple[str, int], ...]] = {
    "mixte": (
        ("magistrat-siege", 4), ("magistrat-parquet", 4), ("greffier", 2), ("avocat", 2),
        ("opj-police", 4), ("opj-gendarmerie", 4), ("travailleur-social", 3), ("osc", 2),
    ),
    "front": (
        ("travailleur-social", 6), ("psychologue", 2), ("professionnel-sante", 4),
        ("leader-communautaire", 4), ("inspecteur-travail", 2), ("agent-centre", 3),
        ("maitre-coranique", 2), ("osc", 3),
    ),
    "enquete": (("opj-police", 6), ("opj-gendarmerie", 6), ("magistrat-parquet", 1)),
    "justice": (("magistrat-siege", 6), ("magistrat-parquet", 5), ("greffier", 2)),
    "barreau": (("avocat", 1),),
    "forces": (("police", 4), ("gendarme", 4), ("agent-frontiere", 3)),
    "autorites": (("elu-local", 5), ("agent-etat", 4), ("agent-diplomatique", 1), ("osc", 2)),
    "donnees": (("point-focal-donnees", 5), ("agent-etat", 2)),
}  # fmt: skip


@dataclass(frozen=True)
class PlannedSession:
    """One line of the story. `flaw` names what is wrong with it, on purpose ("" = nothing)."""

    code: str
    curriculum: str
    kind: str
    starts_on: datetime.date
    slots: int
    region: str
    invited: str
    size: int
    flaw: str = ""

    @property
    def has_online_forms(self) -> bool:
        """Only the common course has its two parallel forms so far."""
        return self.curriculum == "CRS"


def _line(text: str) -> PlannedSession:
    code, curriculum, kind, day, slots, region, invited, size, *flaw = text.split()
    return PlannedSession(
        code=code,
        curriculum=curriculum,
        kind=kind,
        starts_on=datetime.date.fromisoformat(day),
        slots=int(slots),
        region=region,
        invited=invited,
        size=int(size),
        flaw=flaw[0] if flaw else "",
    )


SESSIONS: tuple[PlannedSession, ...] = tuple(
    _line(line)
    for line in """
BKO-2023-01 CRS TRAINING  2023-05-16 4 district-de-bamako mixte     27
KAY-2023-01 CRS TRAINING  2023-06-20 4 kayes              front     24
SIK-2023-01 CRS TRAINING  2023-07-11 4 sikasso            mixte     26 no-report
BKO-2023-02 TEC TOT       2023-09-12 6 district-de-bamako enquete   18
SEG-2023-01 CRS AWARENESS 2023-10-03 1 segou              autorites 32
MOP-2023-01 CRS TRAINING  2023-11-14 4 mopti              front     23 few-pairs
KOU-2023-01 JUG TRAINING  2023-12-05 4 koulikoro          justice   21
BKO-2024-01 TEC TRAINING  2024-01-23 4 district-de-bamako enquete   26
SIK-2024-01 CRS TRAINING  2024-02-13 4 sikasso            forces    25
KAY-2024-01 CRS TRAINING  2024-03-05 4 kayes              mixte     28
SEG-2024-01 CRS TRAINING  2024-04-16 4 segou              front     22
GAO-2024-01 CRS TRAINING  2024-05-14 2 gao                front     19
BKO-2024-02 JUG TRAINING  2024-06-04 4 district-de-bamako justice   25
TOM-2024-01 CRS AWARENESS 2024-07-02 1 tombouctou         autorites 28
KTL-2024-01 CRS TRAINING  2024-09-10 4 koutiala           mixte     24 shared-phone
BKO-2024-03 AVO TRAINING  2024-10-01 4 district-de-bamako barreau   22
SAN-2024-01 CRS TRAINING  2024-10-22 4 san                front     21
BGN-2024-01 CRS TRAINING  2024-11-12 4 bougouni           mixte     23 not-validated
BKO-2024-04 SYS TRAINING  2024-12-03 4 district-de-bamako donnees   20
BKO-2025-01 CRS TRAINING  2025-01-21 4 district-de-bamako forces    29
NIO-2025-01 CRS TRAINING  2025-02-11 4 nioro              front     22
SIK-2025-01 TEC TRAINING  2025-03-04 4 sikasso            enquete   24
KOU-2025-01 CRS TRAINING  2025-03-25 4 koulikoro          mixte     26
SEG-2025-02 JUG TRAINING  2025-04-15 4 segou              justice   23
MOP-2025-01 CRS TRAINING  2025-05-13 4 mopti              forces    21 twin-sheets
KAY-2025-01 CRS AWARENESS 2025-06-03 1 kayes              autorites 34
BKO-2025-02 TEC TOT       2025-06-24 6 district-de-bamako enquete   16
KTL-2025-01 CRS TRAINING  2025-07-15 4 koutiala           front     25
GAO-2025-01 CRS TRAINING  2025-09-16 4 gao                mixte     20 no-signed-sheet
BKO-2025-03 AVO TRAINING  2025-10-07 4 district-de-bamako barreau   24
TOM-2025-01 CRS TRAINING  2025-11-04 4 tombouctou         front     18
SAN-2025-01 CRS TRAINING  2025-12-02 4 san                mixte     22
BKO-2026-01 JUG TRAINING  2026-01-20 4 district-de-bamako justice   27
KAY-2026-01 TEC TRAINING  2026-03-10 4 kayes              enquete   23
SEG-2026-01 CRS TRAINING  2026-05-12 4 segou              mixte     26
BGN-2026-01 CRS TRAINING  2026-09-15 4 bougouni           front     24
MOP-2026-01 CRS TRAINING  2026-11-10 4 mopti              mixte     22 not-validated
BKO-2026-02 CRS TRAINING  2026-11-23 4 district-de-bamako mixte     25 running
KOU-2026-01 CRS TRAINING  2026-12-08 4 koulikoro          front     15 planned
NIO-2026-01 CRS TRAINING  2026-10-06 4 nioro              front     14 cancelled
""".strip().splitlines()
)

# code, kind, day, region, title, women, men, girls, boys, (answers, knowing) before and after
EVENTS = tuple(
    tuple(line.split("|"))
    for line in """
EVT-2023-01|COMMUNITY_DIALOGUE|2023-06-08|kayes|Dialogue communautaire sur la migration des jeunes|84|61|22|18|60/31|58/43
EVT-2023-02|WORLD_DAY|2023-07-30|district-de-bamako|Journée mondiale de lutte contre la traite|310|275|120|96||
EVT-2023-03|SECTOR_MEETING|2023-10-19|sikasso|Rencontre avec les transporteurs|18|62|0|0|40/19|40/30
EVT-2023-04|COMMUNITY_DIALOGUE|2023-12-12|segou|Dialogue communautaire sur la mendicité des enfants|96|74|35|41|55/24|54/40
EVT-2024-01|COMMUNITY_DIALOGUE|2024-02-22|mopti|Dialogue communautaire avec les déplacés|102|66|31|24|48/20|47/33
EVT-2024-02|SECTOR_MEETING|2024-03-28|kayes|Rencontre avec les orpailleurs de la région|31|88|0|4|52/25|50/37
EVT-2024-03|CAMPAIGN|2024-05-20|district-de-bamako|Campagne nationale « Voir, comprendre, alerter »|4200|3900|1650|1480||
EVT-2024-04|WORLD_DAY|2024-07-30|sikasso|Journée mondiale de lutte contre la traite|280|240|150|130||
EVT-2024-05|COMMUNITY_DIALOGUE|2024-09-26|koutiala|Dialogue communautaire sur les placements d'enfants|77|58|28|19|50/24|49/38
EVT-2024-06|ADVOCACY|2024-11-21|koulikoro|Plaidoyer auprès des collectivités|22|48|0|0||
EVT-2025-01|COMMUNITY_DIALOGUE|2025-02-20|gao|Dialogue communautaire sur le recrutement d'enfants|64|71|18|26|44/18|44/31
EVT-2025-02|SECTOR_MEETING|2025-04-10|district-de-bamako|Rencontre avec les gérants de débits de boissons|45|52|0|0|60/28|58/44
EVT-2025-03|CAMPAIGN|2025-05-19|segou|Campagne régionale d'information|2300|2050|990|870||
EVT-2025-04|WORLD_DAY|2025-07-30|kayes|Journée mondiale de lutte contre la traite|340|310|160|140||
EVT-2025-05|COMMUNITY_DIALOGUE|2025-10-16|tombouctou|Dialogue communautaire sur l'esclavage par ascendance|58|69|14|17|46/21|45/34
EVT-2025-06|COMMUNITY_DIALOGUE|2025-11-27|san|Dialogue communautaire sur les mariages forcés|91|55|37|20|57/26|57/45
EVT-2026-01|SECTOR_MEETING|2026-02-12|sikasso|Rencontre avec les exploitants agricoles|27|74|0|0|50/23|48/38
EVT-2026-02|CAMPAIGN|2026-04-22|district-de-bamako|Campagne nationale « Voir, comprendre, alerter »|5100|4600|2100|1900||
EVT-2026-03|WORLD_DAY|2026-07-30|district-de-bamako|Journée mondiale de lutte contre la traite|360|330|170|150||
EVT-2026-04|COMMUNITY_DIALOGUE|2026-10-22|bougouni|Dialogue communautaire sur les départs vers les villes|83|60|29|21|52/25|51/41
""".strip().splitlines()
)

# kind, title, edition, copies, day, region, receipt
HANDOVERS = tuple(
    tuple(line.split("|"))
    for line in """
HARMONISED_MANUAL|Manuel « Comprendre, repérer et signaler »|1|120|2024-02-06|district-de-bamako|REC-2024-011
HARMONISED_MANUAL|Manuel « Comprendre, repérer et signaler »|1|80|2024-03-05|kayes|REC-2024-019
SHEET|Fiche des signes d'alerte|1|600|2024-05-20|district-de-bamako|REC-2024-032
HARMONISED_MANUAL|Guide du formateur|1|45|2024-09-10|koutiala|REC-2024-047
INVESTIGATION_MANUAL|Manuel des techniques spéciales d'enquête|1|150|2025-03-04|sikasso|REC-2025-008
INVESTIGATION_MANUAL|Manuel des techniques spéciales d'enquête|1|400|2025-06-24|district-de-bamako|REC-2025-021
HARMONISED_MANUAL|Manuel « Comprendre, repérer et signaler »|2|140|2025-07-15|koutiala|REC-2025-027
SHEET|Fiche de synthèse du mécanisme de référencement|1|800|2025-09-16|gao|REC-2025-033
INVESTIGATION_MANUAL|Manuel des techniques spéciales d'enquête|1|260|2026-03-10|kayes|REC-2026-006
HARMONISED_MANUAL|Manuel « Comprendre, repérer et signaler »|2|110|2026-05-12|segou|REC-2026-014
""".strip().splitlines()
)
