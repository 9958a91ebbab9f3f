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
