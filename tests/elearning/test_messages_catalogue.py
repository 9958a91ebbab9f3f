"""Every text of the interface has its English; placeholders and compiled files agree."""

import polib
import pytest
from django.conf import settings
from django.test import Client

from elearning.messages_catalogue import (
    Message,
    catalogue_path,
    messages_for,
    messages_of,
    problems_of,
    read_catalogue,
    update_catalogue,
)


@pytest.fixture(scope="module")
def messages() -> dict[Message, list[str]]:
    return messages_of(settings.BASE_DIR, settings.OUR_APPS)


def test_messages_are_found_in_code_and_templates(messages: dict[Message, list[str]]) -> None:
    assert "templates/base.html" in messages[Message("Aller au contenu")]
    assert "accounts/enums.py" in messages[Message("Rédacteur de curricula")]
    assert any(message.plural for message in messages)


def test_english_says_everything_that_french_says(messages: dict[Message, list[str]]) -> None:
    catalogue = read_catalogue("en")
    held = {Message(entry.msgid, entry.msgid_plural or "") for entry in catalogue}

    assert sorted(message.singular for message in messages if message not in held) == []
    assert [problem for entry in catalogue for problem in problems_of(entry)] == []


@pytest.mark.parametrize("code", ["en", "bm"])
def test_catalogue_holds_what_is_needed_and_nothing_else(
    code: str, messages: dict[Message, list[str]]
) -> None:
    held = {Message(entry.msgid, entry.msgid_plural or "") for entry in read_catalogue(code)}

    assert held == set(messages_for(code, messages))


@pytest.mark.parametrize("code", ["en", "bm"])
def test_compiled_catalogue_is_that_of_the_text(code: str) -> None:
    text = read_catalogue(code)
    compiled = polib.mofile(str(catalogue_path(code).with_suffix(".mo")))

    assert {entry.msgid: entry.msgstr for entry in compiled} == {
        entry.msgid: entry.msgstr for entry in text.translated_entries()
    }


def test_update_keeps_translations_and_drops_what_is_gone() -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Oui", msgstr="Yes"))
    catalogue.append(polib.POEntry(msgid="Parti", msgstr="Gone"))

    updated = update_catalogue(catalogue, {Message("Non"): ["a.py"], Message("Oui"): ["b.py"]})

    assert [(entry.msgid, entry.msgstr) for entry in updated] == [("Non", ""), ("Oui", "Yes")]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "count"),
    [
        ("%(n)s personnes", "%(n)s people", 0),
        ("%(n)s personnes", "people", 1),
        ("%(n)s personnes", "%(m)s people", 1),
        ("Bonjour", "", 1),
    ],
)
def test_problems_of_names_what_is_missing_or_wrong(msgid: str, msgstr: str, count: int) -> None:
    assert len(problems_of(polib.POEntry(msgid=msgid, msgstr=msgstr))) == count


@pytest.mark.django_db
def test_interface_speaks_english_under_its_prefix(client: Client) -> None:
    response = client.get("/en/compte/connexion/")

    html = response.content.decode()
    assert '<html lang="en"' in html
    assert "Sign in" in html
    assert "Se connecter" not in html
