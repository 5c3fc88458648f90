"""A learner profile holds what a student has shown and chose, and opens to others by a link that can be taken back."""

import datetime
import io
from dataclasses import replace

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions.closing import close_account
from audit.models import Event
from bpl.tests.cast import NOW, TODAY
from coedit.tests.factories import a_text
from exhibitions.actions import evidence as of_evidence
from exhibitions.actions.exhibitions import name_it, put_in
from exhibitions.actions.profile import (
    ProfileError,
    choose,
    move,
    revoke,
    say,
    share,
    tell_about,
    unchoose,
)
from exhibitions.development import development
from exhibitions.models import About, Chosen, Evidence, Narrative, Share
from exhibitions.profile import ready
from exhibitions.sharing import secret_of
from exhibitions.tests.factories import (
    a_choice,
    a_file,
    a_link,
    a_narrative,
    a_past_exhibition,
    a_share,
    an_agreed,
    an_exhibition,
)
from files.tests.factories import a_jpeg
from internships.models import SiteDay
from internships.tests.factories import a_begun_placement, a_placement
from schools.actions.rubric import change_rubric
from schools.rubrics import words_of

DAY = datetime.timedelta(days=1)


def page(cast, rest="", student="sam"):
    return f"/students/{cast.student(student).pk}/profile/{rest}"


def outside(link, rest=""):
    return f"/profiles/{secret_of(link)}/{rest}"


def read(client, address):
    return client.get(address).content.decode()


def goal(cast, key="empirical"):
    return cast.school.goals.get(key=key)


def a_release(cast, exhibition, markdown, number=1) -> Narrative:
    return Narrative.objects.create(
        exhibition=exhibition, number=number, text=a_text(cast, markdown), begun_by=cast.ada, begun_at=NOW,
        released_by=cast.ada, released_at=NOW,
    )  # fmt: skip


def with_other_levels(cast, *levels):
    """The school's rubric from now on has these levels."""
    rubric = cast.school.rubrics.get(is_current=True)
    words = words_of(rubric)
    criteria = tuple(replace(one, words=("",) * len(levels)) for one in words.criteria)
    words = replace(words, levels=levels, criteria=criteria)
    return change_rubric(school=cast.school, words=words, base_version=rubric.version, by=cast.lead, now=NOW)


# How the goals developed


def test_the_goals_stand_by_exhibition_in_order_of_time_with_what_was_shown_for_them(cast, client):
    now, before = an_exhibition(cast), a_past_exhibition(cast)
    hull, other = a_file(cast, name="The hull.jpg"), a_link(cast, title="My talk")
    hull.goals.set([goal(cast)])
    other.goals.set([goal(cast, "communication")])
    for one in (hull, other):
        put_in(exhibition=now, evidence=one, by=cast.sam)
    for exhibition, rank in ((now, 3), (before, 2)):
        an_agreed(exhibition, rank=rank)
    an_agreed(now, "motivation", None)
    found = development(cast.student("sam"), ready(cast.student("sam")))
    assert found.exhibitions == [before, now]
    empirical, motivation = found.lines
    assert [cell.step.level.name for cell in empirical.cells] == ["Developing", "Proficient"]
    assert [cell.step.evidence for cell in empirical.cells] == [[], [hull]]
    assert motivation.cells[0].step is None and motivation.cells[1].step.level is None
    client.force_login(cast.ada)
    shown = read(client, page(cast))
    assert shown.index("Spring exhibitions") < shown.index("Winter exhibitions")
    assert "Proficient" in shown and "not enough evidence" in shown and "not judged then" in shown
    assert f"/evidence/{hull.pk}/" in shown and "(3 of 4)" not in shown


def test_a_judgement_that_was_corrected_is_shown_as_it_stands(cast, client):
    exhibition = an_exhibition(cast)
    an_agreed(exhibition, rank=4)
    an_agreed(exhibition, rank=2)
    withdrawn = an_agreed(exhibition, "communication", rank=4)
    withdrawn.replaced_at = NOW
    withdrawn.save()
    client.force_login(cast.sam)
    shown = client.get(page(cast), headers={"Accept-Language": "en"}).context["profile"].development
    assert [cell.step.level.rank for line in shown.lines for cell in line.cells] == [2]


