"""Relations, templates and reversed URLs point down, in the order of the apps."""

import ast
import re

import pytest
from django.apps import apps
from django.db.models import Model

from tests.house_rules.tree import (
    APPS,
    REFERENCE,
    THIRD_PARTY_TEMPLATES,
    app_of,
    modules,
    name_of,
    rank,
    syntax,
    templates,
)

NAMESPACED_URL = re.compile(r"^([a-z]+):[a-z_]+$")
# Where screens of several apps may be combined.
ABOVE_THE_APPS = ("pages/", "composants", "base.html", "403", "404", "429", "500")


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in APPS]


def test_relations_point_to_the_same_app_or_down() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        if field.related_model._meta.app_label in APPS
        and rank(field.related_model._meta.app_label) < rank(model._meta.app_label)
    ]

    assert upward == []


def test_templates_extend_and_include_only_down() -> None:
    upward = [
        f"{name} -> {used}"
        for name, text in templates().items()
        for used in REFERENCE.findall(text)
        if not may_use(name, used)
    ]

    assert upward == []


@pytest.mark.parametrize(
    ("template", "used", "allowed"),
    [
        ("trainers/session.html", "base.html", True),
        ("trainers/session.html", "components/card.html", True),
        ("trainers/session.html", "courses/outline.html", True),
        ("trainers/session.html", "assessments/scores.html", False),
        ("components/card.html", "components/icon.html", True),
        ("components/card.html", "accounts/person.html", False),
        ("account/login.html", "trainers/session.html", False),
        ("pages/home.html", "indicators/figure.html", True),
    ],
)
def test_may_use_follows_the_order_of_the_apps(template: str, used: str, allowed: bool) -> None:
    assert may_use(template, used) is allowed


def may_use(template: str, used: str) -> bool:
    """May this template extend or include that one?"""
    if used.startswith("components/"):
        return True
    if template.startswith("components/"):
        return False
    if used == "base.html" or template.startswith(ABOVE_THE_APPS):
        return True
    user, owner = _template_app(template), _template_app(used)
    return user is not None and owner is not None and rank(owner) >= rank(user)


def _template_app(template: str) -> str | None:
    folder = template.partition("/")[0]
    folder = THIRD_PARTY_TEMPLATES.get(folder, folder)
    return folder if folder in APPS else None


def test_python_reverses_only_urls_of_the_same_app_or_lower() -> None:
    upward = []
    for path in modules():
        app = app_of(path)
        for node in ast.walk(syntax(path)):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            match = NAMESPACED_URL.match(node.value)
            if match and app and match[1] in APPS and rank(match[1]) < rank(app):
                upward.append(f"{name_of(path)}:{node.lineno} {node.value}")

    assert upward == []
