"""Find a known person among very many, in a few indexed queries. Reads only.

Names are looked up by words, in any order, without accents, by part of a word; phones by their
digits. A national list is some hundred thousand persons: a page is answered while somebody types.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.matching import Candidate, PersonIndex, SoughtPerson
from accounts.models import Person, Posting
from accounts.names import name_key
from accounts.phones import MALI
from accounts.resemblance import FEWEST_LETTERS, Likeness, most_alike

PROPOSALS_SHOWN = 6
SHORTLIST = 40  # of each kind: same phone, same name, part of the name
FEWEST_DIGITS = 4  # fewer would find half of the country's numbers
SCOPED_SHORTLIST = 150  # more, since many of them are out of scope
MOST_HOLDERS = 500  # of a fragment of a number
_DEPTH = 20  # merges that point to merges: each is one query, and none should be so long


@dataclass(frozen=True)
class Proposal:
    """A known person, and the sentence that says why."""

    person: Person
    reason: str


def persons_matching(text: str, *, among: QuerySet[Person] | None = None) -> QuerySet[Person]:
    """Kept persons who have every word of `text` in their name, or its digits in their phone.

    Nobody when the text is shorter than two letters or four digits.
    """
    persons = Person.objects.kept()
    if among is not None:
        found = persons_matching(text).order_by("name_key").values_list("pk", flat=True)
        return among.filter(pk__in=list(found[:MOST_HOLDERS]))
    digits = phone_digits(text)
    if digits:  # the index of phones is read alone, before anything is put in order
        holders = Person.objects.filter(phone__contains=digits).order_by("phone")
        return persons.filter(pk__in=holders.values("pk")[:MOST_HOLDERS])
    words = typed_words(text)
    if not words:
        return persons.none()
    return persons.filter(_all_in_name(words))


def typed_words(text: str) -> list[str]:
    """The folded words of what is typed, the longest first; [] when all are single letters."""
    words = [word for word in name_key(text).split() if len(word) >= FEWEST_LETTERS]
    return sorted(words, key=len, reverse=True)


def phone_digits(text: str) -> str:
    """The digits of a phone being typed; "" when letters, or too few digits, are typed."""
    if any(char.isalpha() for char in text):
        return ""
    digits = "".join(char for char in text if char.isdecimal()).removeprefix("00")
    digits = digits.removeprefix(MALI[1:]) if len(digits) > FEWEST_DIGITS else digits
    return digits if len(digits) >= FEWEST_DIGITS else ""


def propose(typed: SoughtPerson, *, among: QuerySet[Person] | None = None) -> list[Proposal]:
    """Return who may be the person typed, by phone, name, structure, year; five queries at most.

    `among` are the persons that the reader may know of: everybody who is kept by default.
    """
    rows: dict[int, Candidate] = {}
    for shortlist in _shortlists(typed, Person.objects.kept()):
        for one in _candidates(shortlist, SHORTLIST if among is None else SCOPED_SHORTLIST):
            rows.setdefault(int(str(one.id)), one)
    if among is not None:  # asked of the few found: a scope is dear to ask of a whole nation
        known_of = set(among.filter(pk__in=list(rows)).values_list("pk", flat=True))
        rows = {pk: one for pk, one in rows.items() if pk in known_of}
    found = most_alike(typed, rows.values(), limit=PROPOSALS_SHOWN)
    people = described(Person.objects.filter(pk__in=[one.candidate.id for one in found]))
    known = {person.pk: person for person in people}
    return [
        Proposal(known[int(str(one.candidate.id))], reason_in_words(one.reasons)) for one in found
    ]


def index_for(row: SoughtPerson) -> PersonIndex:
    """Return an index of the only records that can decide about this row; two queries, rarely more.

    `PersonIndex.match` looks at the same phone, else at the same name: the answer is the same as
    with everybody in the index (`accounts.people.person_index`).
    """
    same = Q(pk__in=[])
    if row.phone:
        same |= Q(phone=row.phone)
    if row.name_key:
        same |= Q(name_key=row.name_key)
    found = list(_with_structure(Person.objects.filter(same)).order_by("pk").values_list(*_FIELDS))
    kept = _kept_in_the_end({pk: merged for pk, merged, *_rest in found if merged})
    return PersonIndex(
        Candidate(kept.get(pk, pk), phone or None, key, structure_key or "", birth_year)
        for pk, _merged, phone, key, birth_year, structure_key in found
    )


def described(persons: QuerySet[Person]) -> QuerySet[Person]:
    """The persons with all that a line about them says: profession, open posting, account."""
    return persons.select_related("profession", "user").prefetch_related(
        "postings__organization", "postings__territory"
    )


def reason_in_words(reasons: Iterable[Likeness]) -> str:
    """« Même téléphone, même nom, même structure »: why a person is proposed."""
    words = {
        Likeness.PHONE: _("même téléphone"),
        Likeness.NAME: _("même nom"),
        Likeness.PART_OF_NAME: _("nom voisin"),
        Likeness.ORGANIZATION: _("même structure"),
        Likeness.BIRTH_YEAR: _("même année de naissance"),
        Likeness.OTHER_BIRTH_YEAR: _("une autre année de naissance"),
    }
    said = ", ".join(words[reason] for reason in reasons)
    return said[:1].upper() + said[1:]


_FIELDS = ("pk", "merged_into_id", "phone", "name_key", "birth_year", "structure_key")


def _shortlists(typed: SoughtPerson, persons: QuerySet[Person]) -> list[QuerySet[Person]]:
    """The few records worth ranking: an index finds the first two, one pass the third."""
    lists = []
    if typed.phone:
        lists.append(persons.filter(phone=typed.phone).order_by("pk"))
    words = typed_words(typed.name_key)
    if not words:
        return lists
    namesakes = persons.filter(name_key=typed.name_key).order_by("pk")
    if typed.organization_key:  # among many namesakes, those of the structure are not to be missed
        serving = Posting.objects.filter(
            ended_on=None, organization__name_key=typed.organization_key
        )
        lists.append(namesakes.filter(pk__in=serving.values("person")))
    if typed.birth_year is not None:
        lists.append(namesakes.filter(birth_year=typed.birth_year))
    lists.append(namesakes)
    lists.append(persons.filter(_all_in_name(words)).order_by("name_key", "pk"))
    return lists


def _candidates(persons: QuerySet[Person], limit: int) -> list[Candidate]:
    rows = _with_structure(persons).values_list(*_FIELDS)[:limit]
    return [
        Candidate(pk, phone or None, key, structure_key or "", birth_year)
        for pk, _merged, phone, key, birth_year, structure_key in rows
    ]


def _with_structure(persons: QuerySet[Person]) -> QuerySet[Person]:
    serving = Posting.objects.filter(person=OuterRef("pk"), ended_on=None)
    return persons.annotate(structure_key=Subquery(serving.values("organization__name_key")[:1]))


def _all_in_name(words: Sequence[str]) -> Q:
    found = Q()
    for word in words:
        found &= Q(name_key__contains=word)
    return found


def _kept_in_the_end(merged: dict[int, int]) -> dict[int, int]:
    """Follow pointers to the records kept in the end: one query for each step of a chain."""
    ends = dict(merged)
    for _step in range(_DEPTH):
        further = dict(
            Person.objects.filter(pk__in=set(ends.values()), merged_into__isnull=False).values_list(
                "pk", "merged_into_id"
            )
        )
        if not further:
            break
        ends = {pk: further.get(end, end) for pk, end in ends.items()}
    return ends
