import pytest
from django.test import Client


@pytest.mark.django_db
def test_component_gallery_draws_every_component_without_a_missing_parameter() -> None:
    response = Client().get("/_composants/")

    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1
