"""How a person is told from another to somebody who may not write to them."""

from django.utils.translation import gettext as _

from accounts.models import Person

SHOWN_DIGITS = 2


def recognisable(person: Person) -> str:
    """Enough to recognise somebody, not enough to write to them."""
    facts = [person.full_name]
    if person.profession is not None:
        facts.append(person.profession.name)
    if person.birth_year:
        facts.append(_("né(e) en %(year)s") % {"year": person.birth_year})
    if person.phone:
        facts.append(_("téléphone finissant par %(end)s") % {"end": person.phone[-SHOWN_DIGITS:]})
    return ", ".join(facts)
