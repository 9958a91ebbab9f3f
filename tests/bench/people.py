"""A national list of fictitious persons, made in bulk and the same at each run.

The ordinary suite makes a tenth of it.
"""

import os
import random
from itertools import count

from django.db import connection

from accounts.models import Organization, Person, Posting
from accounts.names import fold, name_key
from elearning.demo.names import FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES
from tests.factories.accounts import make_region

PERSONS = 100_000 if "BENCH_ROWS" in os.environ else 10_000  # `make bench` asks for all
WRITTEN = PERSONS // 10  # by Python; the database copies them, with other numbers
STRUCTURES = 400
BATCH = WRITTEN // 2
LETTERS = "abcdefghiklmnorstuwy"


def make_nation() -> None:
    """Names as unequal as real ones: the commonest surnames are borne by thousands."""
    _write()
    for copy in range(1, PERSONS // WRITTEN):
        _copy(copy)


def _copy(copy: int) -> None:
    """As many again of the same names, each with a number and a posting of their own."""
    uuid = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM accounts_person")
        first, last = cursor.fetchone()
        cursor.execute(
            f"""
            INSERT INTO accounts_person (uuid, family_name, given_name, name_key, sex, phone, email,
                matricule, birth_year, is_demo, created_at)
            SELECT {uuid}, family_name, given_name, name_key, sex,
                CASE WHEN phone = '' THEN ''
                    ELSE '+223' || (CAST(substr(phone, 5) AS integer) + %s) END,
                email, matricule, birth_year, is_demo, created_at
            FROM accounts_person WHERE id < %s ORDER BY id
            """,
            [copy * WRITTEN, first + WRITTEN],
        )
        cursor.execute(
            """
            INSERT INTO accounts_posting (person_id, organization_id)
            SELECT copied.id, posting.organization_id FROM accounts_person copied
            JOIN accounts_posting posting ON posting.person_id = copied.id - %s
            WHERE copied.id > %s
            """,
            [copy * WRITTEN, last],
        )


def _write() -> None:
    draw = random.Random(2023)
    home, elsewhere = make_region(), make_region("kayes", "Kayes")  # one in ten serves at home
    structures = Organization.objects.bulk_create(
        Organization(
            name=f"Structure {rank}",
            name_key=fold(f"Structure {rank}"),
            territory=elsewhere if rank % 10 else home,
        )
        for rank in range(STRUCTURES)
    )
    families = [*FAMILY_NAMES, *("".join(draw.choices(LETTERS, k=6)) for _rank in range(2_000))]
    weights = [1 / (rank + 1) for rank in range(len(families))]
    given = [*FEMALE_NAMES, *MALE_NAMES]
    phones = count(60_000_000)
    keys: dict[tuple[str, str], str] = {}
    for _start in range(0, WRITTEN, BATCH):
        persons = []
        for family in draw.choices(families, weights, k=BATCH):
            name = (family, draw.choice(given))
            persons.append(
                Person(
                    family_name=name[0],
                    given_name=name[1],
                    name_key=keys.get(name) or keys.setdefault(name, name_key(*name)),
                    phone=f"+223{next(phones)}" if draw.random() < 0.9 else "",
                    birth_year=draw.randrange(1960, 2003) if draw.random() < 0.5 else None,
                    is_demo=True,
                )
            )
        Person.objects.bulk_create(persons)
        Posting.objects.bulk_create(
            Posting(person=person, organization=draw.choice(structures)) for person in persons
        )
