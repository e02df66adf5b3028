"""From here on the database refuses to change or delete facts and seals."""

from typing import Any

from django.db import migrations


def install(apps: Any, schema_editor: Any) -> None:
    from yanzhen.ledger import append_only

    append_only.install(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    from yanzhen.ledger import append_only

    append_only.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
