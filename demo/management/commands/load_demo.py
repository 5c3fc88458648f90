import datetime
import zoneinfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from demo.load import load_network, load_school
from demo.network import SCHOOLS
from demo.schools import PASSWORD


class Command(BaseCommand):
    help = "Load the demo schools. Refuses a database that holds real people, and any site without DEBUG."

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=["school", "network"], default="school")
        parser.add_argument("--schools", type=int, default=SCHOOLS, help="of a network, beside the two told ones")
        parser.add_argument(
            "--thin", type=int, default=1, help="of a network, only every so manieth of what a student has many of"
        )
        parser.add_argument(
            "--today", type=datetime.date.fromisoformat, default=None, help="pretend that this is today"
        )

    @transaction.atomic
    def handle(self, *, size, today, schools=SCHOOLS, thin=1, **options):
        if not settings.DEMO:
            raise CommandError("Demo people have a known password: they may exist only where DEBUG is set.")
        if User.objects.filter(is_demo=False).exists():
            raise CommandError("This database holds real people. Load the demo into an empty one.")
        if User.objects.exists():
            raise CommandError("The demo is already here.")
        # The first school's day: a demo loaded in the evening must not hold tomorrow's circles.
        today = today or datetime.datetime.now(zoneinfo.ZoneInfo("America/New_York")).date()
        if size == "network":
            load_network(today=today, tell=self.stdout.write, more=schools, thin=thin)
        else:
            load_school(today=today, tell=self.stdout.write)
        self.stdout.write(f"Everybody's password is {PASSWORD}.")