def test_a_rubric_of_years_ago_with_other_levels_says_how_many_it_had(cast, client):
    before = a_past_exhibition(cast)
    with_other_levels(cast, "Not yet", "Meets", "Exceeds")
    now = an_exhibition(cast)
    an_agreed(before, rank=3)
    an_agreed(now, rank=2)
    client.force_login(cast.sam)
    shown = read(client, page(cast))
    assert "Proficient (3 of 4)" in shown and "Meets (2 of 3)" in shown
    line = development(cast.student("sam"), ready(cast.student("sam"))).lines[0]
    assert len(line.cells) == 2 and [len(cell.step.bars) for cell in line.cells] == [4, 3]


def test_it_costs_the_same_however_many_exhibitions_there_were(cast, client):
    def cost(address):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def one_more(number):
        first = cast.last_term.starts_on + 7 * number * DAY
        exhibition = a_past_exhibition(cast, f"Week {number}", first=first)
        photo = a_file(cast, name=f"{number}.jpg")
        photo.goals.set([goal(cast)])
        put_in(exhibition=exhibition, evidence=photo, by=cast.sam)
        an_agreed(exhibition)
        choose(student=cast.student("sam"), thing=photo, by=cast.sam, now=NOW)
        choose(student=cast.student("sam"), thing=exhibition, by=cast.sam, now=NOW)
        choose(
            student=cast.student("sam"), thing=a_release(cast, exhibition, "Went well."), by=cast.sam, now=NOW
        )  # fmt: skip

    link = a_share(cast)
    choose(student=cast.student("sam"), thing=a_begun_placement(cast), by=cast.sam, now=NOW)
    one_more(0)
    client.force_login(cast.sam)
    addresses = [page(cast), page(cast, "print/"), outside(link)]
    few = [cost(address) for address in addresses * 2][3:]
    for number in range(1, 6):
        one_more(number)
    assert [cost(address) for address in addresses] == few


def test_only_the_students_own_exhibitions_are_in_it(cast):
    an_agreed(an_exhibition(cast, "lena"))
    assert development(cast.student("sam"), ready(cast.student("sam"))).lines == []


# What the student chooses


def test_a_student_puts_it_together_and_says_why(cast, client):
    client.force_login(cast.sam)
    photo, link = a_file(cast, name="The hull.jpg"), a_link(cast)
    exhibition = an_exhibition(cast)
    name_it(exhibition=exhibition, title="A boat that floats", by=cast.sam)
    put_in(exhibition=exhibition, evidence=photo, by=cast.sam)
    placement = a_begun_placement(cast)
    SiteDay.objects.create(
        school=cast.school, student=placement.student, placement=placement, date=TODAY, minutes=330, confirmed_at=NOW,
        confirmed_by=cast.mo,
    )  # fmt: skip
    narrative = a_release(cast, exhibition, "Sam measures twice.")
    for what in (photo, link, exhibition, placement, narrative):
        kind = what._meta.model_name
        client.post(page(cast, "choose/"), {"what": f"{kind}:{what.pk}"})
    rows = list(Chosen.objects.all())
    client.post(page(cast, f"{rows[0].pk}/words/"), {"words": "I built it twice."})
    client.post(page(cast, "about/"), {"words": "I like things that float.", "shows_goals": "on"})
    client.post(page(cast, "arrange/"), {"do": f"down:{rows[0].pk}"})
    client.post(page(cast, "arrange/"), {"do": f"up:{rows[4].pk}"})
    client.force_login(cast.ada)
    shown = read(client, page(cast))
    order = [
        "I like things that float.", "My film", "I built it twice.", "A boat that floats", "Sam measures twice.",
        "Blackstone Boats", "5:30 hours on site",
    ]  # fmt: skip
    assert [shown.index(words) for words in order] == sorted(shown.index(words) for words in order)
    assert "Put it in" not in shown and "Say why it is here" not in shown
    said = list(Event.objects.filter(action__startswith="exhibitions.profile.").values_list("action", flat=True))
    assert len(said) == 9 and all(Event.objects.filter(actor=cast.sam, action=one).exists() for one in said)


def test_what_can_be_chosen_is_offered_and_what_is_chosen_is_not(cast, client):
    client.force_login(cast.sam)
    a_file(cast, name="draft.jpg", ready=False)
    a_placement(cast, on=(4,))
    photo = a_file(cast, name="hull.jpg")
    offers = client.get(page(cast)).context["offers"]
    assert [(offer["kind"], offer["things"]) for offer in offers] == [("evidence", [photo])]
    client.post(page(cast, "choose/"), {"what": f"evidence:{photo.pk}"})
    assert client.get(page(cast)).context["offers"] == []


