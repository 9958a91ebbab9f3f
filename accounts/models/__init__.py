from accounts.models.merges import DistinctPersons, PersonMerge
from accounts.models.outbox import OutboxMessage
from accounts.models.people import Organization, Person, Posting
from accounts.models.reference import CorpsSize, Profession, ProfessionCategory, Territory
from accounts.models.users import RoleAssignment, User

__all__ = [
    "CorpsSize",
    "DistinctPersons",
    "Organization",
    "OutboxMessage",
    "Person",
    "PersonMerge",
    "Posting",
    "Profession",
    "ProfessionCategory",
    "RoleAssignment",
    "Territory",
    "User",
]
