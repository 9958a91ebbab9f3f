"""QR codes of the roll call, as SVG for a page or a sheet."""

import io

import segno

_QUIET_ZONE = 2  # modules; the paper around is white


def qr_svg(text: str) -> str:
    """The QR of a text at level M, the smallest that holds it; a short code is 21 modules wide."""
    drawn = io.BytesIO()
    code = segno.make_qr(text, error="m", boost_error=False)
    code.save(drawn, kind="svg", xmldecl=False, border=_QUIET_ZONE, omitsize=True, light="#fff")
    return drawn.getvalue().decode()


def qr_path(text: str) -> tuple[int, str]:
    """The same for an SVG that a template draws: its side with the quiet zone, and the path."""
    code = segno.make_qr(text, error="m", boost_error=False)
    squares = [
        f"M{column + _QUIET_ZONE},{row + _QUIET_ZONE}h1v1h-1z"
        for row, line in enumerate(code.matrix)
        for column, is_dark in enumerate(line)
        if is_dark
    ]
    return len(code.matrix) + 2 * _QUIET_ZONE, "".join(squares)
