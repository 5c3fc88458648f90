"""The notes of meetings that are there already become those of the people who are invited, as new ones begin."""

from django.db import migrations

# As in plans/actions/meetings.py on the day of this migration.
ALWAYS = {"student", "adviser", "cover", "coordinator", "lead", "safeguarding"}


def narrow(apps, schema_editor):
    TeamMember = apps.get_model("students", "TeamMember")
    for meeting in apps.get_model("plans", "Meeting").objects.select_related("notes").prefetch_related("invitations"):
        notes, day = meeting.notes, meeting.called_at.date().isoformat()
        people = {role: {} for role in notes.readers if role not in ALWAYS}
        invited = [row.user_id for row in meeting.invitations.all() if row.withdrawn_at is None]
        places = TeamMember.objects.filter(student=notes.student_id, user__in=invited, role__in=people)
        for role, user_id in places.values_list("role", "user_id"):
            people[role][str(user_id)] = day
        notes.people = people
        notes.save(update_fields=["people"])


class Migration(migrations.Migration):
    dependencies = [("coedit", "0002_people"), ("plans", "0001_initial"), ("students", "0001_initial")]

    operations = [migrations.RunPython(narrow, migrations.RunPython.noop, elidable=True)]
