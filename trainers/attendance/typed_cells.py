"""What somebody types in a box of the sheet: present, absent, or nothing. Pure."""

PRESENT_SIGNS = frozenset({"1", "p"})
ABSENT_SIGNS = frozenset({"0", "a"})


class UnreadableBox(ValueError):
    """A sign that says neither; its text is a French sentence."""


def read_box(typed: str) -> bool | None:
    """True for 1 or p, False for 0 or a, None for an empty box. Raises UnreadableBox."""
    sign = typed.strip().lower()
    if not sign:
        return None
    if sign in PRESENT_SIGNS:
        return True
    if sign in ABSENT_SIGNS:
        return False
    raise UnreadableBox(f"« {typed.strip()} » ne se lit pas : tapez 1 ou p (présent), 0 ou a.")
