"""The words of the school's country."""

from django.utils.translation import gettext as _

from schools.models import School


def grade_word(school: School) -> str:
    return _("Year group") if school.system == School.System.ENGLAND else _("Grade")


def emergency_number(school: School) -> str:
    return "999" if school.system == School.System.ENGLAND else "911"
