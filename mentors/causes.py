"""What a team row says whose cause is a mentorship."""

from django.utils.translation import gettext as _

from mentors.models import Mentorship


def mentorships(keys: set[str]) -> dict[str, str]:
    rows = Mentorship.objects.filter(pk__in=[key for key in keys if key.isdecimal()])
    return {
        str(row.pk): _("mentor at %(organisation)s") % {"organisation": row.mentor.organisation.current}
        for row in rows.select_related("mentor__organisation__merged_into")
    }
