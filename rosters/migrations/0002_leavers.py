"""Who had left before their leaving opened anything: how is not known, and nobody is asked of itself. Whoever is to stay
in touch is told to the leads at night as a place that is missing (rosters/drift.py), for them to give."""

import datetime

from django.db import migrations


def open_leavers(apps, schema_editor):
    leavers = apps.get_model("outcomes", "Leaver").objects
    enrolments = apps.get_model("students", "Enrolment").objects
    known = set(leavers.filter(taken_back_at__isnull=True).values_list("student", flat=True))
    advisories = set(apps.get_model("advisories", "Advisory").objects.values_list("pk", flat=True))
    standing = apps.get_model("rosters", "Leaving").objects.filter(taken_back_at__isnull=True)
    for leaving in {row.student_id: row for row in standing.order_by("on", "pk")}.values():
        here = enrolments.filter(student=leaving.student_id).exclude(ends_on__lte=leaving.on)
        if leaving.student_id in known or here.exists():
            continue
        seat = leaving.ended.get("advisory")
        leavers.create(
            student_id=leaving.student_id, school_id=leaving.school_id, left_on=leaving.on,
            class_of=_class_of(leaving.on), how="not_known", grade=leaving.grade,
            advisory_id=seat if seat in advisories else None, by_id=leaving.by_id, at=leaving.at,
        )  # fmt: skip


def _class_of(left_on):
    last = left_on - datetime.timedelta(days=1)
    return last.year + (last.month >= 9)


class Migration(migrations.Migration):
    dependencies = [
        ("rosters", "0001_initial"), ("outcomes", "0001_initial"), ("students", "0001_initial"),
        ("advisories", "0001_initial"),
    ]  # fmt: skip

    operations = [migrations.RunPython(open_leavers, migrations.RunPython.noop)]
