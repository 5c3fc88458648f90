import datetime

import factory

from bpl.tests.cast import NOW
from notices.actions import notify
from notices.models import Email, Notice
from students.actions import team
from students.models import TeamMember

AN_HOUR = datetime.timedelta(hours=1)


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    kind = "plans.commented"
    key = factory.Sequence(lambda n: f"plans.commented:{n}")
    title = "A comment on Sam's plan"
    url = "/students/"
    created_at = NOW
    last_at = NOW


class EmailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Email

    address = "rosa@example.org"
    subject = "A comment on Sam's plan"
    text = "See it at /plans/1/"
    created_at = NOW
    held_until = NOW


def mo_leaves_sam(cast):
    cause = TeamMember.objects.get(user=cast.mo, student=cast.student("sam")).cause
    team.leave(cause=cause, student=cast.student("sam"), user=cast.mo, by=cast.lead, on=NOW.date())


def tell(cast, *people, **facts):
    """Ada does something on Sam's plan that these people should know."""
    given = {
        "kind": "plans.commented", "title": "A comment on Sam's plan", "url": "/plans/1/", "by": cast.ada,
        "key": "plans.commented:1", "school_id": cast.school.pk, "student_id": cast.student("sam").pk, "now": NOW,
    }  # fmt: skip
    notify(people=people, **{**given, **facts})
