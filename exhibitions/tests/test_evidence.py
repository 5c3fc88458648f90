"""Evidence is put there by student, parent and mentor, seen by the team when it is ready, and by nobody else."""

import base64
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

import files.tasks  # noqa: F401 (a task that nobody imported is not done at once)
from bpl.tests.cast import NOW, TODAY
from exhibitions.actions.evidence import EvidenceError, begin_file, remove
from exhibitions.actions.exhibitions import put_in
from exhibitions.models import Evidence
from exhibitions.room import left_for
from exhibitions.tests.factories import a_file, a_link, an_exhibition
from files.limits import A_STUDENT, LARGEST
from files.models import StoredFile, Upload
from files.tests.factories import a_jpeg, where
from internships.actions.placements import end
from internships.tests.factories import FRIDAY, a_begun_placement
from plans.tests.factories import a_plan, an_item
from students.actions.team import join


def page(cast, rest="", student="sam"):
    return f"/students/{cast.student(student).pk}/evidence/{rest}"


def announced(client, cast, name, length):
    said = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length)}
    said["Upload-Metadata"] = f"filename {base64.b64encode(name.encode()).decode()}"
    return client.post(page(cast, "uploads/"), headers=said)


def test_a_phone_sends_a_photo_in_pieces_and_says_what_it_shows(cast, client, django_capture_on_commit_callbacks):
    data = a_jpeg(80, 60, exif=where().tobytes())
    client.force_login(cast.sam)
    answer = announced(client, cast, "IMG_1.jpg", len(data))
    assert answer.status_code == 201
    evidence = Evidence.objects.get()
    assert evidence.title == "IMG_1" and evidence.is_draft and answer["Location"].endswith(f"{evidence.upload_id}/")
    assert "0 % has arrived" in client.get(page(cast)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.generic(
            "PATCH", answer["Location"], data, content_type="application/offset+octet-stream",
            headers={"Tus-Resumable": "1.0.0", "Upload-Offset": "0"},
        )  # fmt: skip
    item, goal = an_item(a_plan(cast)), cast.school.goals.first()
    said = {"title": "The hull", "words": "Sanded twice.", "goals": [goal.pk], "items": [item.pk], "ready": "on"}
    said["version"] = 1
    client.post(page(cast, f"{evidence.pk}/change/"), said)
    client.force_login(cast.ada)
    shown = client.get(page(cast, f"?goal={goal.pk}")).content.decode()
    assert "The hull" in shown and f"/evidence/{evidence.pk}/small/" in shown
    assert "The hull" not in client.get(page(cast, f"?goal={cast.school.goals.last().pk}")).content.decode()
    body = client.get(page(cast, f"{evidence.pk}/file/")).getvalue()
    assert body.startswith(b"\xff\xd8") and b"Exif" not in body


def test_without_script_files_come_whole(cast, client, django_capture_on_commit_callbacks):
    client.force_login(cast.sam)
    sent = [SimpleUploadedFile("a.jpg", a_jpeg(40, 30)), SimpleUploadedFile("notes.txt", b"Measured twice.")]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(cast, "send/"), {"files": sent})
    assert set(StoredFile.objects.values_list("kind", flat=True)) == {"photo", "text"}


def test_what_cannot_be_taken_says_so_and_the_others_come(cast, client, django_capture_on_commit_callbacks):
    client.force_login(cast.sam)
    sent = [SimpleUploadedFile("a.jpg", a_jpeg(40, 30)), SimpleUploadedFile("setup.jpg", b"MZ\x90\0" + b"\0" * 90)]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(cast, "send/"), {"files": sent})
    assert "Files of this kind cannot be taken." in client.get(page(cast)).content.decode()
    assert StoredFile.objects.count() == 1


def test_there_is_room_for_so_much_and_what_is_left_is_shown(cast, client, monkeypatch):
    sam = cast.student("sam")
    assert left_for(sam, cast.sam) == A_STUDENT
    begin_file(student=sam, name="a.mp4", length=1000, by=cast.sam, role="student", now=NOW)
    assert left_for(sam, cast.sam) == A_STUDENT - 1000
    monkeypatch.setattr("exhibitions.room.A_STUDENT", 1500)
    client.force_login(cast.sam)
    answer = announced(client, cast, "b.mp4", 600)
    assert (
        answer.status_code == 413 and "“b.mp4” has 600\xa0bytes, and 500\xa0bytes are left." in answer.content.decode()
    )
    assert "500\xa0bytes are left" in client.get(page(cast)).content.decode()
    with pytest.raises(EvidenceError, match="are left"):
        begin_file(student=sam, name="b.mp4", length=600, by=cast.sam, role="student", now=NOW)


