"""One small function per reference of the plan that the platform measures: sixteen of them.

Each says what its indicator counts. The version of the reference sheet in force says which topics
and professions it retains and, for knowledge, which of the implemented shares. Nothing here writes.
"""

from collections.abc import Callable

from indicators.enums import Method
from indicators.facts import Facts
from indicators.method_counts import (
    count_copies,
    count_headcounts,
    count_informed,
    count_sessions,
    count_skills_used,
    count_tools,
    count_trained,
)
from indicators.method_knowledge import event_knowing_share, mastery_share, reliable_gain_share
from indicators.models import ReferenceSheet
from indicators.plan_reading import selection_of
from indicators.tallies import Counted
from trainers.enums import DocumentKind

Measurer = Callable[[Facts, ReferenceSheet], Counted]

KNOWLEDGE_SHARES = {
    Method.MASTERY_SHARE: mastery_share,
    Method.RELIABLE_GAIN_SHARE: reliable_gain_share,
}
MANUALS = (DocumentKind.HARMONISED_MANUAL, DocumentKind.INVESTIGATION_MANUAL)


def actors_who_know(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """1.1-a: actors with knowledge of trafficking, over every training session."""
    return _knowledge_share(facts, sheet)


def populations_who_know(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """1.1-b: right answers of the population after awareness events."""
    return event_knowing_share(facts)


def actors_informed(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """1.1.1-a: actors made aware or informed, in any session."""
    return count_informed(facts, selection_of(sheet))


def populations_reached(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """1.1.1-b: people reached by awareness events, without names."""
    return count_headcounts(facts)


def tools_disseminated(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """1.1.2-a: distinct harmonised manuals handed out."""
    return count_tools(facts, MANUALS)


def actors_trained(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """1.1.2-b: actors who benefited from a training."""
    return count_trained(facts, selection_of(sheet))


def trainings_held(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """1.1.2-c: trainings given, trainings of trainers included."""
    return count_sessions(facts, selection_of(sheet))


def knowledge_of_assistance(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """2.2.a-1: knowledge of those trained to identify, refer and assist victims."""
    return _knowledge_share(facts, sheet)


def knowledge_of_law(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """2.2.a-2: knowledge of those trained on the legal and political frame."""
    return _knowledge_share(facts, sheet)


def skills_in_use(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """2.2.1.a: actors who confirm, later, that they use the skills."""
    return count_skills_used(facts, selection_of(sheet))


def investigators_informed(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """3.1.1-a: investigators trained or informed on special investigation techniques."""
    return count_informed(facts, selection_of(sheet))


def magistrates_informed(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """3.1.1-b: magistrates trained or informed on the laws and procedures."""
    return count_informed(facts, selection_of(sheet))


def lawyers_informed(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """3.1.1-c: lawyers trained or informed on representing victims."""
    return count_informed(facts, selection_of(sheet))


def investigation_manuals_handed_over(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """3.2.1-a: copies of the manual of special investigation techniques handed over."""
    return count_copies(facts, (DocumentKind.INVESTIGATION_MANUAL,))


def chain_trained_in_investigation(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """3.2.1-c: actors of the criminal justice chain trained in special investigation techniques."""
    return count_trained(facts, selection_of(sheet))


def people_trained_on_data_system(facts: Facts, sheet: ReferenceSheet) -> Counted:
    """4.1.1.b: people trained to use the data system."""
    return count_trained(facts, selection_of(sheet))


MEASURES: dict[str, Measurer] = {
    "1.1-a": actors_who_know,
    "1.1-b": populations_who_know,
    "1.1.1-a": actors_informed,
    "1.1.1-b": populations_reached,
    "1.1.2-a": tools_disseminated,
    "1.1.2-b": actors_trained,
    "1.1.2-c": trainings_held,
    "2.2.a-1": knowledge_of_assistance,
    "2.2.a-2": knowledge_of_law,
    "2.2.1.a": skills_in_use,
    "3.1.1-a": investigators_informed,
    "3.1.1-b": magistrates_informed,
    "3.1.1-c": lawyers_informed,
    "3.2.1-a": investigation_manuals_handed_over,
    "3.2.1-c": chain_trained_in_investigation,
    "4.1.1.b": people_trained_on_data_system,
}


def _knowledge_share(facts: Facts, sheet: ReferenceSheet) -> Counted:
    return KNOWLEDGE_SHARES[Method(sheet.method)](facts, selection_of(sheet))
