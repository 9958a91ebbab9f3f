"""What « Emporter ce cours » brings to a phone, and to whom."""

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image as Pillow
from wagtail.images.models import Image

from accounts.models import User
from assessments.session_tests import close_test, open_test, plan_tests
from courses.enums import RecordingKind
from courses.models import CurriculumPage, LessonPage, Recording
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_copy, make_form
from tests.factories.courses import lessons_of, publish_curriculum
from tests.factories.trainers import attend, make_session
from trainers.models import Participation, TrainingSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    return make_user(person=make_person("TRAORE", "Awa"))


@pytest.fixture
def curriculum() -> CurriculumPage:
    return publish_curriculum("reperer")


@pytest.fixture
def phone(client: Client, learner: User) -> Client:
    client.force_login(learner)
    return client


@pytest.fixture
def session(curriculum: CurriculumPage) -> TrainingSession:
    form = make_form("form-a")
    session = make_session("SEG-T", curriculum=curriculum)
    plan_tests(session=session, pre=[form], post=[form])
    open_test(session=session, occasion="PRE")
    return session


@pytest.fixture
def participation(session: TrainingSession, learner: User) -> Participation:
    return attend(session, learner.person)


def pack(client: Client, curriculum: CurriculumPage) -> dict[str, Any]:
    response = client.get(f"/formations/{curriculum.pk}/paquet/")
    assert response.status_code == 200
    return response.json()


def sound(name: str, size: int) -> Recording:
    return Recording.objects.create(
        title=name,
        kind=RecordingKind.AUDIO,
        file=ContentFile(b"OggS" + b"x" * (size - 4), name=f"{name}.ogg"),
        transcript="Un texte.",
    )


def publish(lesson: LessonPage, *blocks: tuple[str, Any]) -> None:
    lesson.body = list(blocks)
    lesson.save_revision().publish()


def test_a_pack_holds_the_pages_of_the_course(phone: Client, curriculum: CurriculumPage) -> None:
    listed = pack(phone, curriculum)

    assert [url for url, _size in listed["files"]] == [
        "/formations/reperer/",
        "/formations/reperer/un/",
        "/formations/reperer/deux/",
        *(lesson.get_url() for lesson in lessons_of(curriculum)),
    ]
    assert all(size > 0 for _url, size in listed["files"])
    assert listed["heavy"] == []
    assert listed["pages"] == [["Formation reperer", "/formations/reperer/"]]


def test_a_lesson_taken_offline_is_left_out(phone: Client, curriculum: CurriculumPage) -> None:
    hidden = lessons_of(curriculum)[0]
    hidden.unpublish()

    assert hidden.get_url() not in str(pack(phone, curriculum))


def test_a_picture_is_fetched_once_and_kept_under_each_size(
    phone: Client, curriculum: CurriculumPage
) -> None:
    drawn = io.BytesIO()
    Pillow.new("RGB", (900, 600), "#0b4a36").save(drawn, "PNG")
    image = Image.objects.create(title="Schéma", file=ImageFile(drawn, name="schema.png"))
    first, second = lessons_of(curriculum)[:2]
    for lesson in (first, second):
        publish(lesson, ("image", {"image": image, "alt": "Un schéma", "caption": ""}))

    rows = [row for row in pack(phone, curriculum)["files"] if row[0].startswith("/media/")]

    assert len(rows) == 1
    url, size, *names = rows[0]
    assert url.endswith("webp")
    assert size == image.get_rendition("format-webp|width-720").file.size
    html = phone.get(first.get_url()).content.decode()
    assert [name for name in (url, *names) if name not in html] == []
    assert len(names) == 3


def test_a_heavy_sound_is_asked_for_and_a_small_one_taken(
    phone: Client, curriculum: CurriculumPage
) -> None:
    small, heavy = sound("petit", 1_000), sound("gros", 400_000)
    publish(
        lessons_of(curriculum)[0],
        ("recording", {"recording": small}),
        ("recording", {"recording": heavy}),
    )

    listed = pack(phone, curriculum)

    assert [small.file.url, 1_000] in listed["files"]
    assert listed["heavy"] == [[heavy.file.url, 400_000]]


def test_a_file_that_is_gone_does_not_stop_the_pack(
    phone: Client, curriculum: CurriculumPage
) -> None:
    gone = sound("perdu", 1_000)
    publish(lessons_of(curriculum)[0], ("recording", {"recording": gone}))
    gone.file.storage.delete(gone.file.name)

    assert gone.file.url not in str(pack(phone, curriculum))


def test_a_test_open_now_is_taken_along(
    phone: Client, curriculum: CurriculumPage, participation: Participation
) -> None:
    listed = pack(phone, curriculum)

    address = f"/tests/copie/{participation.pk}/pre/"
    assert listed["pages"][1] == ["Pré-test · Formation reperer", address]
    assert address in [url for url, *_rest in listed["files"]]
    assert "/post/" not in str(listed)


def test_a_test_closed_or_handed_in_is_not_taken_along(
    phone: Client, curriculum: CurriculumPage, participation: Participation,
    session: TrainingSession,
) -> None:  # fmt: skip
    open_test(session=session, occasion="POST")
    form = session.session_forms.first().form
    make_copy(participation, form, "PRE", "AAAAAAAAAA")
    assert [title for title, _url in pack(phone, curriculum)["pages"]] == [
        "Formation reperer",
        "Post-test · Formation reperer",
    ]

    close_test(session=session, occasion="POST")

    assert len(pack(phone, curriculum)["pages"]) == 1


def test_nobody_takes_along_the_test_of_somebody_else(
    client: Client, curriculum: CurriculumPage, participation: Participation
) -> None:
    client.force_login(make_user())

    assert "/tests/copie/" not in str(pack(client, curriculum))


def test_a_visitor_is_asked_to_sign_in_and_sees_no_button(
    client: Client, curriculum: CurriculumPage
) -> None:
    assert client.get(f"/formations/{curriculum.pk}/paquet/").status_code == 302
    assert "data-pack" not in client.get(curriculum.get_url()).content.decode()


def test_the_button_is_hidden_until_a_script_shows_it(
    phone: Client, curriculum: CurriculumPage
) -> None:
    html = phone.get(curriculum.get_url()).content.decode()

    panel = html[html.index("data-pack") :]
    assert panel[: panel.index(">")].rstrip().endswith("hidden")