def test_what_others_announce_takes_only_their_share_of_the_room(cast, client):
    sam = cast.student("sam")
    begin_file(student=sam, name="a.mp4", length=LARGEST - 100, by=cast.rosa, role="parent", now=NOW)
    for other in (cast.rosa, cast.mo):
        assert left_for(sam, other) == 100
        with pytest.raises(EvidenceError, match="100\xa0bytes are left"):
            begin_file(student=sam, name="b.mp4", length=101, by=other, role="parent", now=NOW)
    assert left_for(sam, cast.sam) == A_STUDENT - LARGEST + 100
    begin_file(student=sam, name="c.mp4", length=LARGEST, by=cast.sam, role="student", now=NOW)
    assert left_for(sam, cast.rosa) == 100
    client.force_login(cast.rosa)
    assert client.get(page(cast)).context["left"] == 100


def test_a_draft_is_its_maker_s_alone(cast, client):
    draft = a_file(cast, ready=False)
    home = a_link(cast, by=cast.rosa, role="parent", title="Baking bread", ready=False)
    for person, sees in ((cast.sam, [True, False]), (cast.rosa, [False, True]), (cast.ada, [False, False])):
        client.force_login(person)
        found = [client.get(page(cast, f"{one.pk}/")).status_code == 200 for one in (draft, home)]
        assert found == sees, person
    client.force_login(cast.ada)
    assert client.get(page(cast, f"{draft.pk}/file/")).status_code == 404


def test_a_mentor_sees_what_is_of_their_own_placement_and_what_they_added(cast, client):
    mine, other = a_begun_placement(cast), a_begun_placement(cast, mentor="moira", on=(FRIDAY,))
    here = a_file(cast, placement=mine)
    there, elsewhere = a_file(cast, placement=other), a_link(cast)
    own = a_link(cast, by=cast.mo, role="mentor", title="At the saw")
    client.force_login(cast.mo)
    codes = {one: client.get(page(cast, f"{one.pk}/file/" if one.upload_id else f"{one.pk}/")).status_code
             for one in (here, there, elsewhere, own)}  # fmt: skip
    assert list(codes.values()) == [200, 404, 404, 200]
    join(student=cast.student("sam"), user=cast.mo, role="parent", cause="test:1", by=cast.ada, on=TODAY)
    assert client.get(page(cast, f"{there.pk}/")).status_code == 200


def test_a_former_mentor_has_no_byte_of_it_from_the_next_day(cast, client):
    placement = a_begun_placement(cast, "lena", mentor="moira", starts_on=TODAY.replace(month=10))
    photo = a_file(cast, "lena", placement=placement)
    client.force_login(cast.moira)
    address = page(cast, f"{photo.pk}/file/", "lena")
    assert client.get(address).status_code == 200
    end(placement=placement, by=cast.ada, on=TODAY, now=NOW, reason="completed")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["lena", "dan", "stranger", "network_lead", "ben"])
def test_nobody_else_has_it_by_guessing(cast, client, who):
    photo = a_file(cast)
    client.force_login(cast.people[who])
    for rest in ("", "file/", "small/"):
        assert client.get(page(cast, f"{photo.pk}/{rest}")).status_code == 404
        # Nor through a student whom they may see.
        assert client.get(page(cast, f"{photo.pk}/{rest}", "lena")).status_code == 404


def test_what_a_mentor_adds_belongs_to_where_they_mentor(cast, client):
    placement = a_begun_placement(cast)
    client.force_login(cast.mo)
    key = str(uuid.uuid4())
    said = {"kind": "words", "title": "At the saw", "words": "Careful.", "ready": "on", "key": key}
    for _tap in range(2):
        client.post(page(cast, "new/"), said)
    assert Evidence.objects.get().placement == placement


