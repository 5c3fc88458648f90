from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether somebody went straight on from one enrolment to the next is asked for each student of a school."""

    dependencies = [("students", "0001_initial")]

    operations = [
        migrations.AddIndex("enrolment", models.Index(fields=["student", "ends_on"], name="enrolment_by_end")),
    ]
