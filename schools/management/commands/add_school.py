from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.actions.links import LinkError, invite
from accounts.actions.people import PersonError
from accounts.models import Link
from schools.actions.school import SchoolError, add_school, name_lead
from schools.actions.staff import StaffRoleError
from schools.models import School


class Command(BaseCommand):
    help = "Add a school with its learning goals and attendance codes, and invite its first lead by e-mail."

    def add_arguments(self, parser):
        parser.add_argument("name", help="the school's name")
        parser.add_argument("--time-zone", required=True, help="for example America/New_York")
        parser.add_argument("--system", choices=School.System.values, default=School.System.UNITED_STATES)
        parser.add_argument("--place", default="", help="the town")
        parser.add_argument("--language", default="en", help="of letters and e-mails, where a person chose none")
        parser.add_argument("--network", default="", help="the network it belongs to; made where there is none yet")
        parser.add_argument("--lead-email", required=True)
        parser.add_argument("--lead-given-name", required=True)
        parser.add_argument("--lead-family-name", default="")

    def handle(self, *args, name, time_zone, system, place, language, network, **options):
        try:
            with transaction.atomic():
                school = add_school(
                    name=name, time_zone=time_zone, system=system, place=place, language=language, network=network,
                    by=None,
                )  # fmt: skip
                lead = self._lead(school, **options)
        except (SchoolError, PersonError, StaffRoleError, LinkError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{school.name} is school {school.pk}. {lead.name} leads it.")
        told = "signs in already." if lead.can_sign_in else f"has an invitation on its way to {lead.email}."
        self.stdout.write(f"{lead.called} {told}")

    def _lead(self, school, *, lead_email, lead_given_name, lead_family_name, **_options):
        lead = name_lead(
            school=school, given_name=lead_given_name, family_name=lead_family_name, email=lead_email, by=None,
            on=school.today(),
        )  # fmt: skip
        if not lead.can_sign_in:
            invite(user=lead, way=Link.Way.EMAIL, by=None, school_id=school.pk, now=timezone.now())
        return lead
