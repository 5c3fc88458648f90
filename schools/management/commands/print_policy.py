from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from schools.policy import as_markdown

FILE = Path(settings.BASE_DIR) / "docs" / "access.md"


class Command(BaseCommand):
    help = "Print the policy table into docs/access.md; with --check only say whether the file is true."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, check, **options):
        with translation.override("en"):
            words = as_markdown()
        if not check:
            FILE.write_text(words)
        elif not FILE.exists() or FILE.read_text() != words:
            raise CommandError("docs/access.md says something else than schools/roles.py: run manage.py print_policy.")