def test_what_is_not_ready_or_not_theirs_cannot_be_chosen(cast, client):
    sam, exhibition = cast.student("sam"), an_exhibition(cast)
    gone = a_link(cast)
    of_evidence.remove(evidence=gone, by=cast.sam, now=NOW)
    gone.refresh_from_db()
    unreleased = Narrative.objects.create(exhibition=exhibition, text=a_text(cast), begun_by=cast.ada, begun_at=NOW)
    for thing in (a_file(cast, ready=False), gone, a_placement(cast), unreleased):
        with pytest.raises(ProfileError, match="not ready"):
            choose(student=sam, thing=thing, by=cast.sam, now=NOW)
    for thing in (a_file(cast, "lena"), an_exhibition(cast, "lena")):
        with pytest.raises(ProfileError, match="not this student's"):
            choose(student=sam, thing=thing, by=cast.sam, now=NOW)
    client.force_login(cast.sam)
    for what in (f"evidence:{a_file(cast, 'lena').pk}", f"narrative:{unreleased.pk}", "evidence:x", "user:1", ""):
        assert client.post(page(cast, "choose/"), {"what": what}).status_code == 404
    assert not Chosen.objects.exists()


def test_there_is_an_end_to_it(cast, client, monkeypatch):
    monkeypatch.setattr("exhibitions.actions.profile.MOST", 1)
    a_choice(cast)
    client.force_login(cast.sam)
    shown = client.post(page(cast, "choose/"), {"what": f"evidence:{a_link(cast).pk}"}, follow=True).content.decode()
    assert "which is as much as anybody reads" in shown and Chosen.objects.count() == 1


def test_the_same_twice_is_once(cast):
    photo = a_file(cast)
    assert a_choice(cast, photo) == a_choice(cast, photo)
    exhibition = an_exhibition(cast)
    first = a_choice(cast, a_release(cast, exhibition, "One."))
    assert a_choice(cast, a_release(cast, exhibition, "Two.", number=2)) == first
    unchoose(chosen=first, by=cast.sam)
    unchoose(chosen=first, by=cast.sam)
    say(chosen=Chosen.objects.get(), words="", by=cast.sam)
    tell_about(student=cast.student("sam"), words="", shows_goals=True, by=cast.sam)
    tell_about(student=cast.student("sam"), words="", shows_goals=True, by=cast.sam)
    link = a_share(cast)
    assert a_share(cast) == link
    revoke(share=link, by=cast.sam, now=NOW)
    revoke(share=link, by=cast.sam, now=NOW)
    assert a_share(cast) != link
    actions = Event.objects.filter(action__startswith="exhibitions.profile.").values_list("action", flat=True)
    assert sorted(one.rpartition(".")[2] for one in actions) == [
        "chosen", "chosen", "revoked", "shared", "shared", "taken_out", "told",
    ]  # fmt: skip


def test_what_is_hidden_does_not_stand_in_the_way_of_the_order(cast):
    a, b, c = (a_choice(cast, a_link(cast, title=title)) for title in "abc")
    Evidence.objects.filter(pk=b.evidence_id).update(ready_at=None)
    move(chosen=c, by_places=-1, by=cast.sam)
    move(chosen=c, by_places=-1, by=cast.sam)
    move(chosen=b, by_places=-1, by=cast.sam)
    assert list(Chosen.objects.all()) == [c, a, b]


def test_a_correction_takes_the_place_of_what_it_corrects(cast, client):
    exhibition = an_exhibition(cast)
    a_choice(cast, a_release(cast, exhibition, "Sam came late."))
    a_release(cast, exhibition, "Sam came in time.", number=2)
    for person, address in ((cast.ada, page(cast)), (None, outside(a_share(cast)))):
        if person:
            client.force_login(person)
        else:
            client.logout()
        shown = read(client, address)
        assert "Sam came in time." in shown and "Sam came late." not in shown


def test_words_that_are_too_long_stay_to_be_shortened(cast, client):
    chosen = a_choice(cast)
    client.force_login(cast.sam)
    for rest in ("about/", f"{chosen.pk}/words/"):
        answer = client.post(page(cast, rest), {"words": "word " * 1000})
        assert answer.status_code == 200 and "word word word" in answer.content.decode()
    chosen.refresh_from_db()
    assert chosen.words == "" and not About.objects.exists()


