"""What frames load: no cookie, a sandbox in the header, and two hosts that never mix."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from courses.activities import content_urls
from courses.activities.content_host import scorm_closed
from courses.activities.content_views import scorm_frame_url
from courses.activities.served_files import asked_part
from courses.models import ActivityVersion
from tests.courses.activities.lessons import imported
from tests.courses.activities.packages import SCO_12, scorm_files
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db

CONTENT = "contenu.test"


@pytest.fixture(autouse=True)
def two_hosts(settings: Any, tmp_path: Path) -> None:
    settings.ALLOWED_HOSTS = ["testserver", CONTENT]
    settings.CONTENT_ORIGIN = f"http://{CONTENT}"
    root = tmp_path / "node_modules"
    for name, text in (
        ("h5p-standalone/package.json", "{}"),
        ("h5p-standalone/dist/frame.bundle.js", "var H5P = {};"),
        ("h5p-standalone/dist/styles/h5p.css", "body {}"),
        ("h5p-standalone/dist/main.bundle.js", "never served"),
        ("h5p-standalone/README.md", "never served"),
        ("scorm-again/package.json", "{}"),
        ("scorm-again/dist/esm/scorm12.min.js", "export class Scorm12API {}"),
        ("scorm-again/dist/esm/scorm2004.min.js", "export class Scorm2004API {}"),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    settings.PLAYER_ROOT = root


@pytest.fixture
def quiz(tmp_path: Path) -> ActivityVersion:
    return imported(tmp_path)


@pytest.fixture
def sco(tmp_path: Path) -> ActivityVersion:
    return imported(tmp_path, scorm_files(SCO_12), code="les-signes")


@pytest.fixture
def client() -> Client:
    """Somebody signed in, with a session cookie and a token."""
    client = Client()
    client.force_login(make_user())
    client.cookies["csrftoken"] = "a" * 32
    return client


def policy_of(response: Any) -> dict[str, str]:
    header = response.headers["Content-Security-Policy"]
    parts = (part.strip().partition(" ") for part in header.split(";"))
    return {name: value for name, _space, value in parts}


def test_the_h5p_page_is_a_sandbox_by_its_header(client: Client, quiz: ActivityVersion) -> None:
    response = client.get(f"/activites-contenu/h5p/{quiz.sha256}/")

    policy = policy_of(response)
    files = "http://testserver/activites-contenu/"
    assert policy["sandbox"] == "allow-scripts"
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == files
    assert policy["script-src"] == f"{files} 'unsafe-eval'"
    assert policy["frame-ancestors"] == "http://testserver"
    assert policy["form-action"] == "'none'"
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "X-Frame-Options" not in response.headers


def test_nothing_that_a_frame_loads_sets_a_cookie(client: Client, quiz: ActivityVersion) -> None:
    html = client.get(f"/activites-contenu/h5p/{quiz.sha256}/").content.decode()
    addresses = [part.split('"')[0] for part in html.split('="/')[1:]]
    addresses += [
        f"activites-contenu/paquets/{quiz.sha256}/content/images/dessin.png",
        f"activites-contenu/bibliotheques/{quiz.load_order[0]}/images/fond.png",
    ]

    responses = [client.get(f"/{address}") for address in addresses]

    assert [response.status_code for response in responses] == [200] * 7
    for response in responses:
        response.close()
        assert response.cookies == {}
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert policy_of(response)["sandbox"] == ""
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "Cookie" not in response.headers["Vary"]


def test_a_script_of_the_site_is_not_given_uploaded_code(quiz: ActivityVersion) -> None:
    address = f"/activites-contenu/bibliotheques/{quiz.load_order[1]}/quiz.js"
    ours = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "script"}
    frames = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "script"}

    assert Client().get(address, headers=ours).status_code == 404
    assert Client().get(address, headers=frames).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "../../../../etc/passwd",
        "..%2f..%2f..%2fdb.sqlite3",
        "content/../../../secret.txt",
        "content\\..\\..\\secret.txt",
        "content",
        "absent.json",
        "a" * 300,
        "content/" + "a/" * 3000,
    ],
)
def test_an_address_never_leaves_its_package(
    quiz: ActivityVersion, settings: Any, name: str
) -> None:
    (Path(settings.ACTIVITY_ROOT) / "secret.txt").write_text("secret")

    for shelf, sha256 in (("paquets", quiz.sha256), ("bibliotheques", quiz.load_order[0])):
        response = Client().get(f"/activites-contenu/{shelf}/{sha256}/{name}")
        assert (response.status_code, response.content) == (404, b"")


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("", None),
        ("bytes=0-", range(10)),
        ("bytes=2-5", range(2, 6)),
        ("bytes=2-500", range(2, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-300", range(10)),
        ("bytes=-0", None),
        ("bytes=10-", None),
        ("bytes=5-2", None),
        ("bytes=0-1,4-5", None),
        ("bytes=-", None),
        ("seconds=1-2", None),
    ],
)
def test_the_part_that_a_player_asks_for_is_read(asked: str, part: range | None) -> None:
    assert asked_part(asked, 10) == part


def test_a_sound_is_sent_in_parts(quiz: ActivityVersion, settings: Any) -> None:
    folder = Path(settings.ACTIVITY_ROOT) / "packages" / quiz.sha256 / "content"
    (folder / "son.mp3").write_bytes(bytes(range(250)) * 1000)
    address = f"/activites-contenu/paquets/{quiz.sha256}/content/son.mp3"

    response = Client().get(address, headers={"Range": "bytes=100-70099"})

    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert (response.status_code, len(content)) == (206, 70_000)
    assert content == (bytes(range(250)) * 1000)[100:70_100]
    assert response.headers["Content-Range"] == "bytes 100-70099/250000"
    assert response.headers["Content-Length"] == "70000"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_only_named_files_of_a_player_are_served() -> None:
    player = "/activites-contenu/lecteurs/h5p/abc"

    assert Client().get(f"{player}/frame.bundle.js").content == b"var H5P = {};"
    for name in ("main.bundle.js", "../README.md", "../package.json", "absent.js"):
        assert Client().get(f"{player}/{name}").status_code == 404
    assert Client().get("/activites-contenu/lecteurs/autre/abc/frame.bundle.js").status_code == 404


def test_scorm_is_served_on_the_content_host_only(client: Client, sco: ActivityVersion) -> None:
    frame = scorm_frame_url(sco, "http://testserver")
    page = f"{frame}fichiers/index.html"

    on_content = [client.get(address, headers={"Host": CONTENT}) for address in (frame, page)]
    on_site = [client.get(address) for address in (frame, page)]
    in_english = [client.get(f"/en{address}") for address in (frame, page)]

    assert [response.status_code for response in on_content] == [200, 200]
    assert [response.status_code for response in (*on_site, *in_english)] == [404] * 4
    assert on_content[1].content.decode() == SCO_12
    for response in on_content:
        assert response.cookies == {}
        assert policy_of(response)["frame-ancestors"] == "'self' http://testserver"
        assert policy_of(response)["sandbox"] == "allow-scripts allow-same-origin allow-forms"
        assert policy_of(response)["default-src"].startswith("'self' ")


def test_a_scorm_package_is_not_served_as_files_of_the_site(sco: ActivityVersion) -> None:
    for shelf in ("paquets", "bibliotheques"):
        address = f"/activites-contenu/{shelf}/{sco.sha256}/index.html"
        assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    "path", ["/mon-espace/", "/compte/connexion/", "/cms/", "/activites/", "/static/css/site.css"]
)
def test_the_content_host_serves_no_page_of_the_site(client: Client, path: str) -> None:
    from_script = client.get(path, headers={"Host": CONTENT, "Sec-Fetch-Dest": "empty"})
    typed = client.get(path, headers={"Host": CONTENT})
    posted = client.post(path, headers={"Host": CONTENT})

    assert (from_script.status_code, from_script.content) == (404, b"")
    assert (typed.status_code, typed.headers["Location"]) == (302, "http://127.0.0.1:8000")
    assert posted.status_code == 404
    assert all(not response.cookies for response in (from_script, typed, posted))


@pytest.mark.parametrize("spelling", ["contenu.test.", "CONTENU.TEST", "contenu.test:80"])
def test_no_spelling_of_the_content_host_opens_the_site(client: Client, spelling: str) -> None:
    from_script = {"Host": spelling, "Sec-Fetch-Dest": "empty"}

    assert client.get("/compte/connexion/", headers=from_script).status_code == 404
    assert client.post("/compte/connexion/", headers={"Host": spelling}).status_code == 404
    assert scorm_closed(spelling) != ""


def test_the_content_host_reads_no_cookie(
    client: Client, sco: ActivityVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, str]] = []
    view = content_urls.views.scorm_frame

    def watched(request: Any, **kwargs: Any) -> Any:
        seen.append(dict(request.COOKIES))
        assert "HTTP_COOKIE" not in request.META
        return view(request, **kwargs)

    pattern = next(one for one in content_urls.urlpatterns if one.name == "scorm_frame")
    monkeypatch.setattr(pattern, "callback", watched)

    client.get(scorm_frame_url(sco, "http://testserver"), headers={"Host": CONTENT})

    assert seen == [{}]


def test_a_site_that_did_not_sign_is_told_nothing(sco: ActivityVersion) -> None:
    signed = scorm_frame_url(sco, "http://testserver")
    forged = signed.replace("testserver", "mechant.test")

    assert Client().get(forged, headers={"Host": CONTENT}).status_code == 404
    assert 'data-site="http://testserver"' in (
        Client().get(signed, headers={"Host": CONTENT}).content.decode()
    )


def test_every_address_of_frames_states_its_audience() -> None:
    assert [
        pattern.name
        for pattern in content_urls.urlpatterns
        if getattr(pattern.callback, "audience", None) != "PUBLIC"
    ] == []
