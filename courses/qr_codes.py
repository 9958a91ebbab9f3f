"""QR codes, as SVG for a page or a printed sheet: level M, the smallest that holds the text."""

import io

import segno

QUIET_ZONE = 2  # modules, where the paper around is white anyway


def qr_svg(
    text: str, *, quiet: int = QUIET_ZONE, light: str | None = None, title: str = "", scale: int = 0
) -> str:
    """Return the QR of a text as SVG.

    `quiet` is the width of the ground around it, in modules: 4 by the standard, less where all
    around is white. `light` colours the ground, which is transparent without it; `title` is what a
    screen reader says. With a `scale`, a module is that many pixels; without, whoever shows the
    code says how large it is.
    """
    code = segno.make_qr(text, error="m", boost_error=False)
    drawn = io.BytesIO()
    code.save(
        drawn,
        kind="svg",
        xmldecl=False,
        border=quiet,
        light=light,
        title=title or None,
        scale=scale or 1,
        omitsize=not scale,
    )
    return drawn.getvalue().decode()


def qr_path(text: str) -> tuple[int, str]:
    """The same for an SVG that a template draws: its side with the quiet zone, and the path."""
    code = segno.make_qr(text, error="m", boost_error=False)
    squares = [
        f"M{column + QUIET_ZONE},{row + QUIET_ZONE}h1v1h-1z"
        for row, line in enumerate(code.matrix)
        for column, is_dark in enumerate(line)
        if is_dark
    ]
    return len(code.matrix) + 2 * QUIET_ZONE, "".join(squares)
