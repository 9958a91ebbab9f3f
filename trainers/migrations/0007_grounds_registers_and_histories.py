"""What founded a qualification becomes a ground of its own, with its proof; states get a history."""

import datetime

from django.db import migrations
from django.utils import timezone

# Words of the old free text, and the register that they name.
REGISTERS = (
    ("enqu", "SPECIAL_INVESTIGATION"),
    ("audition", "VICTIM_INTERVIEW"),
    ("enfan", "CHILD_PROTECTION"),
    ("prise en charge", "VICTIM_ASSISTANCE"),
    ("poursuite", "PROSECUTION"),
    ("jugement", "PROSECUTION"),
    ("fronti", "BORDERS"),
    ("communaut", "COMMUNITY"),
)


def move_to_grounds(apps, schema_editor):
    qualifications = apps.get_model("trainers", "Qualification")
    grounds = apps.get_model("trainers", "QualificationGround")
    now = timezone.now()
    for one in qualifications.objects.order_by("pk").iterator():
        ground, _is_new = grounds.objects.get_or_create(
            trainer_id=one.trainer_id,
            curriculum_id=one.curriculum_id,
            basis=one.basis,
            happened_on=one.granted_on,
            defaults={"proof_id": one.proof_id, "recorded_at": now},
        )
        if ground.proof_id is None and one.proof_id is not None:
            ground.proof_id = one.proof_id
            ground.save(update_fields=["proof"])
        one.exception_reason = "Accordée avant l'enregistrement des trois fondements."
        one.save(update_fields=["exception_reason"])


def move_back(apps, schema_editor):
    qualifications = apps.get_model("trainers", "Qualification")
    grounds = apps.get_model("trainers", "QualificationGround")
    for one in qualifications.objects.order_by("pk").iterator():
        founding = grounds.objects.filter(
            trainer_id=one.trainer_id,
            curriculum_id=one.curriculum_id,
            happened_on__lte=one.granted_on,
        )
        ground = founding.order_by("-happened_on", "pk").first()
        one.basis = ground.basis if ground else "TOT"
        one.proof_id = ground.proof_id if ground else None
        one.save(update_fields=["basis", "proof"])


def enter_in_registers(apps, schema_editor):
    """Each register that the old words name; words that name none stay as they are."""
    trainers = apps.get_model("trainers", "Trainer")
    specialities = apps.get_model("trainers", "TrainerSpeciality")
    for trainer in trainers.objects.exclude(specialities="").order_by("pk").iterator():
        words = trainer.specialities.casefold()
        named = dict.fromkeys(register for word, register in REGISTERS if word in words)
        for register in named:
            specialities.objects.get_or_create(
                trainer=trainer,
                speciality=register,
                defaults={"detail": trainer.specialities[:160]},
            )
        if named:
            trainer.specialities = ""
            trainer.save(update_fields=["specialities"])


def leave_registers(apps, schema_editor):
    trainers = apps.get_model("trainers", "Trainer")
    entered = apps.get_model("trainers", "TrainerSpeciality").objects.exclude(detail="")
    for trainer in trainers.objects.filter(specialities="").order_by("pk").iterator():
        details = list(entered.filter(trainer_id=trainer.pk).values_list("detail", flat=True))
        trainer.specialities = ", ".join(dict.fromkeys(details))[:200]
        trainer.save(update_fields=["specialities"])


def begin_history(apps, schema_editor):
    trainers = apps.get_model("trainers", "Trainer")
    moves = apps.get_model("trainers", "TrainerMove")
    qualifications = apps.get_model("trainers", "Qualification")
    now = timezone.now()
    moved = moves.objects.values("trainer")
    for trainer in trainers.objects.exclude(pk__in=moved).order_by("pk").iterator():
        granted = (
            qualifications.objects.filter(trainer_id=trainer.pk)
            .order_by("granted_on")
            .values_list("granted_on", flat=True)
        )
        moves.objects.create(
            trainer=trainer,
            from_state="",
            to_state=trainer.state,
            moved_on=granted.first() or datetime.date(now.year, now.month, now.day),
            reason="Reprise de l'ancien registre",
            recorded_at=now,
        )


class Migration(migrations.Migration):

    dependencies = [
        ("trainers", "0006_exception_of_a_qualification"),
    ]

    operations = [
        migrations.RunPython(move_to_grounds, move_back),
        migrations.RunPython(enter_in_registers, leave_registers),
        migrations.RunPython(begin_history, migrations.RunPython.noop),
    ]
