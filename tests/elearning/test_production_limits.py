"""What production settings say, read in a process of their own."""

import json
import os
import subprocess
import sys

ASK = """
import json
from elearning.settings import production as p
print(json.dumps([p.ALLAUTH_TRUSTED_PROXY_COUNT, p.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"]]))
"""


def test_limits_are_counted_on_visitors_and_kept() -> None:
    """Behind a proxy every visitor has one address; Django's cache forgets past 300 entries."""
    told = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, "SECRET_KEY": "x", "ALLOWED_HOSTS": "exemple.test"},
        capture_output=True,
        check=True,
        text=True,
    )

    proxies, entries = json.loads(told.stdout)
    assert (proxies, entries >= 10_000) == (1, True)
