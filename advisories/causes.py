"""What a team row says whose cause is an advisory."""

from django.utils.translation import gettext as _

from advisories.models import Advisory


def advisories(keys: set[str]) -> dict[str, str]:
    rows = Advisory.objects.filter(pk__in=[key for key in keys if key.isdecimal()])
    return {str(row.pk): _("has %(advisory)s") % {"advisory": row} for row in rows}
