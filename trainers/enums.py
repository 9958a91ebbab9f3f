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
    DECLARED = "DECLARED", _("Déclaration confirmée par le formateur")


class TrainerState(TextChoices):
    CANDIDATE = "CANDIDATE", _("Candidat")
    QUALIFIED = "QUALIFIED", _("Habilité")
    LAPSED = "LAPSED", _("Habilitation échue")
    SUSPENDED = "SUSPENDED", _("Suspendu")


class QualificationBasis(TextChoices):
    TRAINING_OF_TRAINERS = "TOT", _("Formation de formateurs réussie")
    CO_FACILITATION = "CO_FACILITATION", _("Co-animation avec un formateur habilité")
    OBSERVATION = "OBSERVATION", _("Fiche d'observation")


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
    RECEIPT = "RECEIPT", _("Reçu d'une diffusion")
    PARTNER_REPORT = "PARTNER_REPORT", _("Rapport d'un partenaire")
    EXPENSE_PROOF = "EXPENSE_PROOF", _("Justificatif d'une dépense")
    PLAN_FILE = "PLAN_FILE", _("Classeur du plan de formation importé")
    BACKLOG_FILE = "BACKLOG_FILE", _("Classeur d'une session ancienne")
    EVENTS_FILE = "EVENTS_FILE", _("Classeur d'actions importé")


class YesNo(TextChoices):
    """The two answers to the question of an awareness event."""

    YES = "yes", _("Oui")
    NO = "no", _("Non")


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


class QualificationLevel(TextChoices):
    """What a qualification entitles to: to lead, and at the top to train other trainers."""

    FACILITATOR = "FACILITATOR", _("Formateur")
    LEAD = "LEAD", _("Formateur principal")
    MASTER = "MASTER", _("Formateur de formateurs")


class Speciality(TextChoices):
    """Registers of experts; the first is the plan's own (produit 3.2.1)."""

    SPECIAL_INVESTIGATION = "SPECIAL_INVESTIGATION", _("Techniques spéciales d'enquête")
    VICTIM_INTERVIEW = "VICTIM_INTERVIEW", _("Audition des victimes")
    CHILD_PROTECTION = "CHILD_PROTECTION", _("Protection de l'enfant")
    VICTIM_ASSISTANCE = "VICTIM_ASSISTANCE", _("Prise en charge des victimes")
    PROSECUTION = "PROSECUTION", _("Poursuites et jugement")
    BORDERS = "BORDERS", _("Frontières et mobilité")
    COMMUNITY = "COMMUNITY", _("Mobilisation communautaire")
    DATA = "DATA", _("Données, suivi et évaluation")


class InvitationState(TextChoices):
    """Between a session and a trainer: asked, applied for, answered."""

    INVITED = "INVITED", _("Invité")
    APPLIED = "APPLIED", _("Candidat à l'appel")
    ACCEPTED = "ACCEPTED", _("Accepté")
    DECLINED = "DECLINED", _("Décliné")
    WITHDRAWN = "WITHDRAWN", _("Retiré")


class RegistrationState(TextChoices):
    """Of somebody who asked for a seat; only an approval makes a participation."""

    PENDING = "PENDING", _("À examiner")
    WAITING = "WAITING", _("En liste d'attente")
    APPROVED = "APPROVED", _("Acceptée")
    REFUSED = "REFUSED", _("Refusée")
    CANCELLED = "CANCELLED", _("Retirée par la personne")


class PhoneCheckResult(TextChoices):
    """What a person drawn for a check by telephone said of their own attendance."""

    CONFIRMED = "CONFIRMED", _("Confirme sa présence")
    DENIED = "DENIED", _("Dit n'être pas venue")
    WRONG_NUMBER = "WRONG_NUMBER", _("Numéro d'une autre personne")
    UNREACHABLE = "UNREACHABLE", _("Injoignable")


class Sector(TextChoices):
    """Sectors at risk that the plan meets."""

    TRANSPORT = "TRANSPORT", _("Transport")
    GOLD_PANNING = "GOLD_PANNING", _("Orpaillage")
    TRADE = "TRADE", _("Commerce")
    AGRICULTURE = "AGRICULTURE", _("Agriculture")
    OTHER = "OTHER", _("Autre")


class AwarenessTheme(TextChoices):
    """What an awareness event was about."""

    SIGNS = "SIGNS", _("Reconnaître les signes")
    FORMS = "FORMS", _("Les formes de la traite au Mali")
    RIGHTS = "RIGHTS", _("Droits des victimes et aide")
    LAW = "LAW", _("La loi")
    CHILDREN = "CHILDREN", _("Protection des enfants")
    MIGRATION = "MIGRATION", _("Migration et traite")
    GENERAL = "GENERAL", _("La traite en général")


class PollMethod(TextChoices):
    """How the question before and after was asked: always without names."""

    SHOW_OF_HANDS = "SHOW_OF_HANDS", _("À main levée")
    SHORT_FORM = "SHORT_FORM", _("Bulletin ou formulaire court")


class PollMoment(TextChoices):
    BEFORE = "BEFORE", _("Avant")
    AFTER = "AFTER", _("Après")
