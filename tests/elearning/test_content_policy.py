"""What a browser may run on our pages: nothing inline, nothing of another domain."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db


def policy_of(path: str, client: Client | None = None) -> dict[str, str]:
    header = (client or Client()).get(path).headers["Content-Security-Policy"]
    directives = (part.strip().partition(" ") for part in header.split(";"))
    return {name: value for name, _, value in directives}


def test_a_page_runs_only_scripts_and_styles_of_our_own_files() -> None:
    policy = policy_of(reverse("account_login"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"


def test_a_page_that_does_not_exist_has_the_same_policy() -> None:
    assert policy_of("/n-existe-pas/")["script-src"] == "'self'"


@pytest.mark.ignore_template_errors
def test_the_editor_alone_may_run_inline_scripts() -> None:
    editor = User.objects.create_superuser("redaction", password="une-longue-phrase")
    client = Client()
    client.force_login(editor)

    policy = policy_of("/cms/", client)

    assert policy["script-src"] == "'self' 'unsafe-inline' 'unsafe-eval'"
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"


def test_no_policy_names_another_domain() -> None:
    for path in ("/compte/connexion/", "/cms/"):
        for sources in policy_of(path).values():
            assert "http" not in sources
            assert "*" not in sources
