"""People are written down with whatever names they have."""

import pytest

from accounts.actions.people import PersonError, add_person, change_contact, change_name
from accounts.models import User
from accounts.sign_in_names import suggest
from accounts.tests.factories import mailed
from audit.models import Event
from bpl.tests.cast import NOW
from notices.models import Email


def add(cast, **given):
    return add_person(by=cast.ada, school_id=cast.school.pk, **{"given_name": "Robin", **given})


@pytest.mark.parametrize(
    ("given", "family"), [("O", ""), ("x" * 200, "y" * 200), ("小明", "王"), ("أمل", ""), ("각" * 200, "각" * 200)]
)
def test_any_name_is_taken_and_found_again(cast, given, family):
    user = add(cast, given_name=given, family_name=family)
    assert user in User.objects.matching(given[:10])
    assert user.full_name == f"{given} {family}".strip()


def test_a_new_person_cannot_sign_in(cast):
    user = add(cast, email=" Robin@Example.ORG ")
    assert not user.can_sign_in and user.username is None
    assert user.email == "robin@example.org"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"given_name": "  "}, "given_name"),
        ({"given_name": "x" * 201}, "given_name"),
        ({"email": "robin at home"}, "email"),
        ({"phone": "1" * 41}, "phone"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_is_wrong_names_its_field(cast, given, field):
    with pytest.raises(PersonError) as refusal:
        add(cast, **given)
    assert refusal.value.field == field


def test_two_parents_may_share_an_address(cast):
    first, second = (add(cast, given_name=name, email="home@example.org") for name in ("Rosa", "Dan"))
    assert set(User.objects.with_email("HOME@example.org")) == {first, second}


def test_a_corrected_name_is_found_and_its_words_are_not_logged(cast):
    change_name(user=cast.sam, by=cast.ada, family_name="Okafór", school_id=cast.school.pk)
    assert cast.sam in User.objects.matching("okafor")
    event = Event.objects.get(action="accounts.name.changed")
    assert event.details == {"fields": ["family_name"]}


def test_nothing_changed_is_not_written_down(cast):
    change_name(user=cast.sam, by=cast.ada, preferred_name="Sam")
    assert not Event.objects.filter(action="accounts.name.changed").exists()


def test_a_refused_change_leaves_the_person_as_they_were(cast):
    with pytest.raises(PersonError):
        change_contact(user=cast.sam, by=cast.ada, now=NOW, email="sam at home")
    assert cast.sam.email == "sam@example.org"


def test_a_changed_address_ends_links_to_the_old_one_and_tells_it(cast):
    link, _token = mailed(cast.sam, cast.ada, cast.school)
    change_contact(user=cast.sam, by=cast.ada, now=NOW, email="new@example.org", school_id=cast.school.pk)
    link.refresh_from_db()
    assert link.revoked_at == NOW
    assert Email.objects.filter(address="sam@example.org", subject__icontains="address").exists()


@pytest.mark.parametrize(
    ("given", "family", "name"),
    [("Sam", "Okafor", "sam.okafor"), ("Ngozi", "", "ngozi"), ("Zoë", "O'Brien-Núñez", "zoe.obriennunez"),
     ("O", "", "o1"), ("小明", "王", "小明.王"), ("!", "", "me1")],
)  # fmt: skip
def test_a_name_to_begin_with_is_made_from_what_they_are_called(given, family, name):
    assert suggest(User(given_name=given, family_name=family), lambda name: False) == name
