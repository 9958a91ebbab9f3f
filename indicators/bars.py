"""Widths of the bars that set a figure beside its target, in whole percents of the bar."""

from dataclasses import dataclass

Number = int | float


@dataclass(frozen=True)
class Bar:
    """`target` is None where there is nothing to reach: the bar then draws no tick."""

    validated: int
    pending: int
    target: int | None


def bar(
    *, validated: Number | None, everything: Number | None, target: Number | None, is_percent: bool
) -> Bar | None:
    """Share the width between what is validated, what awaits validation, and the target's tick.

    A percentage is drawn on its own scale of 100; a count on the larger of itself and its target.
    Anything above zero stays visible. None when there is neither a figure nor a target.
    """
    done = max(validated or 0, 0)
    total = max(everything or 0, done)
    scale = 100 if is_percent else max(total, target or 0)
    if not scale or (everything is None and validated is None):
        return None
    filled = _width(done, scale)
    return Bar(
        validated=filled,
        pending=max(_width(total, scale) - filled, 0) if total > done else 0,
        target=_width(target, scale) if target else None,
    )


def _width(value: Number, scale: Number) -> int:
    share = round(value * 100 / scale)
    return min(max(share, 1 if value > 0 else 0), 100)
