import datetime

from bpl.tests.cast import TODAY
from students.models import Enrolment, TeamMember

FALL = datetime.date(2027, 9, 1)


def grades(day=FALL):
    return dict(Enrolment.objects.on(day).values_list("student__user__given_name", "grade"))


def move(client, cast, *names, **becomes):
    client.force_login(cast.lead)
    now = {"sam": "10", "lena": "11"}
    who = [f"{cast.student(name).pk}:{now[name]}" for name in names]
    facts = {"on": "2027-09-01", "done": "1", "who": who}
    facts |= {f"grade-{grade[1:]}": new for grade, new in becomes.items()}
    return client.post(f"/schools/{cast.school.pk}/people/year/", facts, follow=True)


def test_looking_moves_nobody(cast, client):
    client.force_login(cast.lead)
    page = client.get(f"/schools/{cast.school.pk}/people/year/?on=2027-09-01&grade-10=11&grade-11=12").content.decode()
    assert "Sam Okafor" in page and "Lena Brandt" in page and "Omar Haddad" not in page
    assert grades()["Samuel"] == "10"


def test_who_stays_ticked_moves_on_that_day(cast, client):
    move(client, cast, "sam", _10="11", _11="12")
    assert grades() == {"Samuel": "11", "Lena": "11", "Kit": "9", "Omar": "12"}
    assert grades(FALL - datetime.timedelta(days=1))["Samuel"] == "10"


def test_a_double_tap_moves_once(cast, client):
    for _tap in range(2):
        move(client, cast, "sam", "lena", _10="11", _11="12")
    assert grades() == {"Samuel": "11", "Lena": "12", "Kit": "9", "Omar": "12"}


def test_teams_and_advisories_go_on(cast, client):
    before = set(TeamMember.objects.on(TODAY).values_list("pk", flat=True))
    move(client, cast, "sam", _10="11")
    assert set(TeamMember.objects.on(TODAY).values_list("pk", flat=True)) == before
    assert cast.student("sam").seats.on(FALL).exists()


def test_what_was_planned_since_is_said(cast, client):
    sam = cast.student("sam")
    now = sam.enrolments.get()
    now.ends_on = FALL + datetime.timedelta(days=30)
    now.save()
    Enrolment.objects.create(student=sam, grade="12", starts_on=now.ends_on)
    page = move(client, cast, "sam", _10="11").content.decode()
    assert "A later grade of Sam Okafor is already planned." in page and grades()["Samuel"] == "10"
