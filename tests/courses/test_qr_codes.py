"""QR codes as SVG: of a size of their own or not, and what a title may hold."""

from xml.etree import ElementTree as ET

from courses.qr_codes import qr_path, qr_svg

SHORT_CODE = "23NJ-C"  # fits the smallest QR: 21 modules


def test_qr_without_a_scale_fills_the_place_it_is_given() -> None:
    drawn = ET.fromstring(qr_svg(SHORT_CODE))

    assert "width" not in drawn.attrib
    assert drawn.attrib["viewBox"] == "0 0 25 25"  # two modules of white on each side


def test_qr_with_a_scale_has_that_many_pixels_a_module() -> None:
    drawn = ET.fromstring(qr_svg(SHORT_CODE, quiet=3, scale=5))

    assert drawn.attrib["width"] == str((21 + 2 * 3) * 5)


def test_title_of_a_qr_is_text_whatever_was_typed() -> None:
    drawn = ET.fromstring(qr_svg(SHORT_CODE, title="<b>Avant & après</b>"))

    assert [one.text for one in drawn if one.tag.endswith("title")] == ["<b>Avant & après</b>"]


def test_qr_of_a_short_code_is_the_smallest_there_is() -> None:
    side, path = qr_path(SHORT_CODE)

    assert side == 21 + 2 * 2
    assert path.startswith("M2,2h1v1h-1z")
