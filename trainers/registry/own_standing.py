"""For each curriculum that concerns a trainer: what is held, until when, what is missing."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from courses.models import CurriculumPage
from trainers.models import Qualification, Trainer
from trainers.registry.expiry import outlook
from trainers.registry.qualifying import GroundFacts, missing_grounds
from trainers.registry.review import validated_days


@dataclass(frozen=True)
class Standing:
    """`term` says what happens at the next expiry, "" without a qualification; `missing`, what a
    first qualification, or a new one, still takes."""

    curriculum: CurriculumPage
    term: str
    missing: tuple[str, ...]
    until: datetime.date | None


def curricula_standing(
    trainer: Trainer, held: list[Qualification], day: datetime.date
) -> list[Standing]:
    """The curricula with a qualification or a ground, by title; two queries besides `held`."""
    curricula: dict[int, CurriculumPage] = {one.curriculum_id: one.curriculum for one in held}
    grounds: dict[int, list[GroundFacts]] = defaultdict(list)
    for ground in trainer.grounds.filter(voided_at=None).select_related("curriculum"):
        curricula[ground.curriculum_id] = ground.curriculum
        grounds[ground.curriculum_id].append(
            GroundFacts(ground.basis, ground.happened_on, ground.proof_id is not None, ground.score)
        )
    animated = validated_days([trainer.pk])
    found = []
    for pk, curriculum in sorted(curricula.items(), key=lambda pair: pair[1].title):
        kept = [one.expires_on for one in held if one.curriculum_id == pk and not one.withdrawn_on]
        until = max(kept, default=None)
        is_valid = until is not None and until >= day
        found.append(
            Standing(
                curriculum=curriculum,
                term=outlook(until, animated[trainer.pk, pk], day) if until else "",
                missing=() if is_valid else tuple(missing_grounds(grounds[pk], day=day)),
                until=until if is_valid else None,
            )
        )
    return found
