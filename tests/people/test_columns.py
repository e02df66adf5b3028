"""The registry of columns agrees with the table and with what rosters are recognized by."""

from yanzhen.people.columns import COLUMNS, OWN
from yanzhen.people.models import Member
from yanzhen.sheets.recognition.fields import FIELDS


def test_every_field_of_the_contract_is_a_column_in_its_order_under_its_heading() -> None:
    assert [(column.key, str(column.label)) for column in COLUMNS] == [
        (field.key, field.label) for field in FIELDS
    ]


def test_kinds_agree_where_both_say_them() -> None:
    kinds = {field.key: field.kind for field in FIELDS}
    same = {"date": "date", "month": "month", "bool": "yes_no", "int": "whole", "id_number": "id_number"}
    assert {column.key: kinds[column.key] for column in COLUMNS if column.kind in same} == {
        column.key: same[column.kind] for column in COLUMNS if column.kind in same
    }


def test_a_sealed_column_has_no_place_in_clear() -> None:
    fields = {field.attname for field in Member._meta.concrete_fields}
    assert fields >= {f"{column.key}_sealed" if column.sealed else column.key for column in OWN}
    assert not fields & {column.key for column in OWN if column.sealed}
