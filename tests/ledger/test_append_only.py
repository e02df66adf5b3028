"""The database itself refuses to change or delete facts and seals, whichever database runs."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Cast
from yanzhen.ledger.append_only import TABLES
from yanzhen.ledger.models import Fact, Seal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "tamper",
    [
        lambda: Fact.objects.update(kind="x"),
        lambda: Fact.objects.all().delete(),
        lambda: Fact.objects.latest("id").delete(),
        lambda: Seal.objects.update(digest="x"),
        lambda: Seal.objects.all().delete(),
    ],
)
def test_neither_change_nor_deletion(cast: Cast, tamper: Callable[[], object]) -> None:
    before = list(Fact.objects.order_by("id").values()), list(Seal.objects.order_by("id").values())
    assert all(before)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        tamper()
    assert (list(Fact.objects.order_by("id").values()), list(Seal.objects.order_by("id").values())) == before


@pytest.mark.parametrize("table", TABLES)
def test_not_past_the_orm_either(cast: Cast, table: str) -> None:
    statements = [f"UPDATE {table} SET act_id = act_id", f"DELETE FROM {table}"]  # noqa: S608 - our own tables
    if connection.vendor == "postgresql":
        statements.append(f"TRUNCATE {table}")
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
