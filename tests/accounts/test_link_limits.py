"""How many answers one address sends by one public link."""

from django.test import RequestFactory

from accounts.link_limits import CROWD_ANSWERS, WINDOW_SECONDS, count_answer, is_exhausted


def test_a_link_takes_the_answers_of_a_room_then_waits_an_hour(time_machine: object) -> None:
    time_machine.move_to("2026-01-05T10:00:00Z", tick=False)  # type: ignore[attr-defined]
    request = RequestFactory().post("/avis/x/", REMOTE_ADDR="10.0.0.1")
    other = RequestFactory().post("/avis/x/", REMOTE_ADDR="10.0.0.2")
    for _answer in range(120):
        assert not is_exhausted(request, "satisfaction:1")
        count_answer(request, "satisfaction:1")

    assert is_exhausted(request, "satisfaction:1")
    assert not is_exhausted(request, "satisfaction:1", answers=CROWD_ANSWERS)
    assert not is_exhausted(request, "satisfaction:2")
    assert not is_exhausted(other, "satisfaction:1")  # nobody closes a link to the others
    time_machine.shift(WINDOW_SECONDS + 1)  # type: ignore[attr-defined]
    assert not is_exhausted(request, "satisfaction:1")
