"""Paper copies on screen: a workbook checked then imported, or letters typed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from assessments.models import Attempt, TestForm
from assessments.session_tests import plan_tests
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import answers, make_copy, make_form
from tests.factories.trainers import make_session, workbook
from trainers.attendance.short_codes import short_code
from trainers.models import Evidence, Participation, TrainingSession
from trainers.participation.records import enrol

pytestmark = pytest.mark.django_db

IMPORT = "/sessions/SEG-P/resultats/import/"
TYPE = "/sessions/SEG-P/copies/post/"
HEADINGS = ["Téléphone", "Nom", "Prénom", *(f"Q{n}" for n in range(1, 11))]


@pytest.fixture
def session() -> TrainingSession:
    return make_session("SEG-P")


@pytest.fixture
def form() -> TestForm:
    return make_form(key="A" * 10)


@pytest.fixture
def awa(session: TrainingSession) -> Participation:
    return enrol(session=session, person=make_person("TRAORE", "Awa", phone="76000001"))


@pytest.fixture
def ali(session: TrainingSession) -> Participation:
    return enrol(session=session, person=make_person("MAÏGA", "Ali", phone="76000002"))


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(make_user(Role.COMMITTEE))
    return client


def upload(browser: Client, form: TestForm, *rows: list[object]) -> object:
    content = workbook([HEADINGS, *rows])
    file = SimpleUploadedFile("post.xlsx", content)
    return browser.post(IMPORT, {"occasion": "POST", "form": form.pk, "file": file})


def hidden(html: str) -> dict[str, str]:
    """The hidden fields by which the check hands the file to the import."""
    names = r'name="(occasion|form|name|content)" value="([^"]*)"'
    return dict(re.findall(names, html))


def test_a_workbook_is_checked_then_imported(
    browser: Client, session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    checked = upload(
        browser, form, ["76 00 00 01", "Traoré", "Awa", *"AAAAAAAAAB"],
        [76123456, "KEITA", "Issa", *"AAAAAAAAAA"],
    )  # fmt: skip
    html = checked.content.decode()
    assert "Enregistrer 1 copie" in html
    assert "Cette personne n&#x27;est pas inscrite à la session" in html
    assert (Attempt.objects.count(), Evidence.objects.count()) == (0, 0)

    applied = browser.post(f"{IMPORT}appliquer/", hidden(html), follow=True)

    assert "1 copie(s) enregistrée(s), 0 déjà connue(s), 1 refusée(s)." in applied.content.decode()
    copy = Attempt.objects.get()
    assert (copy.percent, copy.source, copy.evidence.original_name) == (90.0, "IMPORT", "post.xlsx")
    assert copy.entered_by == Evidence.objects.get().uploaded_by


def test_a_file_that_is_no_workbook_is_refused_on_the_form(
    browser: Client, session: TrainingSession, form: TestForm
) -> None:
    file = SimpleUploadedFile("photo.xlsx", b"ceci n'est pas un classeur")

    response = browser.post(IMPORT, {"occasion": "POST", "form": form.pk, "file": file})

    assert response.status_code == 200
    assert "Vérifiez les réponses suivantes" in response.content.decode()


def test_a_sheet_with_a_missing_column_cannot_be_imported(
    browser: Client, session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    file = SimpleUploadedFile("post.xlsx", workbook([HEADINGS[:-1], [76000001, "", "", *"AAA"]]))

    html = browser.post(
        IMPORT, {"occasion": "POST", "form": form.pk, "file": file}
    ).content.decode()

    assert "La colonne de la question 10 manque." in html
    assert "Enregistrer" not in html


@pytest.mark.parametrize("content", ["", "pas du base64 !", "QUJD"])
def test_an_import_without_its_file_records_nothing(
    browser: Client, session: TrainingSession, form: TestForm, content: str
) -> None:
    response = browser.post(
        f"{IMPORT}appliquer/",
        {"occasion": "POST", "form": form.pk, "name": "a.xlsx", "content": content},
    )

    assert response.url == IMPORT
    assert (Attempt.objects.count(), Evidence.objects.count()) == (0, 0)


def test_letters_are_typed_row_by_row(
    browser: Client,
    session: TrainingSession,
    form: TestForm,
    awa: Participation,
    ali: Participation,
) -> None:
    plan_tests(session=session, pre=[form], post=[form])

    response = browser.post(TYPE, {f"copie-{awa.pk}": "aaaaa aaaa.", f"copie-{ali.pk}": ""})

    assert response.status_code == 302
    copy = Attempt.objects.get()
    assert (copy.participation, copy.responses, copy.source) == (
        awa, answers("AAAAAAAAA."), "TYPED",
    )  # fmt: skip
    html = browser.get(TYPE).content.decode()
    assert ">AAAAAAAAA.</code>" in html
    assert "Copies enregistrées : 1 sur 2 participants" in html
    assert html.index("Awa TRAORE") < html.index("Ali MAÏGA")


def test_a_bad_line_is_told_and_kept_while_good_ones_are_recorded(
    browser: Client,
    session: TrainingSession,
    form: TestForm,
    awa: Participation,
    ali: Participation,
) -> None:
    plan_tests(session=session, pre=[form], post=[form])

    response = browser.post(
        TYPE, {f"copie-{awa.pk}": "AAAAAAAAAF", f"copie-{ali.pk}": "AAAAAAAAAA"}
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert "Question 10 : « F » n&#x27;est pas une lettre de A à D." in html
    assert 'value="AAAAAAAAAF"' in html
    assert "1 ligne est à corriger" in html
    assert [copy.participation for copy in Attempt.objects.all()] == [ali]


def test_a_copy_already_recorded_is_not_typed_over(
    browser: Client, session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    plan_tests(session=session, pre=[form], post=[form])
    make_copy(awa, form, "POST", "AAAAAAAAAA")

    browser.post(TYPE, {f"copie-{awa.pk}": "BBBBBBBBBB"})

    assert Attempt.objects.get().responses == answers("AAAAAAAAAA")


def test_each_half_types_its_own_form(
    browser: Client, session: TrainingSession, awa: Participation, ali: Participation
) -> None:
    forms = [make_form(code, "A" * 10, parallel_group="paire") for code in ("form-a", "form-b")]
    plan_tests(session=session, pre=forms, post=forms)

    browser.post(TYPE, {f"copie-{one.pk}": "AAAAAAAAAA" for one in (awa, ali)})

    assert [copy.form.code for copy in Attempt.objects.order_by("participation")] == [
        "form-b", "form-a",
    ]  # fmt: skip


def test_without_a_plan_there_is_nothing_to_type(
    browser: Client, session: TrainingSession, awa: Participation
) -> None:
    assert "Rien à saisir pour l’instant" in browser.get(TYPE).content.decode()


def test_typing_takes_the_same_queries_whatever_the_people(
    browser: Client, session: TrainingSession, form: TestForm, django_assert_num_queries: object
) -> None:
    plan_tests(session=session, pre=[form], post=[form])
    for size in (1, 2):  # one person, then three
        for _ in range(size):
            enrol(session=session, person=make_person())
        browser.get(TYPE)
        with django_assert_num_queries(11):
            browser.get(TYPE)


def test_the_committee_withdraws_an_item_with_a_reason(
    browser: Client, session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    make_copy(awa, form, "POST", "BAAAAAAAAA")
    address = "/sessions/SEG-P/resultats/form-a/1/retirer/"
    assert "1 copie de ce formulaire" in browser.get(address).content.decode()

    refused = browser.post(address, {"reason": " "})
    done = browser.post(address, {"reason": "Deux réponses justes"}, follow=True)

    assert "Motif du retrait" in refused.content.decode()
    assert "Question 1 retirée : 1 copie(s) renotée(s)." in done.content.decode()
    assert Attempt.objects.get().percent == 100.0
    assert "Retirée le" in browser.get(address).content.decode()


@pytest.mark.parametrize("role", [Role.TRAINER, Role.FOCAL_POINT, Role.PARTNER])
def test_only_the_committee_withdraws(
    client: Client, session: TrainingSession, form: TestForm, role: str
) -> None:
    client.force_login(make_user(role))

    response = client.post("/sessions/SEG-P/resultats/form-a/1/retirer/", {"reason": "Non"})

    assert response.status_code == 403
    assert form.items.filter(withdrawn_at=None).count() == 10


def lettered(session: TrainingSession) -> list[TestForm]:
    forms = []
    for letter in "AB":
        form = make_form(f"form-{letter}", letter * 10, parallel_group="paire")
        form.letter = letter
        form.save()
        forms.append(form)
    plan_tests(session=session, pre=forms, post=forms)
    return forms


def test_a_copy_taken_on_the_other_form_is_typed_with_its_letter(
    browser: Client, session: TrainingSession, awa: Participation, ali: Participation
) -> None:
    lettered(session)

    browser.post(TYPE, {f"copie-{awa.pk}": "a: aaaaaaaaaa", f"copie-{ali.pk}": "AAAAAAAAAA"})

    assert [(copy.form.code, copy.percent) for copy in Attempt.objects.order_by("pk")] == [
        ("form-A", 100.0), ("form-A", 100.0),
    ]  # fmt: skip


def test_a_form_letter_that_nobody_planned_is_told(
    browser: Client, session: TrainingSession, awa: Participation
) -> None:
    lettered(session)

    html = browser.post(TYPE, {f"copie-{awa.pk}": "C: AAAAAAAAAA"}).content.decode()

    assert "Il n&#x27;y a pas de formulaire C dans ce test." in html
    assert Attempt.objects.count() == 0


def test_a_short_code_opens_its_line_without_a_script(
    browser: Client,
    session: TrainingSession,
    form: TestForm,
    awa: Participation,
    ali: Participation,
) -> None:
    plan_tests(session=session, pre=[form], post=[form])
    other = enrol(session=make_session(), person=make_person("KEITA", "Secret"))

    found = browser.get(TYPE, {"code": short_code(ali.pk).lower()})
    absent = browser.get(TYPE, {"code": short_code(other.pk)})
    wrong = browser.get(TYPE, {"code": "23NJ-D"})

    assert found.context["focused"] == f"copie-{ali.pk}"
    assert absent.context["focused"] == f"copie-{awa.pk}"
    assert "n&#x27;est pas de cette session" in absent.content.decode()
    assert "KEITA" not in absent.content.decode()
    assert "est mal recopié" in wrong.content.decode()