@pytest.mark.parametrize("who", ["ada", "rosa", "lead", "mo", "cover"])
def test_nobody_else_puts_it_together(cast, client, who):
    chosen, link = a_choice(cast), a_share(cast)
    client.force_login(cast.people[who])
    for rest, said in (
        ("choose/", {"what": f"evidence:{a_link(cast).pk}"}), ("arrange/", {"do": f"out:{chosen.pk}"}),
        ("about/", {"words": "x"}), (f"{chosen.pk}/words/", {"words": "x"}), ("share/", {"label": "x"}),
        (f"share/{link.pk}/revoke/", {}),
    ):  # fmt: skip
        assert client.post(page(cast, rest), said).status_code == 403, rest
    assert client.get(page(cast, "share/")).status_code == 403
    assert Chosen.objects.get() == chosen and Share.objects.get().revoked_at is None


@pytest.mark.parametrize("who", ["former_mentor", "dan", "lena", "stranger", "network_lead", "ben"])
def test_nobody_outside_the_team_has_it_by_guessing(cast, client, who):
    chosen, link = a_choice(cast), a_share(cast)
    client.force_login(cast.people[who])
    for rest in ("", "print/", "profile.pdf", "share/"):
        assert client.get(page(cast, rest)).status_code == 404
    for rest in ("choose/", "arrange/", "about/", f"{chosen.pk}/words/", f"share/{link.pk}/revoke/"):
        assert client.post(page(cast, rest), {"do": f"out:{chosen.pk}"}).status_code == 404


def test_another_students_rows_cannot_be_reached_through_ones_own(cast, client):
    chosen, link = a_choice(cast, student="lena"), a_share(cast, "lena")
    client.force_login(cast.sam)
    assert client.post(page(cast, f"{chosen.pk}/words/"), {"words": "x"}).status_code == 404
    assert client.post(page(cast, f"share/{link.pk}/revoke/")).status_code == 404
    client.post(page(cast, "arrange/"), {"do": f"out:{chosen.pk}"})
    assert Chosen.objects.filter(pk=chosen.pk).exists() and Share.objects.get().revoked_at is None


# The link


def test_who_has_the_link_sees_the_profile_and_no_more(cast, client):
    exhibition = an_exhibition(cast)
    name_it(exhibition=exhibition, title="A boat that floats", by=cast.sam)
    photo, secret = a_file(cast, name="The hull.jpg"), a_link(cast, title="My secret film")
    for one in (photo, secret):
        one.goals.set([goal(cast)])
        put_in(exhibition=exhibition, evidence=one, by=cast.sam)
    an_agreed(exhibition, words="Rosa agrees.")
    a_narrative(cast, exhibition, released=True)
    home = a_link(cast, by=cast.rosa, role="parent", title="Baking bread")
    for thing in (photo, exhibition, home, a_begun_placement(cast)):
        a_choice(cast, thing)
    link = a_share(cast)
    answer = client.get(outside(link))
    shown = answer.content.decode()
    for words in (
        "Sam Okafor",
        "Riverside",
        "The hull",
        "A boat that floats",
        "Proficient",
        "Baking bread",
        "Blackstone Boats",
    ):
        assert words in shown, words
    for words in ("My secret film", "Rosa", "Mo ", "Alvarez", "@", "Brown University", "/students/"):
        assert words not in shown, words
    assert answer["X-Robots-Tag"] == "noindex, nofollow" and answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    for rest in ("file/", "small/"):
        found = client.get(outside(link, f"evidence/{photo.pk}/{rest}"))
        assert found.getvalue().startswith(b"\xff\xd8") and found["Referrer-Policy"] == "no-referrer"
        assert f"/evidence/{photo.pk}/{rest}" in shown
    assert client.get(outside(link, f"evidence/{secret.pk}/file/")).status_code == 404


def test_levels_are_in_it_only_where_the_student_shows_them(cast, client):
    exhibition = an_exhibition(cast)
    an_agreed(exhibition)
    a_choice(cast, exhibition)
    tell_about(student=cast.student("sam"), words="", shows_goals=False, by=cast.sam)
    assert "Proficient" not in read(client, outside(a_share(cast)))
    client.force_login(cast.ada)
    assert "Proficient" not in read(client, page(cast, "print/"))
    shown = read(client, page(cast))
    assert "Proficient" in shown and "the team alone sees it" in shown


def test_a_secret_that_is_guessed_opens_nothing(cast, client):
    link = a_share(cast)
    assert client.get(f"/profiles/{'a' * 43}/").status_code == 404
    assert client.get(f"/profiles/{link.digest}/").status_code == 404
    assert client.get(f"/profiles/{link.seed}/").status_code == 404
    assert client.post(outside(link)).status_code == 405


