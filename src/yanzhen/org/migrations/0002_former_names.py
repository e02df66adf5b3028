import django.db.models.deletion
from django.db import migrations, models

import yanzhen.access.fields
import yanzhen.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("org", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="FormerName",
            fields=[
                ("id", yanzhen.access.fields.KeyField(default=yanzhen.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
                ("until", models.DateField()),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="former_names", to="org.unit")),
            ],
            options={
                "indexes": [models.Index(fields=["name"], name="org_formername_name")],
                "constraints": [models.UniqueConstraint(fields=("unit", "name"), name="org_formername_once")],
            },
        ),
    ]
