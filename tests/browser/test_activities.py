"""Activities in a real browser: they play and score, and hostile ones read nothing of the site."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from courses.models import ActivityResult, LessonPage
from tests.browser.hostile_code import H5P_PROBE, NOTHING, SCO_PROBE
from tests.courses.activities.lessons import CODE, follow, imported, lesson_with
from tests.courses.activities.packages import (
    SCO_12,
    SCO_2004,
    Files,
    quiz_files,
    scorm_files,
)
from tests.courses.activities.question_set import question_set_files
from tests.factories.accounts import PASSWORD, make_person, make_user

needs_players = pytest.mark.skipif(
    not (site_settings.PLAYER_ROOT / "h5p-standalone" / "package.json").is_file(),
    reason="The players are not installed: run npm ci.",
)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs_players]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 360, "height": 740}, locale="fr-FR")
    yield opened
    opened.close()


@pytest.fixture
def lesson() -> LessonPage:
    return lesson_with()


@pytest.fixture
def learner(lesson: LessonPage) -> Person:
    person = make_person("DIARRA", "Awa", matricule="MAG-42")
    make_user(person=person)
    follow(person, lesson)
    return person


@pytest.fixture
def page(context: BrowserContext, live_server: LiveServer, learner: Person) -> Page:
    """A page of the learner, signed in."""
    opened = context.new_page()
    opened.goto(f"{live_server.url}/compte/connexion/")
    opened.fill("input[name=login]", "MAG-42")
    opened.fill("input[name=password]", PASSWORD)
    opened.locator("form button[type=submit]").last.click()
    opened.wait_for_load_state()
    return opened


@pytest.fixture
def content_origin(live_server: LiveServer, settings: Any) -> str:
    """The same server under its other loopback name."""
    settings.CONTENT_ORIGIN = live_server.url.replace("localhost", "127.0.0.1")
    return str(settings.CONTENT_ORIGIN)


def open_activity(page: Page, live_server: LiveServer, lesson: LessonPage) -> FrameLocator:
    page.goto(f"{live_server.url}/activites/{CODE}/?lecon={lesson.pk}")
    return page.frame_locator("[data-activity] iframe")


def open_quiz(page: Page, live_server: LiveServer, lesson: LessonPage) -> FrameLocator:
    """Open the question, and wait until its frame has taken the height that it asks for.

    For half a second Chromium drops clicks on a foreign frame that has just changed its size.
    """
    frame = open_activity(page, live_server, lesson)
    expect(frame.locator(".question")).to_have_text("Que faire d'abord ?")
    expect(page.locator("[data-activity] iframe")).not_to_have_attribute("height", "560")
    page.wait_for_timeout(1_000)
    return frame


def findings(text: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(text)
    return found


def results() -> list[tuple[str, float | None, float | None]]:
    return list(ActivityResult.objects.values_list("outcome", "score", "max_score"))


def test_an_h5p_activity_plays_and_its_score_is_kept(
    page: Page, live_server: LiveServer, lesson: LessonPage, learner: Person, tmp_path: Path
) -> None:
    imported(tmp_path)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    frame = open_quiz(page, live_server, lesson)
    assert frame.locator(".question").evaluate("e => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    assert frame.locator("img").evaluate("async e => (await e.decode(), e.naturalWidth)") == 1

    frame.get_by_role("button", name="Protéger").click()

    expect(page.locator("[data-activity] [role=status]")).to_have_text(
        "Réussie : 3 sur 4. Entraînement, score déclaré par l'activité."
    )
    result = ActivityResult.objects.get()
    assert (result.run.person, result.lesson) == (learner, lesson)
    assert results() == [("PASSED", 3.0, 4.0)]
    assert errors == []


def test_the_frame_is_as_tall_as_what_it_holds(
    page: Page, live_server: LiveServer, lesson: LessonPage, tmp_path: Path
) -> None:
    imported(tmp_path)
    frame = open_quiz(page, live_server, lesson)
    height = page.locator("[data-activity] iframe").get_attribute("height")

    page.wait_for_timeout(500)

    box = page.locator("[data-activity] iframe").bounding_box()
    inner = frame.locator("body").evaluate("e => Math.ceil(e.getBoundingClientRect().height)")
    assert page.locator("[data-activity] iframe").get_attribute("height") == height
    assert box is not None
    assert (box["height"], inner) == (float(height or 0), int(height or 0))


def test_hostile_h5p_code_reads_nothing_of_the_site(
    page: Page, live_server: LiveServer, lesson: LessonPage, tmp_path: Path
) -> None:
    imported(tmp_path, quiz_files(script=H5P_PROBE.replace("SITE", live_server.url)))

    frame = open_activity(page, live_server, lesson)

    found = findings(frame.locator("#found").inner_text(timeout=10_000))
    assert found == NOTHING | {"origin": "null", "cookie": "", "storage": "1"}
    assert page.url.endswith(f"/activites/{CODE}/?lecon={lesson.pk}")
    assert results() == []


def test_hostile_h5p_code_opened_directly_reads_nothing_either(
    page: Page, live_server: LiveServer, lesson: LessonPage, tmp_path: Path
) -> None:
    version = imported(tmp_path, quiz_files(script=H5P_PROBE.replace("SITE", live_server.url)))

    page.goto(f"{live_server.url}/activites-contenu/h5p/{version.sha256}/")

    found = findings(page.locator("#found").inner_text(timeout=10_000))
    # By itself the page is its own parent: it may read itself, nothing else.
    own = {"parentDocument", "topDocument", "topLocation"}
    kept = {name: value for name, value in found.items() if name not in own}
    expected = {name: value for name, value in NOTHING.items() if name not in own}
    assert kept == expected | {"origin": "null", "cookie": "", "storage": "1"}


def test_a_page_of_the_site_cannot_run_uploaded_code(
    page: Page, live_server: LiveServer, lesson: LessonPage, tmp_path: Path
) -> None:
    version = imported(tmp_path)
    code = f"/activites-contenu/bibliotheques/{version.load_order[1]}/quiz.js"
    page.goto(f"{live_server.url}/mon-espace/")

    outcome = page.evaluate(
        """(src) => new Promise((done) => {
          const script = document.createElement("script");
          script.onload = () => done("ran");
          script.onerror = () => done("refused");
          script.src = src;
          document.head.append(script);
        })""",
        code,
    )

    assert outcome == "refused"


def test_a_message_of_another_frame_is_not_heard(
    page: Page, live_server: LiveServer, lesson: LessonPage, tmp_path: Path
) -> None:
    """The page itself and another frame forge a score; then the activity declares its own."""
    imported(tmp_path)
    frame = open_quiz(page, live_server, lesson)
    forged = "{outcome: 'PASSED', score: 4, max: 4}"
    page.evaluate(f"window.postMessage({forged}, '*')")
    page.evaluate(
        """() => {
          const other = document.createElement("iframe");
          other.sandbox = "allow-scripts allow-same-origin";
          other.id = "other";
          document.body.append(other);
        }"""
    )
    page.frames[-1].evaluate(f"parent.postMessage({forged}, '*')")

    frame.get_by_role("button", name="Attendre").click()

    expect(page.locator("[data-activity] [role=status]")).to_contain_text("Non réussie : 0 sur 4")
    assert results() == [("FAILED", 0.0, 4.0)]


def test_a_result_sent_without_network_leaves_when_it_is_back(
    page: Page,
    context: BrowserContext,
    live_server: LiveServer,
    lesson: LessonPage,
    tmp_path: Path,
) -> None:
    imported(tmp_path)
    frame = open_quiz(page, live_server, lesson)
    context.set_offline(True)
    frame.get_by_role("button", name="Protéger").click()
    status = page.locator("[data-activity] [role=status]")
    expect(status).to_contain_text("pas encore envoyé")
    assert results() == []

    context.set_offline(False)

    expect(status).to_contain_text("Réussie : 3 sur 4")
    assert results() == [("PASSED", 3.0, 4.0)]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (scorm_files(SCO_12), ("PASSED", 80.0, 100.0)),
        (scorm_files(SCO_2004, edition="2004"), ("FAILED", 50.0, 100.0)),
    ],
    ids=["1.2", "2004"],
)
def test_a_scorm_package_plays_on_the_content_origin(
    page: Page,
    live_server: LiveServer,
    content_origin: str,
    lesson: LessonPage,
    tmp_path: Path,
    files: Files,
    expected: tuple[str, float, float],
) -> None:
    imported(tmp_path, files)
    frame = open_activity(page, live_server, lesson).frame_locator("iframe")

    frame.get_by_role("button", name="Finir").click()

    expect(page.locator("[data-activity] [role=status]")).to_contain_text(" sur 100. ")
    assert results() == [expected]


def test_a_hostile_scorm_package_reads_nothing_of_the_site(
    page: Page,
    context: BrowserContext,
    live_server: LiveServer,
    content_origin: str,
    lesson: LessonPage,
    tmp_path: Path,
) -> None:
    imported(tmp_path, scorm_files(SCO_PROBE.replace("SITE", live_server.url)))

    frame = open_activity(page, live_server, lesson).frame_locator("iframe")

    found = findings(frame.locator("#found:not(:empty)").inner_text(timeout=10_000))
    own = {"origin": content_origin, "cookie": "", "wrapperCookie": "", "above": "refused"}
    # Its parent is the page of the content origin, which holds nothing but the interface.
    assert found.pop("parentDocument").strip().startswith("<iframe")
    expected = {name: value for name, value in NOTHING.items() if name != "parentDocument"}
    assert found == expected | own
    assert results() == []
    site_cookies = {cookie["name"] for cookie in context.cookies(live_server.url)}
    assert "planted" not in site_cookies
    page.goto(f"{live_server.url}/mon-espace/")
    assert "Awa" in page.content()  # the session is whole


def test_a_question_set_loads_in_a_few_requests(
    page: Page, live_server: LiveServer, lesson: LessonPage, tmp_path: Path, record_property: Any
) -> None:
    """The frame's own weight on the wire, joined, against the same files asked one by one.

    `--junit-xml` keeps both figures, as (requests, bytes).
    """
    version = imported(tmp_path, question_set_files())
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    received: list[int] = []
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(f"{live_server.url}/activites-contenu/h5p/{version.sha256}/")
    expect(page.locator(".question")).to_be_visible()
    page.wait_for_load_state("networkidle")
    joined = (len(received), sum(received))
    links = page.evaluate(
        "[...document.querySelectorAll('[src],[href]')].map(e => e.src || e.href)"
    )
    kept = [link for link in links if "/lecteurs/" in link or "preparation.js" in link]
    kept += [link for link in links if link.endswith(".png")]
    kept += [
        f"{live_server.url}/activites-contenu/bibliotheques/{path.parent.name}/{name}"
        for sha256 in version.load_order
        for path in [site_root() / "libraries" / sha256 / "library.json"]
        for name in ["library.json", *loaded_by(path)]
    ]
    received.clear()
    page.evaluate(
        """links => Promise.all(links.map(async (link) =>
          (await fetch(link, { cache: "no-store" })).arrayBuffer()))""",
        kept,
    )
    page.wait_for_timeout(500)
    separate = (len(received) + 1, sum(received))  # and the page that would ask for them

    record_property("joined", joined)
    record_property("separate", separate)
    assert joined[0] <= 9
    assert separate[0] >= 8 * joined[0]
    assert joined[1] < 0.8 * separate[1]


def site_root() -> Path:
    return Path(site_settings.ACTIVITY_ROOT)


def loaded_by(description: Path) -> list[str]:
    """Scripts and styles that one library loads."""
    facts = json.loads(description.read_text())
    return [entry["path"] for key in ("preloadedJs", "preloadedCss") for entry in facts[key]]
