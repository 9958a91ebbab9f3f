"""The test database, with or without migrations, holds what Wagtail expects to find."""

import threading

import pytest
from django.db import connection, transaction
from wagtail.models import Collection, Locale, Page, Site

from accounts.models import Person


@pytest.mark.django_db
def test_the_first_rows_of_wagtail_are_there() -> None:
    assert Locale.get_default().language_code == "fr"
    assert Site.objects.get(is_default_site=True).root_page.slug == "home"
    assert Collection.get_first_root_node().name == "Root"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_first_rows_come_back_after_every_table_was_emptied(turn: int) -> None:
    assert Page.objects.filter(depth=1).count() == 1
    Page.objects.filter(depth=2).update(title=f"Accueil {turn}")


@pytest.mark.django_db
def test_a_page_is_found_by_the_search() -> None:
    home = Page.objects.get(slug="home")
    home.title = "Formations contre la traite"
    home.save()

    assert [page.pk for page in Page.objects.search("traite")] == [home.pk]


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_wait_for_each_other() -> None:
    both_ready = threading.Barrier(2)
    failures: list[Exception] = []

    def write(number: int) -> None:
        both_ready.wait()
        try:
            for turn in range(10):
                with transaction.atomic():
                    key = f"{number}-{turn}"
                    Person.objects.count()
                    Person.objects.create(family_name="Diarra", name_key=key)
        except Exception as failure:  # noqa: BLE001
            failures.append(failure)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in (1, 2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert failures == []
    assert Person.objects.count() == 20
