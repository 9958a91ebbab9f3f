from trainers.models.awareness import AwarenessEvent, Dissemination, Headcount
from trainers.models.evidence import Evidence, EvidenceAccess
from trainers.models.participations import AttendanceMark, Participation
from trainers.models.plan import PlanActivity, PlanActivityBudget, RuleSet
from trainers.models.registry import Qualification, Trainer, TrainerLanguage
from trainers.models.sessions import SessionSlot, SessionTrainer, TrainingSession

__all__ = [
    "AttendanceMark",
    "AwarenessEvent",
    "Dissemination",
    "Evidence",
    "EvidenceAccess",
    "Headcount",
    "Participation",
    "PlanActivity",
    "PlanActivityBudget",
    "Qualification",
    "RuleSet",
    "SessionSlot",
    "SessionTrainer",
    "Trainer",
    "TrainerLanguage",
    "TrainingSession",
]
