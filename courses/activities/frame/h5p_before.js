// Runs first in the frame. Its origin is opaque: storage and cookies would throw, so memory stands
// in for them until the page is closed.
(function () {
  function memory() {
    var kept = {};
    return new Proxy({}, {
      get: function (_, name) {
        if (name === "getItem") return function (key) { return key in kept ? kept[key] : null; };
        if (name === "setItem") return function (key, value) { kept[key] = String(value); };
        if (name === "removeItem") return function (key) { delete kept[key]; };
        if (name === "clear") return function () { kept = {}; };
        if (name === "key") return function (rank) { return Object.keys(kept)[rank] || null; };
        if (name === "length") return Object.keys(kept).length;
        return kept[name];
      },
      set: function (_, name, value) { kept[name] = String(value); return true; },
      deleteProperty: function (_, name) { delete kept[name]; return true; }
    });
  }
  ["localStorage", "sessionStorage"].forEach(function (name) {
    Object.defineProperty(window, name, { value: memory(), configurable: true });
  });
  Object.defineProperty(document, "cookie", {
    get: function () { return ""; },
    set: function () {},
    configurable: true
  });
})();
