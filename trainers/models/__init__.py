from trainers.models.awareness import (
    AwarenessEvent,
    Dissemination,
    EventBallot,
    Headcount,
    PartnerHeadcount,
    PartnerReport,
)
from trainers.models.evidence import Evidence, EvidenceAccess
from trainers.models.oversight import Expense, PhoneCheck, SessionReport
from trainers.models.participations import AttendanceMark, Participation
from trainers.models.plan import (
    NeedsAnswer,
    NeedsRating,
    NeedsSurvey,
    PlanActivity,
    PlanActivityBudget,
    PlanItem,
    RuleSet,
)
from trainers.models.registrations import DeclaredPresence, Registration, RegistrationLink
from trainers.models.registry import (
    Qualification,
    QualificationGround,
    Trainer,
    TrainerLanguage,
    TrainerMove,
    TrainerSpeciality,
    TrainerUnavailability,
)
from trainers.models.sessions import SessionSlot, SessionTrainer, TrainingSession
from trainers.models.staffing import TrainerCall, TrainerInvitation

__all__ = [
    "AttendanceMark",
    "AwarenessEvent",
    "DeclaredPresence",
    "Dissemination",
    "EventBallot",
    "Evidence",
    "EvidenceAccess",
    "Expense",
    "Headcount",
    "NeedsAnswer",
    "NeedsRating",
    "NeedsSurvey",
    "Participation",
    "PartnerHeadcount",
    "PartnerReport",
    "PhoneCheck",
    "PlanActivity",
    "PlanActivityBudget",
    "PlanItem",
    "Qualification",
    "QualificationGround",
    "Registration",
    "RegistrationLink",
    "RuleSet",
    "SessionReport",
    "SessionSlot",
    "SessionTrainer",
    "Trainer",
    "TrainerCall",
    "TrainerInvitation",
    "TrainerLanguage",
    "TrainerMove",
    "TrainerSpeciality",
    "TrainerUnavailability",
    "TrainingSession",
]
