import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="StartCode",
            fields=[
                ("account", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="start_code", serialize=False, to="accounts.account")),
                ("hashed", models.CharField(max_length=128)),
                ("expires_on", models.DateField()),
            ],
        ),
    ]
