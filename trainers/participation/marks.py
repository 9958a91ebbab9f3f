"""Read the attendance log: which mark stands for a person and a half-day."""

from trainers.models import AttendanceMark, TrainingSession

Pair = tuple[int, int]  # participation id, slot id


def marks_in_force(session: TrainingSession) -> dict[Pair, AttendanceMark]:
    """Return the standing mark of each (participation, slot) that has one.

    All sources rank equal: the first mark that no correction voided stands, and a later one that
    says otherwise is a contradiction to look into, never a silent change (domain §3). One query.
    """
    standing: dict[Pair, AttendanceMark] = {}
    for mark in unvoided_marks(session):
        standing.setdefault((mark.participation_id, mark.slot_id), mark)
    return standing


def presence_in_force(session: TrainingSession) -> dict[Pair, bool]:
    """Return what the standing marks say, without reading the marks themselves. One query."""
    said = AttendanceMark.objects.filter(
        participation__session=session, voided_by__isnull=True
    ).order_by("-pk")
    # The first mark stands: written last, it replaces those that came after it.
    return {
        (participation_id, slot_id): is_present
        for participation_id, slot_id, is_present in said.values_list(
            "participation_id", "slot_id", "is_present"
        )
    }


def contradicted_pairs(session: TrainingSession) -> set[Pair]:
    """Return the (participation, slot) pairs whose unvoided marks say both present and absent."""
    said: dict[Pair, set[bool]] = {}
    for mark in unvoided_marks(session):
        said.setdefault((mark.participation_id, mark.slot_id), set()).add(mark.is_present)
    return {pair for pair, answers in said.items() if len(answers) > 1}


def unvoided_marks(session: TrainingSession) -> list[AttendanceMark]:
    """Return every mark that no other mark voids, in the order of the log."""
    return list(
        AttendanceMark.objects.filter(
            participation__session=session, voided_by__isnull=True
        ).order_by("pk")
    )
