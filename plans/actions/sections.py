"""Opens a section of one plan to a role, or closes it again: the school's template is only where it begins."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coedit.actions import open_to
from coedit.models import Text
from plans.actions.hold import PlanError, hold, note
from plans.actions.template import ALWAYS_READ
from plans.defaults import EVERYBODY
from plans.models import Section


@transaction.atomic
def open_section(*, section: Section, readers, by, on: datetime.date) -> Text:
    """From `on` exactly `readers` read the section; who no longer reads no longer writes. Raises PlanError."""
    hold(section.plan)
    if not set(ALWAYS_READ) <= set(readers):
        raise PlanError(_("The student and the adviser always read “%(title)s”.") % {"title": section})
    before = section.text.readers
    readers = [role.value for role in EVERYBODY if role in readers]
    writers = [role for role in section.text.writers if role in readers]
    text = open_to(text=section.text, readers=readers, writers=writers, by=by, on=on)
    note("plans.section.opened", section.plan, by, subject=section, before=before, after=readers)
    return text
