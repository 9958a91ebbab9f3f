"""Where apps above say why two records may not be merged (docs/architecture.md names the list)."""

from collections.abc import Callable

from accounts.models import Person

# kept, merged -> a French sentence, or "" when nothing forbids it.
MERGE_REFUSALS: list[Callable[[Person, Person], str]] = []
