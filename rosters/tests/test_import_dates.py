"""Dates of a table that comes from the other country: named, asked about, and never guessed."""

from rosters.models import Import
from rosters.tests.factories import pasted, preview, remarks, says

TABLE = "Name,Grade,Birthday\nJo Rivers,9,24/11/2010\nLi Chen,9,05/06/2010\nAl Roe,9,04/04/2010"


def fix(client, imported, number, text):
    client.post(f"/schools/{imported.school_id}/people/tables/{imported.pk}/", {f"cell-{number}-born_on": text})


def test_one_sure_date_makes_the_others_of_its_column_doubtful(cast):
    imported = pasted(cast, TABLE)
    assert "Dates here are written month, day, year" in remarks(imported, cast.lead, 2)["born_on"]
    assert "can be June 5, 2010 or May 6, 2010" in remarks(imported, cast.lead, 3)["born_on"]
    assert "born_on" not in remarks(imported, cast.lead, 4)
    assert "in the other country's order: birthday" in preview(imported, cast.lead).warnings[0]


def test_putting_the_sure_one_right_does_not_make_the_others_sure(cast, client):
    imported = pasted(cast, TABLE)
    client.force_login(cast.lead)
    fix(client, imported, 2, "2010-11-24")
    assert "can be" in remarks(imported, cast.lead, 3)["born_on"]
    fix(client, imported, 3, "5 June 2010")
    assert "born_on" not in remarks(imported, cast.lead, 3)


def test_the_whole_table_is_said_to_be_in_the_other_order(cast, client):
    imported = pasted(cast, TABLE)
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/people/tables/{imported.pk}/columns/"
    client.post(address, {"column-0": "name", "column-1": "grade", "column-2": "born_on", "order": "day"})
    assert Import.objects.get().usual == {"day_first": True}
    assert not preview(imported, cast.lead).warnings
    assert "born June 5, 2010" in says(imported, cast.lead, 3)[0]


def test_what_can_be_read_both_ways_is_shown_with_its_month(cast):
    imported = pasted(cast, "Name,Grade,Birthday\nLi Chen,9,05/06/2010")
    assert "born May 6, 2010" in says(imported, cast.lead)[0]


def test_a_spanish_table_is_read(cast):
    imported = pasted(cast, "Nombre,Grado,Fecha de nacimiento\nJo Rivers,9,5 de junio de 2010")
    assert "born June 5, 2010" in says(imported, cast.lead)[0]
