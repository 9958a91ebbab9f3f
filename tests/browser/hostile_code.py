"""Code that a hostile H5P library or SCORM page could run, and what it must find: nothing."""

# Everything that code inside a frame could try against the site that shows it.
PROBE = """
async function probe(site) {
  var found = {};
  async function attempt(name, act) {
    try { found[name] = String(await act()); } catch (error) { found[name] = "refused"; }
  }
  await attempt("origin", function () { return window.origin; });
  await attempt("cookie", function () { return document.cookie; });
  await attempt("parentDocument", function () { return parent.document.body.innerHTML; });
  await attempt("topDocument", function () { return top.document.body.innerHTML; });
  await attempt("topLocation", function () { return top.location.href; });
  await attempt("moveTop", function () {
    if (top === window) throw new Error("one may always leave one's own page");
    top.location = site + "/mon-espace/";
    return "moved";
  });
  await attempt("page", async function () {
    var answer = await fetch(site + "/mon-espace/", { credentials: "include" });
    return answer.text();
  });
  await attempt("blindPost", async function () {
    await fetch(site + "/activites/premiers-gestes/resultats/",
      { method: "POST", mode: "no-cors", credentials: "include", body: "{}" });
    return "sent";
  });
  await attempt("xhr", function () {
    return new Promise(function (done, fail) {
      var request = new XMLHttpRequest();
      request.open("GET", site + "/mon-espace/");
      request.withCredentials = true;
      request.onload = function () { done(request.responseText); };
      request.onerror = fail;
      request.send();
    });
  });
  await attempt("frame", function () {
    return new Promise(function (done) {
      var inner = document.createElement("iframe");
      inner.onload = function () {
        try { done(inner.contentDocument.body.innerText || "empty"); }
        catch (e) { done("refused"); }
      };
      inner.src = site + "/mon-espace/";
      document.body.append(inner);
      setTimeout(function () { done("refused"); }, 1500);
    });
  });
  await attempt("popup", function () {
    return window.open(site + "/mon-espace/") ? "open" : "refused";
  });
  return found;
}
"""
H5P_PROBE = (
    PROBE
    + """
H5P.PetitQuiz = (function (EventDispatcher) {
  function PetitQuiz() { EventDispatcher.call(this); }
  PetitQuiz.prototype = Object.create(EventDispatcher.prototype);
  PetitQuiz.prototype.attach = async function ($container) {
    var storage;
    try { localStorage.a = 1; storage = localStorage.getItem("a"); }
    catch (e) { storage = "refused"; }
    var found = await probe("SITE");
    found.storage = storage;
    $container.append(H5P.jQuery("<pre id='found'>").text(JSON.stringify(found)));
  };
  return PetitQuiz;
})(H5P.EventDispatcher);
"""
)
SCO_PROBE = (
    '<!DOCTYPE html><title>SCO</title><pre id="found"></pre><script>'
    + PROBE
    + """
probe("SITE").then(function (found) {
  found.wrapperCookie = parent.document.cookie;
  try { found.above = String(parent.parent.document.title); }
  catch (e) { found.above = "refused"; }
  document.cookie = "planted=1; path=/";
  document.getElementById("found").textContent = JSON.stringify(found);
});
</script>"""
)
NOTHING = {
    "parentDocument": "refused",
    "topDocument": "refused",
    "topLocation": "refused",
    "moveTop": "refused",
    "page": "refused",
    "blindPost": "refused",
    "xhr": "refused",
    "frame": "refused",
    "popup": "refused",
}