def test_what_is_taken_out_leaves_no_byte(cast, client, django_capture_on_commit_callbacks):
    photo = a_file(cast)
    stored = photo.file
    client.force_login(cast.ada)
    assert client.post(page(cast, f"{photo.pk}/remove/")).status_code == 403
    client.force_login(cast.sam)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(cast, f"{photo.pk}/remove/"))
    assert not any(stored.store.exists(path) for path in stored.paths)
    assert client.get(page(cast, f"{photo.pk}/")).status_code == 404
    photo.refresh_from_db()
    assert photo.removed_by == cast.sam and left_for(cast.student("sam"), cast.sam) == A_STUDENT


def test_one_that_is_still_coming_is_taken_out_too(cast, client):
    evidence = begin_file(student=cast.student("sam"), name="a.mp4", length=1000, by=cast.sam, role="student", now=NOW)
    remove(evidence=evidence, by=cast.sam, now=NOW)
    assert not Upload.objects.exists()
    remove(evidence=evidence, by=cast.sam, now=NOW)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "link", "title": "My film", "url": ""}, "Where does the link lead?"),
        ({"kind": "link", "title": "My film", "url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"kind": "words", "title": "My film", "words": ""}, "Write it here."),
        ({"kind": "words", "title": "", "words": "A film."}, "This field is required."),
        ({"kind": "words", "title": "My film", "words": "A film.", "happened_on": "soon"}, "soon"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast, client, said, words):
    client.force_login(cast.sam)
    shown = client.post(page(cast, "new/"), said).content.decode()
    assert words in shown and (said["title"] or said["words"]) in shown and not Evidence.objects.exists()


def test_a_part_of_a_film_is_sent_where_one_is_asked_for(cast, client):
    photo = a_file(cast, data=b"Measured twice, cut once.", name="notes.txt")
    client.force_login(cast.sam)
    address = page(cast, f"{photo.pk}/file/")
    for asked, status, body, says in (
        ("bytes=0-7", 206, b"Measured", "bytes 0-7/25"), ("bytes=20-", 206, b"once.", "bytes 20-24/25"),
        ("bytes=-5", 206, b"once.", "bytes 20-24/25"), ("bytes=20-900", 206, b"once.", "bytes 20-24/25"),
        ("bytes=90-", 416, b"", "bytes */25"), ("bytes=0-1,3-4", 200, b"Measured twice, cut once.", None),
    ):  # fmt: skip
        answer = client.get(address, headers={"Range": asked})
        assert (answer.status_code, answer.headers.get("Content-Range")) == (status, says), asked
        assert answer.getvalue() == body if status != 416 else True
    assert client.get(address)["Accept-Ranges"] == "bytes"


def test_a_name_is_given_back_with_the_ending_of_what_it_is(cast, client):
    photo = a_file(cast, name='run.exe"; x="y')
    client.force_login(cast.sam)
    assert client.get(page(cast, f"{photo.pk}/file/"))["Content-Disposition"] == 'inline; filename="run.jpg"'


def test_a_list_costs_the_same_however_long_it_is(cast, client):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(page(cast))
        return len(queries)

    a_file(cast)
    client.force_login(cast.ada)
    client.get(page(cast))
    few = cost()
    for number in range(8):
        a_link(cast, title=f"Film {number}", goals=[cast.school.goals.first()])
    assert cost() == few


def test_what_is_saved_without_a_change_stays_as_it_was(cast, client):
    placement, item = a_begun_placement(cast), an_item(a_plan(cast))
    goal = cast.school.goals.first()
    evidence = a_file(cast, placement=placement)
    evidence.goals.set([goal])
    evidence.items.set([item])
    Evidence.objects.filter(pk=evidence.pk).update(happened_on=TODAY)
    item.state = "dropped"
    item.save()
    client.force_login(cast.sam)
    form = client.get(page(cast, f"{evidence.pk}/change/")).context["form"]
    said = {"title": "hull", "ready": "on", "version": 1}
    for name in ("goals", "items", "placement", "happened_on"):
        value = form[name].value()
        said[name] = [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
    client.post(page(cast, f"{evidence.pk}/change/"), said)
    evidence.refresh_from_db()
    assert (evidence.placement, evidence.happened_on) == (placement, TODAY)
    assert list(evidence.goals.all()) == [goal] and list(evidence.items.all()) == [item]


def test_two_changes_at_once_are_shown_beside_each_other(cast, client):
    """On the phone and on the Chromebook: the later one is refused, and nothing that was typed is lost."""
    link, goal = a_link(cast, title="My film"), cast.school.goals.first()
    client.force_login(cast.sam)
    address = page(cast, f"{link.pk}/change/")
    seen = client.get(address).context["form"]["version"].value()
    said = {"url": "https://example.org/film", "version": seen, "ready": "on"}
    phone = said | {"title": "The film", "words": "Cut it anew.", "goals": [goal.pk]}
    for _tap in range(2):
        assert client.post(address, phone).status_code == 302
    answer = client.post(address, said | {"title": "How we glued", "words": "With clamps."})
    shown, link = answer.content.decode(), Evidence.objects.get(pk=link.pk)
    assert (link.title, link.version, list(link.goals.all())) == ("The film", seen + 1, [goal])
    for words in ("You changed this in another place", "Cut it anew.", "How we glued", "With clamps."):
        assert words in shown
    answer = client.post(address, said | {"title": "Both", "version": answer.context["form"]["version"].value()})
    link.refresh_from_db()
    assert answer.status_code == 302 and (link.title, link.version) == ("Both", seen + 2)


def test_guardians_do_not_learn_of_each_other(cast, client):
    a_link(cast, by=cast.rosa, role="parent", title="Baking bread")
    client.force_login(cast.grandma)
    for rest in ("", f"{Evidence.objects.get().pk}/"):
        shown = client.get(page(cast, rest)).content.decode()
        assert "Baking bread" in shown and "Rosa" not in shown
    client.force_login(cast.sam)
    assert "Rosa" in client.get(page(cast)).content.decode()


def test_what_a_mentor_said_stays_theirs_and_the_student_may_take_it_out(cast, client):
    a_begun_placement(cast)
    said = a_link(cast, by=cast.mo, role="mentor", title="Careless at the saw")
    client.force_login(cast.sam)
    assert client.post(page(cast, f"{said.pk}/change/"), {"title": "Careful"}).status_code == 403
    client.post(page(cast, f"{said.pk}/remove/"))
    said.refresh_from_db()
    assert said.title == "Careless at the saw" and said.removed_by == cast.sam


def test_what_was_taken_out_is_shown_at_no_exhibition(cast, client):
    exhibition, photo = an_exhibition(cast), a_file(cast)
    put_in(exhibition=exhibition, evidence=photo, by=cast.sam)
    remove(evidence=photo, by=cast.sam, now=NOW)
    assert not exhibition.shown.exists()


def test_a_file_that_never_arrived_can_be_taken_out(cast, client):
    evidence = begin_file(student=cast.student("sam"), name="a.mp4", length=9, by=cast.sam, role="student", now=NOW)
    Upload.objects.all().delete()
    client.force_login(cast.sam)
    assert "The file did not arrive." in client.get(page(cast)).content.decode()
    client.post(page(cast, f"{evidence.pk}/remove/"))
    assert "The file did not arrive." not in client.get(page(cast)).content.decode()


def test_whose_time_on_the_team_has_ended_sends_nothing_more(cast, client):
    placement = a_begun_placement(cast, "lena", mentor="moira", starts_on=TODAY.replace(month=10))
    evidence = begin_file(
        student=cast.student("lena"), name="a.mp4", length=9, by=cast.moira, role="mentor", now=NOW,
        placement=placement,
    )  # fmt: skip
    address = f"/uploads/{evidence.upload_id}/"
    assert client.head(address).status_code == 401
    client.force_login(cast.moira)
    assert client.head(address).status_code == 200
    end(placement=placement, by=cast.ada, on=TODAY, now=NOW, reason="completed")
    assert client.head(address).status_code == 404


def test_each_file_is_sent_so_that_it_can_do_nothing(cast, client, settings):
    photo = a_file(cast)
    client.force_login(cast.sam)
    address = f"/students/{photo.student_id}/evidence/{photo.pk}/file/"
    found = client.get(address)
    assert found["X-Content-Type-Options"] == "nosniff" and "sandbox" in found["Content-Security-Policy"]
    assert found["Cache-Control"] == "no-store"
    # Behind nginx the site names the file, and sends no byte of it.
    settings.FILES_INTERNAL = "/internal/"
    found = client.get(address)
    assert found["X-Accel-Redirect"] == f"/internal/{photo.file.path}" and found.content == b""
