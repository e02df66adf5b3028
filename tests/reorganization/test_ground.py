"""Every table that has a path is carried or has its reason to stay."""

from django.apps import apps

from yanzhen.access.fields import PathField
from yanzhen.people.models import Member
from yanzhen.reorganization.ground import OF_MEMBERS, OF_UNITS, STAYS


def test_every_row_on_a_units_ground_is_carried() -> None:
    scoped = {
        model
        for model in apps.get_models()
        if any(isinstance(field, PathField) and field.name == "path" for field in model._meta.fields)
    }
    assert scoped == {*OF_UNITS, Member, *OF_MEMBERS, *(apps.get_model(label) for label in STAYS)}
