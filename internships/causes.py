"""What a team row says whose cause is a placement."""

from django.utils.translation import gettext as _

from internships.models import Placement


def placements(keys: set[str]) -> dict[str, str]:
    rows = Placement.objects.filter(pk__in=[key for key in keys if key.isdecimal()])
    return {
        str(row.pk): _("internship at %(organisation)s") % {"organisation": row.place}
        for row in rows.select_related("organisation__merged_into")
    }
