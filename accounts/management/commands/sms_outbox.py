"""What a gateway for telephone messages reads and writes: JSON out, identifiers back."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.enums import Channel
from accounts.models import OutboxMessage
from accounts.outbox import note_failed, note_sent, take_message


class Command(BaseCommand):
    help = (
        "Liste les SMS en attente (--format json). --take N en remet N à la passerelle, une seule "
        "fois chacun ; --sent ID… note ceux qui sont partis, --failed ID MOTIF celui qui reste."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["json", "text"], default="text")
        parser.add_argument("--take", type=int, default=0, metavar="N")
        parser.add_argument("--sent", type=int, nargs="+", default=[], metavar="ID")
        parser.add_argument("--failed", nargs=2, metavar=("ID", "MOTIF"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sent"] or options["failed"]:
            self._note(options["sent"], options["failed"])
        else:
            self._list(options["take"], as_json=options["format"] == "json")

    def _list(self, take: int, *, as_json: bool) -> None:
        waiting = OutboxMessage.objects.waiting().filter(channel=Channel.SMS).order_by("pk")
        if take:
            taken = (take_message(pk=pk) for pk in waiting.values_list("pk", flat=True)[:take])
            messages = [message for message in taken if message is not None]
        else:
            messages = list(waiting)
        if as_json:
            rows = [{"id": one.pk, "to": one.address, "text": one.text} for one in messages]
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for message in messages:
            self.stdout.write(f"{message.pk}\t{message.address}\t{message.text}")

    def _note(self, sent: list[int], failed: list[str] | None) -> None:
        ids = [*sent]
        if failed:
            if not failed[0].isdigit() or not failed[1].strip():
                raise CommandError("--failed veut un identifiant, puis un motif.")
            ids.append(int(failed[0]))
        known = OutboxMessage.objects.filter(channel=Channel.SMS, pk__in=ids)
        unknown = sorted(set(ids) - set(known.values_list("pk", flat=True)))
        if unknown:
            raise CommandError(f"SMS inconnus : {', '.join(map(str, unknown))}. Rien n'est noté.")
        noted = sum(note_sent(pk=pk) for pk in sent)
        if failed:
            noted += note_failed(pk=int(failed[0]), reason=failed[1])
        self.stdout.write(f"{noted} noté(s), {len(ids) - noted} l'étai(en)t déjà.")
