"""The organisations that a school works with."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from common.refusals import SaidAtField
from mentors.models import Mentor, Organisation, OrganisationContact

FIELDS = ("name", "town", "address", "website", "phone", "about", "tags", "latitude", "longitude")


class OrganisationError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def add_organisation(*, school, name: str, by, **values) -> Organisation:
    """`values` are some of FIELDS."""
    organisation = Organisation.objects.create(school=school, name=name, **values)
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
        was={name: _plain(value) for name, value in was.items() if value != values[name]},
    )  # fmt: skip
    return organisation


@transaction.atomic
def merge(*, organisation: Organisation, into: Organisation, by) -> Organisation:
    """Both were one all along: `organisation` becomes a tombstone of `into`, whose gaps it fills.

    Mentors, contacts and clearances stay where they are and are read with both; taken apart, each has its own again.
    Raises OrganisationError.
    """
    organisation, into = _lock(organisation), _lock(into)
    if organisation.school_id != into.school_id or organisation.pk == into.pk:
        raise OrganisationError(_("Choose another organisation of this school."), "other")
    if organisation.merged_into_id or into.merged_into_id:
        raise OrganisationError(_("One of the two has been merged meanwhile. Look at it again."), "other")
    # A tombstone of a tombstone would have to be followed on every page.
    Organisation.objects.filter(merged_into=organisation).update(merged_into=into)
    organisation.merged_into = into
    organisation.save(update_fields=["merged_into"])
    change_organisation(organisation=into, by=by, **_filled(into, organisation))
    record(
        "mentors.organisation.merged", by=by, subject=organisation, school_id=into.school_id, into=into.pk,
        name=organisation.name,
    )  # fmt: skip
    return into


@transaction.atomic
def take_apart(*, organisation: Organisation, by) -> Organisation:
    """It was not the same after all. What the other took over from it stays there."""
    organisation = _lock(organisation)
    if organisation.merged_into_id is None:
        raise OrganisationError(_("This organisation is not merged into another."))
    was, organisation.merged_into = organisation.merged_into_id, None
    organisation.save(update_fields=["merged_into"])
    record(
        "mentors.organisation.taken_apart", by=by, subject=organisation, school_id=organisation.school_id, was=was,
        name=organisation.name,
    )  # fmt: skip
    return organisation


@transaction.atomic
def log_contact(
    *, organisation: Organisation, kind: str, by, at: datetime.datetime, note="", mentor: Mentor | None = None,
    key: uuid.UUID | None = None,
) -> OrganisationContact:  # fmt: skip
    """Write a contact down; the same `key` twice is one."""
    _lock(organisation)
    if key is not None and (same := OrganisationContact.objects.filter(key=key).first()):
        return same
    contact = OrganisationContact.objects.create(
        school_id=organisation.school_id, organisation=organisation, mentor=mentor, kind=kind, note=note, at=at, by=by,
        key=key,
    )  # fmt: skip
    record(
        "mentors.contact.logged", by=by, subject=contact, school_id=organisation.school_id, kind=kind,
        organisation=organisation.pk,
    )  # fmt: skip
    return contact


def _lock(organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _filled(into, other) -> dict:
    """What `into` lacks and `other` has."""
    found = {name: getattr(other, name) for name in FIELDS if getattr(into, name) in ("", None)}
    known = {tag.casefold() for tag in into.tag_list}
    more = [tag for tag in other.tag_list if tag.casefold() not in known]
    return found | {"tags": ", ".join([*into.tag_list, *more])[:200]}


def _plain(value):
    return value if isinstance(value, str) or value is None else str(value)
