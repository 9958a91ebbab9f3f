"""Figures as French sentences write them."""


def figure(value: float, decimals: int = 1) -> str:
    """A number with a decimal comma: 37.695 becomes "37,7"; a useless ",0" is left out."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-0", "0") if text == "-0" else text.replace(".", ",")