def test_a_link_ends_when_it_is_taken_back_or_its_day_is_over(cast, client, monkeypatch):
    photo, link = a_file(cast), a_share(cast, until=TODAY + DAY)
    a_choice(cast, photo)
    # It is still that day at the school, where it is 23:30.
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: datetime.datetime(2026, 11, 26, 4, 30, tzinfo=datetime.UTC)
    )
    assert client.get(outside(link)).status_code == 200
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime.datetime(2026, 11, 26, 5, 1, tzinfo=datetime.UTC))
    _has_ended(client, link, photo)
    other = share(
        student=cast.student("sam"), label="b", until=TODAY + 9 * DAY, by=cast.sam, on=TODAY + 2 * DAY, now=NOW
    )
    assert client.get(outside(other)).status_code == 200
    client.force_login(cast.sam)
    client.post(page(cast, f"share/{other.pk}/revoke/"))
    client.logout()
    _has_ended(client, other, photo)


def _has_ended(client, link, photo):
    answer = client.get(outside(link))
    assert answer.status_code == 410 and "This link has ended" in answer.content.decode()
    assert "Sam" not in answer.content.decode() and "Okafor" not in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    for rest in ("profile.pdf", f"evidence/{photo.pk}/file/", f"evidence/{photo.pk}/small/"):
        assert client.get(outside(link, rest)).status_code == 410


def test_a_link_ends_with_the_students_account(cast, client):
    link = a_share(cast)
    close_account(user=cast.sam, by=cast.lead, now=NOW)
    assert client.get(outside(link)).status_code == 410


def test_another_links_secret_opens_nothing_of_this_student(cast, client):
    chosen, other = a_choice(cast), a_share(cast, "lena")
    a_share(cast)
    for rest in ("file/", "small/"):
        assert client.get(outside(other, f"evidence/{chosen.evidence_id}/{rest}")).status_code == 404


def test_evidence_that_is_taken_out_or_a_draft_again_is_gone_at_once(cast, client):
    link, photo, film = a_share(cast), a_file(cast, name="The hull.jpg"), a_link(cast)
    for one in (photo, film):
        a_choice(cast, one)
    shown = read(client, outside(link))
    assert "The hull" in shown and "My film" in shown
    Evidence.objects.filter(pk=film.pk).update(ready_at=None)
    of_evidence.remove(evidence=photo, by=cast.sam, now=NOW)
    shown = read(client, outside(link))
    assert "The hull" not in shown and "My film" not in shown
    assert client.get(outside(link, f"evidence/{photo.pk}/file/")).status_code == 404
    assert client.get(outside(link, f"evidence/{photo.pk}/small/")).status_code == 404
    client.force_login(cast.sam)
    assert "My film" not in read(client, page(cast)).partition("Choose what is in it")[0]


def test_what_is_no_longer_chosen_is_no_longer_served(cast, client):
    link, chosen = a_share(cast), a_choice(cast)
    address = outside(link, f"evidence/{chosen.evidence_id}/file/")
    assert client.get(address).status_code == 200
    unchoose(chosen=chosen, by=cast.sam)
    assert client.get(address).status_code == 404


def test_openings_are_counted_once_a_browser_and_day(cast, client, monkeypatch):
    link = a_share(cast)

    def opened():
        link.refresh_from_db()
        return link.opened

    client.head(outside(link))
    client.get(outside(link), headers={"Sec-Purpose": "prefetch"})
    client.get(outside(link, "profile.pdf"))
    assert opened() == 0
    answer = client.get(outside(link))
    cookie = answer.cookies["profile"]
    assert cookie["path"] == outside(link) and cookie["httponly"]
    client.get(outside(link))
    assert opened() == 1 and link.last_opened_at == NOW
    Client().get(outside(link))
    assert opened() == 2
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + DAY)
    client.get(outside(link))
    client.get(outside(link))
    assert opened() == 3 and link.last_opened_at == NOW + DAY
    # A cookie that was written by hand says nothing.
    client.cookies["profile"] = f"{link.pk} {TODAY + DAY}"
    client.get(outside(link))
    assert opened() == 4


@pytest.mark.parametrize(
    ("who", "times"), [("sam", 0), ("ada", 0), ("ben", 0), ("rosa", 0), ("lena", 1), ("stranger", 1)]
)
def test_the_students_own_visits_and_the_schools_are_not_counted(cast, client, who, times):
    link = a_share(cast)
    client.force_login(cast.people[who])
    assert client.get(outside(link)).status_code == 200
    link.refresh_from_db()
    assert link.opened == times


