"""Basis and proof live in the grounds from now on."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("trainers", "0007_grounds_registers_and_histories"),
    ]

    operations = [
        migrations.RemoveField(model_name="historicalqualification", name="basis"),
        migrations.RemoveField(model_name="historicalqualification", name="proof"),
        migrations.RemoveField(model_name="qualification", name="basis"),
        migrations.RemoveField(model_name="qualification", name="proof"),
    ]
