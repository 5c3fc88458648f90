"""The organisations that a school works with."""

from django.db import transaction

from audit.actions import record
from mentors.models import Organisation

FIELDS = ("name", "town", "address", "website", "phone")


@transaction.atomic
def add_organisation(*, school, name: str, by, town="", address="", website="", phone="") -> Organisation:
    organisation = Organisation.objects.create(
        school=school, name=name, town=town, address=address, website=website, phone=phone
    )
    record("mentors.organisation.added", by=by, subject=organisation, school_id=school.pk, name=name)
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, by, **values) -> Organisation:
    """Correct what is held of an organisation; `values` are some of FIELDS."""
    was = {name: getattr(organisation, name) for name in FIELDS if name in values}
    for name in was:
        setattr(organisation, name, values[name])
    organisation.save()
    record(
        "mentors.organisation.changed", by=by, subject=organisation, school_id=organisation.school_id,
        was={name: value for name, value in was.items() if value != values[name]},
    )  # fmt: skip
    return organisation
