"""What the tests of the accounts' screens read in a page."""

import re
from html import unescape

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client

from accounts.models import User

LIST = "/compte/gestion/"
NEW = "/compte/gestion/nouveau/"
NEW_PERSON = "/compte/gestion/nouveau/personne/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def html(response: HttpResponse) -> str:
    """The page as text, with its entities and its no-break spaces made plain."""
    return unescape(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def shown_password(response: HttpResponse) -> str:
    found = re.search(r'class="secret"[^>]*>([a-z0-9-]+)<', response.content.decode())
    assert found is not None
    return found[1]


def sentences(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]
