from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from rosters.models import Import
from rosters.tests.factories import pasted, preview

TABLE = "Name\tGrade\nJo Rivers\t9\nLi Chen\t"


def paste(client, cast, by, **changes):
    client.force_login(by)
    facts = {"kind": "students", "text": TABLE, "day": "2026-11-24"} | changes
    return client.post(f"/schools/{cast.school.pk}/people/paste/", facts)


def address(imported):
    return f"/schools/{imported.school_id}/people/tables/{imported.pk}/"


def test_a_paste_leads_to_its_preview(cast, client):
    response = paste(client, cast, cast.lead)
    page = client.get(response["Location"]).content.decode()
    assert "New: grade 9 from Nov. 24, 2026" in page and "In which grade?" in page
    assert not User.objects.filter(given_name="Jo").exists()


def test_a_file_of_windows_letters_is_read(cast, client):
    file = SimpleUploadedFile("people.csv", "Name;Grade\nZoë Núñez;9".encode("cp1252"))
    response = paste(client, cast, cast.lead, text="", file=file)
    assert "Zoë Núñez" in client.get(response["Location"]).content.decode()


def test_a_spreadsheet_itself_is_refused_with_advice(cast, client):
    file = SimpleUploadedFile("people.xlsx", b"PK\x03\x04")
    assert "Copy its rows and paste them above" in paste(client, cast, cast.lead, text="", file=file).content.decode()


def test_an_empty_paste_says_so(cast, client):
    assert "There is nothing in it yet." in paste(client, cast, cast.lead, text="  ").content.decode()


def test_a_double_tap_keeps_one_table(cast, client):
    for _tap in range(2):
        paste(client, cast, cast.lead, key="7c9e6679-7425-40de-944b-e07fc1f90ae7")
    assert Import.objects.count() == 1


def test_the_same_page_with_other_words_keeps_another_table(cast, client):
    for text in (TABLE, "Name,Grade\nAl Roe,9"):
        paste(client, cast, cast.lead, key="7c9e6679-7425-40de-944b-e07fc1f90ae7", text=text)
    assert Import.objects.count() == 2 and "Al Roe" in Import.objects.first().text


def test_an_adviser_pastes_no_staff(cast, client):
    assert "Select a valid choice" in paste(client, cast, cast.ada, kind="staff").content.decode()


def test_a_cell_is_put_right_in_the_preview_and_confirmed(cast, client):
    imported = pasted(cast, TABLE)
    client.force_login(cast.lead)
    client.post(address(imported), {"cell-3-grade": "10", "cell-3-name": "Li Chen", "save": "1"})
    seen = preview(imported, cast.lead).digest
    client.post(address(imported), {"confirm": "1", "seen": seen, "cell-3-grade": "10"})
    imported.refresh_from_db()
    assert imported.wanted == [2, 3] and imported.fixes == {"3": {"grade": "10"}}


def test_typing_and_confirming_at_once_shows_it_again_first(cast, client):
    imported = pasted(cast, TABLE)
    client.force_login(cast.lead)
    seen = preview(imported, cast.lead).digest
    page = client.post(
        address(imported), {"confirm": "1", "seen": seen, "cell-3-grade": "10"}, follow=True
    ).content.decode()
    assert "You had changed cells." in page
    assert Import.objects.get().confirmed_at is None and Import.objects.get().fixes


def test_leaving_a_row_out_keeps_what_was_typed(cast, client):
    imported = pasted(cast, TABLE)
    client.force_login(cast.lead)
    client.post(address(imported), {"leave_out": "2", "cell-3-grade": "10"})
    imported.refresh_from_db()
    assert (imported.left_out, imported.fixes) == ([2], {"3": {"grade": "10"}})
    client.post(address(imported), {"take_in": "2"})
    imported.refresh_from_db()
    assert imported.left_out == []


def test_a_column_is_taken_for_something_else(cast, client):
    imported = pasted(cast, "Who\tLevel\nJo Rivers\t9")
    client.force_login(cast.lead)
    assert "We know none of the columns." in client.get(address(imported)).content.decode()
    client.post(f"{address(imported)}columns/", {"column-0": "name", "column-1": "grade"})
    assert "New: grade 9" in client.get(address(imported)).content.decode()


def test_two_columns_of_one_meaning_are_refused(cast, client):
    imported = pasted(cast, "Who\tLevel\nJo Rivers\t9")
    client.force_login(cast.lead)
    page = client.post(f"{address(imported)}columns/", {"column-0": "name", "column-1": "name"}, follow=True)
    assert "Two columns cannot both be “name”." in page.content.decode()


def test_somebody_elses_table_is_not_there(cast, client):
    imported = pasted(cast, TABLE, by=cast.ada)
    client.force_login(cast.ben)
    assert client.get(address(imported)).status_code == 404


def test_the_empty_table_has_columns_that_are_known(cast, client):
    client.force_login(cast.ada)
    text = client.get(f"/schools/{cast.school.pk}/people/paste/students.csv").content.decode("utf-8-sig")
    response = paste(client, cast, cast.ada, text=text + "Jo Rivers")
    assert Import.objects.get().columns.count("") == 0 and response.status_code == 302


def test_what_all_rows_leave_out_is_said_once(cast, client):
    imported = pasted(cast, "Name\nJo Rivers\nLi Chen")
    client.force_login(cast.lead)
    page = client.get(address(imported)).content.decode()
    assert "No row can be brought in yet." in page and "Nothing in this table is new" not in page
    client.post(f"{address(imported)}columns/", {"column-0": "name", "grade": "9", "advisory": cast.advisory.pk})
    page = client.get(address(imported)).content.decode()
    assert page.count("New: grade 9 from Nov. 24, 2026") == 2 and "Bring in 2 rows" in page


def test_an_adviser_cannot_say_that_rows_sit_with_somebody_else(cast, client):
    imported = pasted(cast, "Name,Grade\nJo Rivers,9", by=cast.ada)
    client.force_login(cast.ada)
    client.post(f"{address(imported)}columns/", {"column-0": "name", "advisory": cast.other_advisory.pk})
    imported.refresh_from_db()
    assert "advisory" not in imported.usual


def test_a_column_of_passwords_is_said_to_be_gone(cast, client):
    response = paste(client, cast, cast.lead, text="Name,Grade,Password\nJo Rivers,9,P@ssword123")
    page = client.get(response["Location"]).content.decode()
    assert "because passwords may stand in it: Password." in page
    assert "P@ssword123" not in page + Import.objects.get().text


def test_zero_bytes_are_left_away(cast, client):
    file = SimpleUploadedFile("people.csv", b"Name,Grade\nJo\x00 Rivers,\x009")
    client.get(paste(client, cast, cast.lead, text="", file=file)["Location"])
    imported = Import.objects.get()
    client.post(address(imported), {"cell-2-name": "Al\x00 Roe"})
    imported.refresh_from_db()
    assert "\x00" not in imported.text and imported.fixes == {"2": {"name": "Al Roe"}}
    assert client.get(f"/schools/{cast.school.pk}/people/guardians/new/?q=%00sam").status_code == 200
