"""Insert many rows of one table without building a model instance for each (whole lists)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models

_AS_THEY_ARE = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.FloatField,
    models.BooleanField,
    models.ForeignKey,
)


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows of plain values, in the order of `names` (`person_id`, not `person`).

    Fields that are not named take their default, the same on every row: name those whose default
    differs (a UUID). Call it inside a transaction; no signal is sent, no id comes back
    (see `last_id`). One statement on SQLite, one COPY on PostgreSQL.
    """
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    constants = [
        field
        for name, field in by_name.items()
        if name not in names and not isinstance(field, models.AutoField | models.BigAutoField)
    ]
    defaults = tuple(_prepared(field)(_default(field)) for field in constants)
    fields = [*(by_name[name] for name in names), *constants]
    columns = [str(field.column) for field in fields]
    converted = [
        (place, convert)
        for place, convert in enumerate(_prepared(by_name[name]) for name in names)
        if convert is not _as_it_is
    ]
    prepared = [_row(row, converted) + defaults for row in rows]
    if prepared:
        _write(model._meta.db_table, columns, prepared)


def last_id(model: type[models.Model]) -> int:
    """Return the highest id that this transaction sees, 0 in an empty table."""
    return model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0


def _row(
    values: Sequence[Any], converted: list[tuple[int, Callable[[Any], Any]]]
) -> tuple[Any, ...]:
    row = list(values)
    for place, convert in converted:
        row[place] = convert(row[place])
    return tuple(row)


def _as_it_is(value: Any) -> Any:
    return value


def _as_hexadecimal(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _write(table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    quoted = connection.ops.quote_name
    into = f"{quoted(table)} ({', '.join(quoted(column) for column in columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            holes = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({holes})", rows)  # noqa: S608 names of the model


def _default(field: models.Field[Any, Any]) -> Any:
    return field.pre_save(field.model(), True) if _is_dated(field) else field.get_default()


def _is_dated(field: models.Field[Any, Any]) -> bool:
    return bool(getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False))


def _prepared(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """What the database takes of a value: most kinds as they are, dates and UUIDs converted."""
    if isinstance(field, _AS_THEY_ARE):
        return _as_it_is
    if isinstance(field, models.UUIDField):
        return _as_it_is if connection.features.has_native_uuid_field else _as_hexadecimal
    if isinstance(field, models.DateField) and connection.vendor == "postgresql":
        return _as_it_is
    known: dict[Any, Any] = {}

    def convert(value: Any) -> Any:
        if value not in known:
            known[value] = field.get_db_prep_save(value, connection)
        return known[value]

    return convert
