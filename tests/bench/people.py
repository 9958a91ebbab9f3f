"""A national list of fictitious persons, made in bulk and the same at each run."""

import random
from itertools import count

from accounts.models import Organization, Person, Posting
from accounts.names import fold
from accounts.people import new_person
from elearning.demo.names import FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES

PERSONS = 100_000
STRUCTURES = 400
BATCH = 5_000
LETTERS = "abcdefghiklmnorstuwy"


def make_nation(total: int = PERSONS) -> None:
    """Names as unequal as real ones: the commonest surnames are borne by thousands."""
    draw = random.Random(2023)
    structures = Organization.objects.bulk_create(
        Organization(name=f"Structure {rank}", name_key=fold(f"Structure {rank}"))
        for rank in range(STRUCTURES)
    )
    families = [*FAMILY_NAMES, *("".join(draw.choices(LETTERS, k=6)) for _rank in range(2_000))]
    weights = [1 / (rank + 1) for rank in range(len(families))]
    given = [*FEMALE_NAMES, *MALE_NAMES]
    phones = count(60_000_000)
    for start in range(0, total, BATCH):
        persons = Person.objects.bulk_create(
            new_person(
                family_name=family,
                given_name=draw.choice(given),
                sex=draw.choice("FM"),
                phone=f"+223{next(phones)}" if draw.random() < 0.9 else "",
                email="",
                matricule="",
                birth_year=draw.randrange(1960, 2003) if draw.random() < 0.5 else None,
                profession_id=None,
                is_demo=True,
            )
            for family in draw.choices(families, weights, k=min(BATCH, total - start))
        )
        Posting.objects.bulk_create(
            Posting(person=person, organization=draw.choice(structures)) for person in persons
        )
