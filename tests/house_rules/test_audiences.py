"""Every URL states who may open it: ours on the view, third parties' in the list below."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.enums import Audience

# Prefix of the route -> who may open it, and what refuses the others.
THIRD_PARTY = {
    "cms/": "accounts with Wagtail's access_admin permission (wagtail.admin.auth)",
    "documents/": "PUBLIC, unless the collection is restricted (wagtail.documents.views.serve)",
    "_util/authenticate_with_password/": "PUBLIC: the password of a restricted page",
    "_util/login/": "never reached: our redirect to sign-in is declared before it",
    "^((?:[\\w\\-]+/)*)$": "PUBLIC, unless the page is restricted (wagtail.views.serve)",
}


def routes(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every route of the platform with its view, in the order in which they are tried."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern


def test_every_url_states_its_audience() -> None:
    silent = [
        route
        for route, pattern in routes()
        if getattr(pattern.callback, "audience", None) not in Audience
        and not route.startswith(tuple(THIRD_PARTY))
    ]

    assert silent == []


def test_every_third_party_of_the_list_is_still_there() -> None:
    known = [route for route, _ in routes()]

    gone = [prefix for prefix in THIRD_PARTY if not any(r.startswith(prefix) for r in known)]

    assert gone == []


def test_no_view_of_ours_hides_behind_a_third_party_prefix_without_an_audience() -> None:
    ours = [
        route
        for route, pattern in routes()
        if route.startswith(tuple(THIRD_PARTY))
        and pattern.callback.__module__.partition(".")[0]
        not in {"wagtail", "wagtail_localize", "django", "allauth"}
        and not hasattr(pattern.callback, "audience")
    ]

    assert ours == []
