"""The homes in which a student lives, some of the time or always."""

from django.db import transaction

from audit.actions import record
from students.models import Home, Student


@transaction.atomic
def add_home(*, student: Student, by, name="", address="", phone="") -> Home:
    home = Home.objects.create(school_id=student.school_id, name=name, address=address, phone=phone)
    record("students.home.added", by=by, subject=home, school_id=student.school_id, student_id=student.pk)
    return home


@transaction.atomic
def change_home(*, home: Home, student: Student, by, name: str, address: str, phone: str) -> Home:
    """Correct a home; it changes for every student who lives there."""
    home.name, home.address, home.phone = name, address, phone
    home.save(update_fields=["name", "address", "phone"])
    record("students.home.changed", by=by, subject=home, school_id=student.school_id, student_id=student.pk)
    return home