def test_the_student_sees_the_links_and_how_often_each_was_opened(cast, client):
    client.force_login(cast.sam)
    said = {"label": "Brown University", "until": (TODAY + 9 * DAY).isoformat()}
    for _tap in range(2):
        client.post(page(cast, "share/"), said)
    link = Share.objects.get()
    shown = read(client, page(cast, "share/"))
    assert f'data-copy="http://testserver{outside(link)}"' in shown and "Not opened yet." in shown
    for _visitor in range(2):
        Client().get(outside(link))
    shown = read(client, page(cast, "share/"))
    assert "Opened 2 times, last on" in shown and "Programs that check links" in shown
    client.post(page(cast, f"share/{link.pk}/revoke/"))
    shown = read(client, page(cast, "share/"))
    assert "taken back on" in shown and outside(link) not in shown and secret_of(link) not in shown


def test_what_is_stored_of_a_link_leads_nowhere_without_the_sites_key(cast, client, settings):
    link = a_share(cast)
    address = outside(link)
    assert secret_of(link) not in (link.seed, link.digest)
    settings.SECRET_KEY = "another"
    assert secret_of(link) is None and client.get(address).status_code == 200
    client.force_login(cast.sam)
    assert "cannot be shown again" in read(client, page(cast, "share/"))


@pytest.mark.parametrize(
    ("until", "words"),
    [(TODAY, "Choose a day after today."), (TODAY + 400 * DAY, "A link lasts a year at most."), ("soon", "soon")],
)
def test_a_link_lasts_from_a_day_to_a_year(cast, client, until, words):
    client.force_login(cast.sam)
    answer = client.post(page(cast, "share/"), {"label": "Brown", "until": str(until)})
    assert words in answer.content.decode() and not Share.objects.exists()


# Paper


def words_of_pdf(answer) -> str:
    assert answer["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(io.BytesIO(answer.content)) as document:
        return " ".join(one.get_textpage().get_text_bounded() for one in document).replace("\r\n", " ")


def test_paper_is_as_good_as_the_page(cast, client):
    exhibition, photo = an_exhibition(cast), a_file(cast, name="The hull.jpg", data=a_jpeg(400, 300))
    photo.goals.set([goal(cast)])
    put_in(exhibition=exhibition, evidence=photo, by=cast.sam)
    an_agreed(exhibition)
    for thing in (photo, a_link(cast), a_release(cast, exhibition, "Sam measures **twice**.")):
        say(chosen=a_choice(cast, thing), words="I built it <twice>.", by=cast.sam)
    tell_about(student=cast.student("sam"), words="I like things that float.", shows_goals=True, by=cast.sam)
    said = (
        "Learner profile of Sam Okafor", "I like things that float.", "I built it <twice>.", "Proficient", "The hull",
        "https://example.org/film", "Sam measures twice.",
    )  # fmt: skip
    link = a_share(cast)
    for address in (outside(link, "profile.pdf"), page(cast, "profile.pdf")):
        answer = client.get(address)
        found = words_of_pdf(answer)
        assert [one for one in said if one not in found] == [], address
        with pypdfium2.PdfDocument(io.BytesIO(answer.content)) as document:
            pictures = [one for leaf in document for one in leaf.get_objects() if one.type == 3]
        assert len(pictures) == 1
        client.force_login(cast.ada)
    shown = read(client, page(cast, "print/"))
    assert f"/evidence/{photo.pk}/small/" in shown and "https://example.org/film" in shown
    assert 'href="https://example.org/film"' not in shown


def test_many_exhibitions_fit_on_paper(cast, client):
    for number in range(6):
        first = cast.last_term.starts_on + 7 * number * DAY
        an_agreed(a_past_exhibition(cast, f"Week {number}", first=first))
    client.force_login(cast.sam)
    shown = read(client, page(cast, "print/"))
    assert shown.count("table--development") == 2 and all(f"Week {number}" in shown for number in range(6))
    assert read(client, page(cast)).count("<table") == 1


def test_a_picture_that_is_missing_leaves_the_words(cast, client):
    photo = a_file(cast, name="The hull.jpg")
    a_choice(cast, photo)
    photo.file.store.delete(photo.file.small_path)
    assert "The hull" in words_of_pdf(client.get(outside(a_share(cast), "profile.pdf")))


def test_before_the_first_exhibition_the_page_says_what_will_stand_there(cast, client):
    client.force_login(cast.sam)
    assert "After the first exhibition" in read(client, page(cast))
