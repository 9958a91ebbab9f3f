"""Calls at the same moment, on real connections: for tests of two writers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls at the same moment, each in a thread with a connection of its own."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [one.result() for one in [threads.submit(run, call) for call in calls]]


def outcomes_at_once(refusal: type[Exception], *acts: Callable[[], object]) -> list[str]:
    """Run the acts at the same moment; return « done » or « refused » for each, sorted."""

    def outcome(act: Callable[[], object]) -> str:
        try:
            act()
        except refusal:
            return "refused"
        return "done"

    return sorted(at_once(*(lambda act=act: outcome(act) for act in acts)))
