"""The code on the trainer's screen: six digits that change, made from a secret and the time.

Nothing is stored: whoever knows the secret makes the same code for the same session, half-day and
step of time. The code of the step before is still taken, for who types slowly.
"""

import hashlib
import hmac

STEP_SECONDS = 90
DIGITS = 6
STEPS_TAKEN = 2  # the current one and the one before


def step_of(seconds: float) -> int:
    """The step of time of a moment, in seconds since the epoch."""
    return int(seconds // STEP_SECONDS)


def seconds_left(seconds: float) -> int:
    """How long the code shown at that moment is still the current one; from 1 to 90."""
    return STEP_SECONDS - int(seconds % STEP_SECONDS)


def code_at(secret: bytes, *, session: str, slot: int, step: int) -> str:
    """Return the six digits of a half-day (its rank) of a session at a step of time."""
    message = f"{session}/{slot}/{step}".encode()
    digest = hmac.new(secret, message, hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def is_taken(typed: str, secret: bytes, *, session: str, slot: int, step: int) -> bool:
    """Whether what was typed is the code of now or of the step before; spaces do not matter."""
    digits = "".join(char for char in typed if char.isdecimal() and char.isascii())
    return any(
        hmac.compare_digest(digits, code_at(secret, session=session, slot=slot, step=step - back))
        for back in range(STEPS_TAKEN)
    )
