"""One telephone message: 160 signs of the GSM alphabet."""

import pytest

from accounts.sms_text import fits_one_message, gsm_text


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Rappel : à rafraîchir.", "Rappel : à rafraichir."),
        ("Été, forêt, ça, Noël", "Été, foret, ca, Noel"),
        ("l’« école »…", 'l\'"\u0020école\u0020"...'),
        ("ɲɛŋɔ Ɲ", "neno N"),
        ("14\u00a0h", "14 h"),
        ("5 €, 日", "5 ?, ?"),
        ("àéèùìòÇñ§@", "àéèùìòÇñ§@"),
    ],
)
def test_gsm_text_keeps_what_the_alphabet_has(text: str, sent: str) -> None:
    assert gsm_text(text) == sent
    assert fits_one_message(gsm_text(text))


@pytest.mark.parametrize(
    ("text", "fits"), [("é" * 160, True), ("é" * 161, False), ("ê", False), ("", True)]
)
def test_fits_one_message_counts_signs_of_the_alphabet(text: str, fits: bool) -> None:
    assert fits_one_message(text) is fits
