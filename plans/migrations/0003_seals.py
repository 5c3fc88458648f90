"""Versions that are there get salts and seals, and their signatures with them (plans/content.py)."""

from django.db import migrations

from plans.content import salted, seal


def put_on(apps, schema_editor):
    for version in apps.get_model("plans", "PlanVersion").objects.prefetch_related("signatures").iterator(100):
        version.content = salted(version.content)
        version.hash = seal(version.content)
        version.save(update_fields=["content", "hash"])
        for signature in version.signatures.all():
            sections = [part for part in version.content["sections"] if part["key"] in signature.sections]
            signature.hash = seal(version.content | {"sections": sections})
            signature.save(update_fields=["hash"])


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_notes_of_those_invited")]

    operations = [migrations.RunPython(put_on, migrations.RunPython.noop, elidable=True)]
