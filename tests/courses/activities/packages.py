"""Packages made here: a small H5P library that plays and scores, small SCORM packages, bad ones."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

Files = dict[str, str | bytes]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)

QUIZ_JS = """
H5P.PetitQuiz = (function ($, EventDispatcher) {
  function PetitQuiz(params, contentId) {
    EventDispatcher.call(this);
    this.params = params;
    this.contentId = contentId;
  }
  PetitQuiz.prototype = Object.create(EventDispatcher.prototype);
  PetitQuiz.prototype.constructor = PetitQuiz;
  PetitQuiz.prototype.attach = function ($container) {
    var self = this;
    localStorage.setItem("seen", "1");
    H5P.setUserData(this.contentId, "state", { page: 1 });
    $container.append($("<p class='question'>").text(this.params.question));
    var picture = H5P.getPath("images/dessin.png", this.contentId);
    $container.append($("<img alt=''>").attr("src", picture));
    this.params.choices.forEach(function (choice) {
      $container.append(H5P.Boutons.make(choice.text, function () {
        self.triggerXAPIScored(choice.score, self.params.max, "completed", true, choice.score > 0);
      }));
    });
  };
  return PetitQuiz;
})(H5P.jQuery, H5P.EventDispatcher);
"""
BUTTONS_JS = """
var H5P = H5P || {};
H5P.Boutons = {
  make: function (text, act) { return H5P.jQuery("<button>").text(text).on("click", act); }
};
"""
BUTTONS_CSS = '.question { background: url("../images/fond.png"); color: rgb(1, 2, 3); }'
CONTENT = {
    "question": "Que faire d'abord ?",
    "choices": [{"text": "Protéger", "score": 3}, {"text": "Attendre", "score": 0}],
    "max": 4,
}


def dependency(name: str, major: int, minor: int) -> dict[str, object]:
    return {"machineName": name, "majorVersion": major, "minorVersion": minor}


def library(
    name: str,
    *,
    major: int = 1,
    minor: int = 0,
    patch: int = 0,
    needs: list[dict[str, object]] | None = None,
    files: Files | None = None,
) -> Files:
    """The files of one library: its scripts and styles are loaded in the order given."""
    folder = f"{name}-{major}.{minor}"
    files = files or {}
    facts = {
        "title": name,
        "machineName": name,
        "majorVersion": major,
        "minorVersion": minor,
        "patchVersion": patch,
        "runnable": 1,
        "preloadedJs": [{"path": path} for path in files if path.endswith(".js")],
        "preloadedCss": [{"path": path} for path in files if path.endswith(".css")],
        "preloadedDependencies": needs or [],
    }
    described: Files = {f"{folder}/library.json": json.dumps(facts)}
    return described | {f"{folder}/{path}": content for path, content in files.items()}


def quiz_files(script: str = QUIZ_JS, **changes: object) -> Files:
    """A package that asks one question and declares 3 or 0 of 4 points.

    `changes` go in h5p.json.
    """
    manifest = {
        "title": "Que faire d'abord ?",
        "language": "fr",
        "mainLibrary": "H5P.PetitQuiz",
        "embedTypes": ["iframe"],
        "preloadedDependencies": [
            dependency("H5P.PetitQuiz", 1, 0),
            dependency("H5P.Boutons", 1, 2),
        ],
        **changes,
    }
    buttons: Files = {
        "scripts/boutons.js": BUTTONS_JS,
        "styles/boutons.css": BUTTONS_CSS,
        "images/fond.png": PNG,
    }
    return {
        "h5p.json": json.dumps(manifest),
        "content/content.json": json.dumps(CONTENT),
        "content/images/dessin.png": PNG,
        **library(
            "H5P.PetitQuiz",
            needs=[dependency("H5P.Boutons", 1, 2)],
            files={"quiz.js": script},
        ),
        **library("H5P.Boutons", minor=2, patch=5, files=buttons),
    }


def scorm_files(page: str, *, edition: str = "1.2", href: str = "index.html") -> Files:
    """A SCORM package of one page."""
    is_2004 = edition == "2004"
    version = "2004 4th Edition" if is_2004 else "1.2"
    name = "v1p3" if is_2004 else "rootv1p2"
    manifest = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m1" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
          xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_{name}">
  <metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>
  <organizations default="o1"><organization identifier="o1"><title>Les signes</title>
    <item identifier="i1" identifierref="r1"><title>Leçon</title></item>
  </organization></organizations>
  <resources><resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="{href}">
    <file href="index.html"/></resource></resources>
</manifest>"""
    return {"imsmanifest.xml": manifest, "index.html": page}


SCO_12 = """<!DOCTYPE html><title>SCO</title><button id="b">Finir</button><script>
var api = window.parent.API;
api.LMSInitialize("");
document.getElementById("b").onclick = function () {
  api.LMSSetValue("cmi.core.score.raw", "80");
  api.LMSSetValue("cmi.core.score.max", "100");
  api.LMSSetValue("cmi.core.lesson_status", "passed");
  api.LMSFinish("");
};
</script>"""
SCO_2004 = """<!DOCTYPE html><title>SCO</title><button id="b">Finir</button><script>
var api = window.parent.API_1484_11;
api.Initialize("");
document.getElementById("b").onclick = function () {
  api.SetValue("cmi.score.scaled", "0.5");
  api.SetValue("cmi.completion_status", "completed");
  api.SetValue("cmi.success_status", "failed");
  api.Terminate("");
};
</script>"""


def write_package(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path
