"""Codes of the field work: sessions, trainers, evidence."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SessionType(TextChoices):
    TRAINING = "TRAINING", _("Formation")
    TOT = "TOT", _("Formation de formateurs")
    AWARENESS = "AWARENESS", _("Sensibilisation d'acteurs")


class SessionMode(TextChoices):
    """In a room, attendance is marked; online, the lessons read stand for it, until a date."""

    ROOM = "ROOM", _("En salle")
    ONLINE = "ONLINE", _("En ligne, avec un tuteur")


class SessionState(TextChoices):
    """Validated is the only state in which a session counts against a target (domain §3)."""

    PLANNED = "PLANNED", _("Prévue")
    CONFIRMED = "CONFIRMED", _("Confirmée")
    RUNNING = "RUNNING", _("En cours")
    TO_VALIDATE = "TO_VALIDATE", _("À valider")
    VALIDATED = "VALIDATED", _("Validée")
    CANCELLED = "CANCELLED", _("Annulée")


class Half(TextChoices):
    MORNING = "AM", _("Matin")
    AFTERNOON = "PM", _("Après-midi")


class SessionRole(TextChoices):
    OBSERVER = "OBSERVER", _("Observateur")
    CO_TRAINER = "CO_TRAINER", _("Co-formateur")
    TRAINER = "TRAINER", _("Formateur")
    LEAD_TRAINER = "LEAD_TRAINER", _("Formateur principal")


class EntrySource(TextChoices):
    """How a mark or an answer reached us. All sources rank equal (domain §3)."""

    PHONE = "PHONE", _("Téléphone")
    QR = "QR", _("Code QR")
    TYPED = "TYPED", _("Saisie d'une feuille")
    IMPORT = "IMPORT", _("Import d'un classeur")


class TrainerState(TextChoices):
    CANDIDATE = "CANDIDATE", _("Candidat")
    QUALIFIED = "QUALIFIED", _("Habilité")
    LAPSED = "LAPSED", _("Habilitation échue")
    SUSPENDED = "SUSPENDED", _("Suspendu")


class QualificationBasis(TextChoices):
    TRAINING_OF_TRAINERS = "TOT", _("Formation de formateurs réussie")
    CO_FACILITATION = "CO_FACILITATION", _("Co-animation avec un formateur habilité")
    OBSERVATION = "OBSERVATION", _("Fiche d'observation au seuil")


class Language(TextChoices):
    """Working language, then the 13 official national languages (Constitution of 2023)."""

    FRENCH = "fr", _("français")
    BAMANANKAN = "bamanankan", _("bamanankan")
    BOMU = "bomu", _("bomu")
    BOZO = "bozo", _("bozo")
    DOGOSO = "dogoso", _("dɔgɔsɔ")
    FULFULDE = "fulfulde", _("fulfulde")
    HASANYA = "hasanya", _("hasanya")
    MAMARA = "mamara", _("mamara")
    MANINKAKAN = "maninkakan", _("maninkakan")
    SONINKE = "soninke", _("soninké")
    SONGOY = "songoy", _("soŋoy")
    SYENARA = "syenara", _("syenara")
    TAMASHEQ = "tamasheq", _("tamasheq")
    XAASONGAXANNO = "xaasongaxanno", _("xaasongaxanŋo")


class EvidenceKind(TextChoices):
    TERMS_OF_REFERENCE = "TERMS_OF_REFERENCE", _("Termes de référence")
    AGENDA = "AGENDA", _("Agenda")
    SIGNED_SHEET = "SIGNED_SHEET", _("Feuille d'émargement signée")
    REPORT = "REPORT", _("Rapport")
    ATTENDANCE_FILE = "ATTENDANCE_FILE", _("Classeur de présence importé")
    RESULTS_FILE = "RESULTS_FILE", _("Classeur de résultats importé")
    QUALIFICATION_PROOF = "QUALIFICATION_PROOF", _("Preuve d'habilitation")
    EVENT_PROOF = "EVENT_PROOF", _("Preuve d'une action de sensibilisation")


class EventKind(TextChoices):
    COMMUNITY_DIALOGUE = "COMMUNITY_DIALOGUE", _("Dialogue communautaire")
    SECTOR_MEETING = "SECTOR_MEETING", _("Rencontre d'un secteur à risque")
    ADVOCACY = "ADVOCACY", _("Rencontre de plaidoyer")
    CAMPAIGN = "CAMPAIGN", _("Campagne nationale")
    WORLD_DAY = "WORLD_DAY", _("Journée mondiale du 30 juillet")


class AgeBand(TextChoices):
    UNDER_18 = "UNDER_18", _("moins de 18 ans")
    ADULT = "ADULT", _("18 ans et plus")
    UNKNOWN = "UNKNOWN", _("non renseigné")


class DocumentKind(TextChoices):
    HARMONISED_MANUAL = "HARMONISED_MANUAL", _("Manuel de formation harmonisé")
    INVESTIGATION_MANUAL = "INVESTIGATION_MANUAL", _("Manuel des techniques spéciales d'enquête")
    SHEET = "SHEET", _("Fiche")


class LadderStatus(TextChoices):
    """How far a participation went (domain §2). Computed, never typed."""

    ENROLLED = "ENROLLED", _("Inscrit")
    PRESENT = "PRESENT", _("Présent")
    INFORMED = "INFORMED", _("Informé")
    TRAINED = "TRAINED", _("Formé")
    CERTIFIED = "CERTIFIED", _("Certifié")


class ValidityState(TextChoices):
    """How the validity of a training stands today (`trainers/participation/validity.py`)."""

    VALID = "VALID", _("Valable")
    DUE_SOON = "DUE_SOON", _("À rafraîchir bientôt")
    TO_REFRESH = "TO_REFRESH", _("À rafraîchir")
