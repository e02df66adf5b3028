from typing import Any

from django.db import migrations, models

from yanzhen.people.readings import plain, readings

_CHUNK = 2000
_PUT = (
    "INSERT INTO people_searchterm (member_id, term, path, place) VALUES (%s, %s, %s, 1) "
    "ON CONFLICT (member_id, term) DO UPDATE SET place = 1"
)


def tell_places(apps: Any, schema_editor: Any) -> None:
    """Mark the terms that are inside a name, and add the ends of its pinyin that were no terms before."""
    connection = schema_editor.connection
    key = apps.get_model("people", "SearchTerm")._meta.get_field("member_id").get_db_prep_value
    found = apps.get_model("people", "Member").objects.values_list("pk", "path", "name").order_by("pk")
    last = None
    while chunk := list((found.filter(pk__gt=last) if last else found)[:_CHUNK]):
        last = chunk[-1][0]
        rows = [(key(pk, connection), term, path) for pk, path, name in chunk for term in _inside(name)]
        with connection.cursor() as cursor:
            cursor.executemany(_PUT, rows)


def _inside(name: str) -> set[str]:
    name = plain(name)
    inside = {name[start:] for start in range(1, len(name))}
    beginning = {name}
    for syllables in readings(name):
        inside |= {"".join(syllables[start:]) for start in range(1, len(syllables))}
        beginning |= {"".join(syllables), "".join(syllable[0] for syllable in syllables)}
    return inside - beginning


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_phone_looked_up"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["id_number_index"], name="people_member_number"),
        ),
        migrations.RemoveIndex(
            model_name="searchterm",
            name="people_searchterm_term",
        ),
        migrations.AddField(
            model_name="searchterm",
            name="place",
            field=models.PositiveSmallIntegerField(choices=[(0, "Beginning"), (1, "Inside")], default=0),
        ),
        migrations.AddIndex(
            model_name="searchterm",
            index=models.Index(fields=["place", "term", "path"], name="people_searchterm_term"),
        ),
        migrations.RunPython(tell_places, migrations.RunPython.noop),
    ]
