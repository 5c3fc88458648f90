"""Who is invited by whom: a letter lets its reader in, so nobody prints one for somebody beyond their reach."""

import datetime

from accounts.models import Link, User
from audit.models import Event
from bpl.tests.cast import NOW, TODAY
from notices.models import Email
from rosters.access import Reach
from rosters.invited import State, described, people
from schools.actions.staff import give_role


def reach(cast, name):
    return Reach(getattr(cast, name), cast.school, TODAY)


def listed(cast, name, **narrowed):
    return set(people(reach(cast, name), NOW, **narrowed).values_list("given_name", flat=True))


def invite(client, cast, by, *users, way="email", **facts):
    client.force_login(by)
    facts |= {"who": [user.pk for user in users], "way": way}
    return client.post(f"/schools/{cast.school.pk}/people/invitations/", facts)


def state(cast, user, now=NOW):
    return described([user], reach(cast, "lead"), now)[0].state


def test_an_adviser_reaches_the_own_students_and_families(cast):
    assert listed(cast, "ada") == {"Samuel", "Lena", "Rosa", "Ngozi", "Mo"}


def test_a_barred_parent_is_not_invited_for_this_child(cast):
    assert "Dan" not in listed(cast, "ada") and "Dan" in listed(cast, "ben")


def test_a_lead_reaches_staff_too(cast):
    assert listed(cast, "lead", group="staff") >= {"Ada", "Ben", "Lee"}
    assert listed(cast, "coordinator", group="staff") == set()


def test_a_parent_with_a_role_anywhere_is_not_an_advisers_to_invite(cast):
    give_role(user=cast.rosa, role="lead", school=cast.other_school, by=cast.stranger, on=TODAY)
    assert "Rosa" not in listed(cast, "ada") | listed(cast, "lead")


def test_it_is_narrowed_to_an_advisory_and_to_families(cast):
    assert listed(cast, "lead", advisory=cast.other_advisory, group="families") == {"Rosa", "Dan"}


def test_chosen_people_get_an_e_mail(cast, client):
    invite(client, cast, cast.ada, cast.rosa, cast.grandma)
    assert set(Email.objects.values_list("address", flat=True)) == {"rosa@example.org", "grandma@example.org"}
    assert state(cast, cast.rosa) == State.INVITED


def test_somebody_beyond_reach_is_left_alone(cast, client):
    invite(client, cast, cast.ada, cast.lead, cast.omar, way="letter")
    assert not Link.objects.exists()


def test_all_who_fit_are_invited_at_once(cast, client):
    client.force_login(cast.ada)
    client.post(f"/schools/{cast.school.pk}/people/invitations/?group=families", {"all": "1", "way": "email"})
    assert set(Link.objects.values_list("user__given_name", flat=True)) == {"Rosa", "Ngozi"}


def test_who_has_no_e_mail_is_named_and_gets_a_letter(cast, client):
    User.objects.filter(pk=cast.grandma.pk).update(email="")
    response = invite(client, cast, cast.ada, cast.grandma)
    assert "has no e-mail address here. Print a letter" in client.get(response["Location"]).content.decode()
    response = invite(client, cast, cast.ada, cast.grandma, way="letter")
    page = client.get(response["Location"]).content.decode()
    assert "Dear Ngozi," in page and Link.objects.get().code[:4] in page


def test_a_letter_is_in_the_persons_language(cast, client):
    response = invite(client, cast, cast.lead, cast.rosa, way="letter")
    assert '<article class="letter page-break stack" lang="es">' in client.get(response["Location"]).content.decode()


def test_letters_print_as_pdf(cast, client):
    response = invite(client, cast, cast.lead, cast.rosa, cast.grandma, way="letter")
    answer = client.get(response["Location"].replace("/letters/", "/letters.pdf"))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_nobody_elses_letters_are_shown(cast, client):
    invite(client, cast, cast.lead, cast.omar, way="letter")
    client.force_login(cast.ada)
    page = client.get(f"/schools/{cast.school.pk}/people/letters/?people={cast.omar.pk}").content.decode()
    assert "No letter to print" in page


def test_who_signs_in_is_not_invited_again(cast, client):
    cast.rosa.set_password("river-and-stone")
    cast.rosa.save()
    response = invite(client, cast, cast.ada, cast.rosa)
    assert "Rosa Okafor signs in already." in client.get(response["Location"]).content.decode()
    assert not Link.objects.exists() and "Rosa" not in listed(cast, "ada")


def test_a_forgotten_password_gets_a_new_code(cast, client):
    cast.sam.email = ""
    cast.sam.set_password("river-and-stone")
    cast.sam.save()
    client.force_login(cast.ada)
    response = client.post(f"/schools/{cast.school.pk}/people/{cast.sam.pk}/invite/", {"do": "letter"})
    assert "Your sign-in name stays" in client.get(response["Location"]).content.decode()


def test_an_old_invitation_shows_as_old_and_is_sent_again(cast, client):
    invite(client, cast, cast.ada, cast.rosa)
    later = NOW + datetime.timedelta(days=40)
    assert state(cast, cast.rosa, later) == State.EXPIRED
    assert set(people(reach(cast, "ada"), later, state="expired")) == {cast.rosa}
    client.post(f"/schools/{cast.school.pk}/people/{cast.rosa.pk}/invite/", {"do": "email"})
    assert Link.objects.filter(user=cast.rosa).count() == 2 and Link.objects.open().count() == 1


def test_an_invitation_is_withdrawn(cast, client):
    invite(client, cast, cast.ada, cast.rosa)
    client.post(f"/schools/{cast.school.pk}/people/{cast.rosa.pk}/invite/", {"do": "withdraw"})
    assert state(cast, cast.rosa) == State.NONE


def test_an_e_mail_that_came_back_is_said(cast, client):
    invite(client, cast, cast.ada, cast.rosa)
    Email.objects.update(given_up_at=NOW, sent_at=None)
    page = client.get(f"/schools/{cast.school.pk}/people/{cast.rosa.pk}/").content.decode()
    assert "could not be delivered: correct the address" in page


def test_an_account_is_closed_and_opened_by_a_lead(cast, client):
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/people/{cast.ben.pk}/account/"
    client.post(address, {"do": "close"})
    cast.ben.refresh_from_db()
    assert cast.ben.closed_at == NOW and state(cast, cast.ben) == State.CLOSED
    client.post(address, {"do": "reopen"})
    cast.ben.refresh_from_db()
    assert cast.ben.closed_at is None


def test_a_letter_takes_nobody_over_who_signs_in_and_has_an_address(cast, client):
    cast.rosa.set_password("a long enough one")
    cast.rosa.save()
    client.force_login(cast.ada)
    client.post(f"/schools/{cast.school.pk}/people/{cast.rosa.pk}/invite/", {"do": "letter"})
    assert not Link.objects.filter(user=cast.rosa).exists()


def test_reading_a_letter_is_written_down(cast, client):
    invite(client, cast, cast.ada, cast.grandma, way="letter")
    client.get(f"/schools/{cast.school.pk}/people/letters/?people={cast.grandma.pk}")
    assert Event.objects.get(action="rosters.letter.read").details["user"] == cast.grandma.pk
