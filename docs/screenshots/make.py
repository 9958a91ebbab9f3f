"""Take the pictures of the README from a running demonstration.

    make demo                                 # in another terminal
    .venv/bin/python docs/screenshots/make.py http://127.0.0.1:8000

Needs the development tools (Playwright) and a Chromium on the machine.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent
PASSWORD = "demo-mali-2026"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LESSON = "/formations/comprendre-reperer-signaler/comprendre/acte-moyen-but/"
# name, width, account ("" for a visitor), address, pixels scrolled down
PICTURES = (
    ("home", 1280, "", "/", 0),
    ("lesson", 360, "", LESSON, 0),
    ("space", 360, "apprenante", "/mon-espace/", 0),
    ("roll-call", 360, "formateur", "/sessions/BKO-2026-02/", 620),
    ("results", 1280, "comite", "/sessions/SEG-2026-01/resultats/", 860),
    ("matrix", 1280, "comite", "/plan/", 800),
    ("figure", 1280, "comite", "/plan/3.1.1-b/2025/", 0),
)


def main(site: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("No Chromium on this machine.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, width, username, address, scrolled in PICTURES:
            page = open_page(browser, site, width, username)
            page.goto(site + address)
            page.evaluate("y => window.scrollTo(0, y)", scrolled)
            page.screenshot(path=FOLDER / f"{name}-{width}.png")
            page.context.close()
        picture_of_a_test(browser, site)
        browser.close()


def open_page(browser: Browser, site: str, width: int, username: str) -> Page:
    """A page of that width, signed in when an account is given."""
    height = 740 if width < 600 else 900
    context = browser.new_context(viewport={"width": width, "height": height}, locale="fr-FR")
    page = context.new_page()
    if username:
        page.goto(f"{site}/compte/connexion/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()
    return page


def picture_of_a_test(browser: Browser, site: str) -> None:
    """The learner's first page of the pre-test; starting it is what the demonstration is for."""
    page = open_page(browser, site, 360, "apprenante")
    page.goto(f"{site}/sessions/BKO-2026-02/test/pre/")
    start = page.get_by_role("button", name="Commencer le test")
    if start.count():
        start.click()
        page.wait_for_load_state()
    page.screenshot(path=FOLDER / "test-360.png")
    page.context.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
