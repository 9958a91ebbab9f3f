"""Why a qualification was granted without its three grounds."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("trainers", "0005_plan_items_closed_and_expenses_sent_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalqualification",
            name="exception_reason",
            field=models.TextField(
                blank=True, verbose_name="motif de l'exception aux trois fondements"
            ),
        ),
        migrations.AddField(
            model_name="qualification",
            name="exception_reason",
            field=models.TextField(
                blank=True, verbose_name="motif de l'exception aux trois fondements"
            ),
        ),
        migrations.AlterField(
            model_name="qualificationground",
            name="basis",
            field=models.CharField(
                choices=[
                    ("TOT", "Formation de formateurs réussie"),
                    ("CO_FACILITATION", "Co-animation avec un formateur habilité"),
                    ("OBSERVATION", "Fiche d'observation"),
                ],
                max_length=20,
                verbose_name="fondement",
            ),
        ),
        # Blank, so that going back can add the column before it is filled.
        migrations.AlterField(
            model_name="qualification",
            name="basis",
            field=models.CharField(blank=True, max_length=20, verbose_name="fondement"),
        ),
        migrations.AlterField(
            model_name="historicalqualification",
            name="basis",
            field=models.CharField(blank=True, max_length=20, verbose_name="fondement"),
        ),
        migrations.AlterField(
            model_name="trainer",
            name="specialities",
            field=models.CharField(blank=True, max_length=200, verbose_name="autres domaines"),
        ),
        migrations.AlterField(
            model_name="historicaltrainer",
            name="specialities",
            field=models.CharField(blank=True, max_length=200, verbose_name="autres domaines"),
        ),
    ]
