"""Many at once: a table that is read, looked through row by row, and taken over as a whole."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Event
from bpl.tests.cast import TODAY
from common.tables import TableError
from outcomes.background_table import read
from outcomes.models import Background
from outcomes.tests.factories import a_background, a_held
from students.tests.factories import a_student, many_students

day = datetime.date
FIRST = day(2026, 9, 1)
ALL = Background.Kind.values


def lines(cast, text, kinds=ALL):
    return read(text, school=cast.school, kinds=kinds, since=FIRST, today=TODAY).lines


def address(cast):
    return f"/schools/{cast.school.pk}/background/table/"


def send(client, cast, text="", **typed):
    client.force_login(cast.lead)
    said = {"text": text, "since": "2026-09-01", "source": "Meals file"} | typed
    return client.post(address(cast), said)


def seen(response) -> str:
    return response.context["found"].seen


def confirm(client, cast, text, **typed):
    """Look, then take over what was shown."""
    first = send(client, cast, text, **{name: said for name, said in typed.items() if name != "confirm"})
    return send(client, cast, text, confirm="1", seen=seen(first), **typed)


def standing():
    rows = Background.objects.current().order_by("student__user__given_name", "kind", "since")
    return list(rows.values_list("student__user__given_name", "kind", "value", "since"))


# Reading --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_it_reads_what_spreadsheets_write(cast, separator):
    text = "Student ID|First name|Surname|FRL|Home language|SEN|From\n07|Sam|Okafor|Reduced|Spanish|IEP|10/01/2026"
    (line,) = lines(cast, text.replace("|", separator))
    assert (line.own_number, line.name, line.since, line.problems) == ("07", "Sam Okafor", day(2026, 10, 1), [])
    assert line.values == {"meals": "reduced", "language": "other", "needs": "plan"}


@pytest.mark.parametrize(
    ("system", "cell", "value"),
    [
        ("us", "Free", "free"), ("us", "R", "reduced"), ("us", "paid", "no"), ("us", "Not eligible", "no"),
        ("england", "Yes", "free"), ("england", "Ever 6", "past"), ("england", "no", "no"), ("england", "TRUE", "free"),
    ],
)  # fmt: skip
def test_meals_are_spelled_as_each_system_does(cast, system, cell, value):
    cast.school.system = system
    assert lines(cast, f"name,meals\nSam,{cell}")[0].values == {"meals": value}


def test_each_word_that_the_pages_use_is_read(cast):
    from outcomes.background_kinds import offered

    for system in ("us", "england"):
        cast.school.system = system
        for kind in ALL:
            for value, label in offered(kind, system):
                head = Background.Kind(kind).label
                found = lines(cast, f'name\t{head}\nSam\t"{label}"')[0]
                assert (found.values, found.problems) == ({kind: value}, []), (system, kind, value)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Sam,1,yes,", "Write one of: free meals, reduced-price meals, not eligible."),
        ("Sam,1,past,", "“past” does not say"),
        ("Sam,1.23457E+11,free,", "shortened the number to “1.23457E+11”"),
        ("Sam,1,free,45901", "wrote the day as the number “45901”"),
        ("Sam,1,free,########", "“########” is what a spreadsheet shows"),
        ("Sam,1,#N/A,", "“#N/A” is what a spreadsheet shows"),
        ("Sam,1,#REF!,", "what a spreadsheet shows"),
        ("Sam,1,free,13/10/2026", "has no such month"),
        ("Sam,1,free,2026-12-01", "still to come"),
        ("Sam,1,free,1/9/26", "four figures"),
        (",,free,", "Nobody is named"),
        ("Sam,1,free,,surplus", "more cells than columns: “surplus”"),
    ],
)
def test_what_cannot_be_read_is_said_by_row_and_never_guessed(cast, row, words):
    good, bad = lines(cast, f"name,number,meals,since\nLena,2,no,\n{row}")
    assert good.problems == [] and bad.number == 3
    assert len(bad.problems) == 1 and words in bad.problems[0]


def test_a_number_with_a_spreadsheets_fraction_is_the_number(cast):
    assert lines(cast, "number,meals\n123.0,no")[0].own_number == "123"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing in it"),
        ("name,meals", "only one row"),
        ("name,shoes\nSam,12", "No column is about what the school holds"),
        ("meals,care\nfree,no", "No column says who it is"),
        ("name,meals,FSM\nSam,no,free", "“meals” and “FSM” are taken for the same"),
    ],
)
def test_what_is_no_such_table_is_said(cast, text, words):
    with pytest.raises(TableError, match=words):
        lines(cast, text)


def test_what_the_school_does_not_hold_is_not_read(cast):
    found = read(
        "name,meals,needs,shoes\nSam,no,IEP,12", school=cast.school, kinds=["meals"], since=FIRST, today=TODAY
    )  # fmt: skip
    assert found.unused == ["needs", "shoes"] and found.lines[0].values == {"meals": "no"}


# Looked through, taken over -------------------------------------------------------------------------------------

TABLE = "name\tmeals\tlanguage\nSam Okafor\tfree\tother\nBrandt, Lena\tno\t\n"


def test_it_is_shown_first_and_then_taken_over(cast, client):
    a_held(cast)
    first = send(client, cast, TABLE)
    shown = first.content.decode()
    assert "school meals: free meals since Sept. 1, 2026" in shown and "Sam Okafor\tfree" in shown
    assert "Take over all 3 changes" in shown and not Background.objects.exists()
    for _tap in range(2):
        answer = send(client, cast, TABLE, confirm="1", seen=seen(first))
        assert answer.status_code == 302
    assert standing() == [
        ("Lena", "meals", "no", FIRST), ("Samuel", "language", "other", FIRST), ("Samuel", "meals", "free", FIRST)
    ]  # fmt: skip
    assert set(Background.objects.values_list("source", "by")) == {("Meals file", cast.lead.pk)}


def test_the_same_table_twice_changes_nothing(cast, client):
    a_held(cast)
    confirm(client, cast, TABLE)
    again = send(client, cast, TABLE).content.decode()
    assert "Nothing in this table is new or different" in again and "is so already: 2" in again
    confirm(client, cast, TABLE)
    assert Background.objects.count() == 3


def test_another_value_of_the_same_day_is_a_correction_and_of_a_later_day_a_change(cast, client):
    a_held(cast)
    a_background(cast, value="free", since=FIRST)
    text = "name,meals,since\nSam Okafor,reduced,\nSam Okafor,no,2026-11-01"
    shown = send(client, cast, text).content.decode()
    assert "corrects “free meals” since Sept. 1, 2026 to “reduced-price meals”" in shown
    confirm(client, cast, text)
    assert standing() == [("Samuel", "meals", "reduced", FIRST), ("Samuel", "meals", "no", day(2026, 11, 1))]
    assert Background.objects.count() == 3


def test_a_file_is_kept_in_the_form(cast, client):
    a_held(cast)
    data = "Name;Meals\nSam Okafor;reduced\nZoë Núñez;no".encode("cp1252")
    a_student(cast, "Zoë", "Núñez")
    shown = send(client, cast, file=SimpleUploadedFile("meals.csv", data)).content.decode()
    assert "Zoë Núñez;no" in shown and "Take over all 2 changes" in shown
    # Also where something else in the form is wrong.
    shown = send(client, cast, since="soon", file=SimpleUploadedFile("meals.csv", data)).content.decode()
    assert "Zoë Núñez;no" in shown and "is not a date" in shown


def test_one_bad_row_holds_up_all_until_somebody_leaves_it_out(cast, client):
    a_held(cast)
    text = "name,meals\nSam Okafor,yes\nLena Brandt,no"
    answer = confirm(client, cast, text)
    shown = answer.content.decode()
    assert "Nothing is taken over yet" in shown and "1 row is in the way" in shown and "Sam Okafor,yes" in shown
    assert not Background.objects.exists()
    assert confirm(client, cast, text, leave_out="1").status_code == 302
    assert standing() == [("Lena", "meals", "no", FIRST)]


def test_namesakes_are_for_a_person_to_tell_apart(cast, client):
    a_held(cast)
    one, other = (a_student(cast, "Nia", "Cole", number=number, grade=number) for number in ("9", "12"))
    text = "name,meals\nNia Cole,free"
    shown = send(client, cast, text).content.decode()
    assert "2 students have this name" in shown and f'<option value="{one.pk}">' in shown
    confirm(client, cast, text, **{"who-2": str(other.pk)})
    assert Background.objects.get().student == other


def test_the_number_decides_and_a_number_of_somebody_else_is_asked_about(cast, client):
    a_held(cast)
    one, other = (a_student(cast, "Nia", "Cole", number=number) for number in ("07", "08"))
    confirm(client, cast, "number,name,meals\n08,Nia Cole,free")
    assert Background.objects.get().student == other
    shown = send(client, cast, "number,name,meals\n07,Sam Okafor,free").content.decode()
    assert "The number is Nia Cole’s" in shown
    assert all(f'<option value="{pk}">' in shown for pk in (one.pk, cast.student("sam").pk))


@pytest.mark.parametrize(
    ("row", "words", "offered"),
    [
        ("7,", "Nobody of the school has the number 7", True),
        (",Nia Coel", "Nobody of the school has this name", True),
        ("99,Nia Cole", "Nobody of the school has the number 99", True),
        (",Xaver Unbekannt", "Nobody of the school has this name", False),
        ("99,", "Nobody of the school has the number 99", False),
    ],
)
def test_whoever_is_not_found_is_asked_about_and_never_guessed(cast, client, row, words, offered):
    a_held(cast)
    nia = a_student(cast, "Nia", "Cole", number="007")
    answer = send(client, cast, f"number,name,meals\n{row},free")
    shown = answer.content.decode()
    assert words in shown and (f'<option value="{nia.pk}">' in shown) is offered
    send(client, cast, f"number,name,meals\n{row},free", confirm="1", seen=seen(answer))
    assert not Background.objects.exists()
    typed = {"who-2": str(nia.pk)}
    confirm(client, cast, f"number,name,meals\n{row},free", **typed)
    assert Background.objects.filter(student=nia).exists() is offered


def test_a_student_of_another_school_cannot_be_chosen(cast, client):
    a_held(cast)
    from accounts.models import User
    from students.models import Student

    other = Student.objects.create(
        school=cast.other_school, user=User.objects.create(given_name="Nia", family_name="Cole"), started_on=FIRST
    )
    confirm(client, cast, "name,meals\nNia Cole,free", **{"who-2": str(other.pk)})
    assert not Background.objects.exists()


def test_two_rows_that_contradict_each_other_are_in_the_way(cast, client):
    a_held(cast)
    text = "name,meals\nSam Okafor,free\nSam Okafor,no\nSam Okafor,free"
    shown = send(client, cast, text).content.decode()
    assert "Row 2 says otherwise of Sam Okafor" in shown and "1 row is in the way" in shown
    assert "Take over 1 change" in shown


def test_a_day_before_birth_is_in_the_way(cast, client):
    a_held(cast)
    shown = send(client, cast, "name,meals,since\nSam Okafor,free,2006-09-01").content.decode()
    assert "That is before Sam was born" in shown and "1 row is in the way" in shown


def test_what_changed_since_it_was_shown_is_shown_again(cast, client):
    a_held(cast)
    first = send(client, cast, TABLE)
    a_background(cast, value="reduced", since=FIRST)
    answer = send(client, cast, TABLE, confirm="1", seen=seen(first))
    shown = answer.content.decode()
    assert "has changed since you looked" in shown and "corrects “reduced-price meals”" in shown
    assert Background.objects.count() == 1
    assert send(client, cast, TABLE, confirm="1", seen=seen(answer)).status_code == 302
    assert Background.objects.current().count() == 3


def test_a_text_that_was_changed_after_the_look_is_not_taken_over_unseen(cast, client):
    a_held(cast)
    first = send(client, cast, TABLE)
    answer = send(client, cast, TABLE.replace("free", "no"), confirm="1", seen=seen(first))
    assert "has changed since you looked" in answer.content.decode() and not Background.objects.exists()


def test_what_the_school_holds_no_more_is_not_taken_over(cast, client):
    a_held(cast, "meals", "language")
    first = send(client, cast, TABLE)
    a_held(cast, "language")
    send(client, cast, TABLE, confirm="1", seen=seen(first))
    assert not Background.objects.filter(kind="meals").exists()


def test_looking_is_reading_and_taking_over_is_in_each_ones_trail(cast, client):
    a_held(cast)
    confirm(client, cast, TABLE)
    both = {cast.student(name).pk for name in ("sam", "lena")}
    looked = Event.objects.reads().filter(action="outcomes.background.read")
    assert set(looked.values_list("student_id", flat=True)) == both
    written = Event.objects.writes().filter(action="outcomes.background.written")
    assert set(written.values_list("student_id", flat=True)) == both and written.count() == 2
    whole = Event.objects.get(action="outcomes.background.taken_over")
    assert (whole.details, whole.school_id) == ({"rows": 3}, cast.school.pk)


def test_the_empty_table_can_be_read_again(cast, client):
    a_held(cast)
    client.force_login(cast.lead)
    head = client.get(f"{address(cast)}empty.csv").content.decode()
    assert head.startswith("\ufeffnumber,name,since,school meals")
    assert lines(cast, head.strip() + "\n7,Sam Okafor,,free,,,,")[0].values == {"meals": "free"}


def test_a_spreadsheet_itself_is_not_read_as_one(cast, client):
    a_held(cast)
    shown = send(client, cast, file=SimpleUploadedFile("meals.xlsx", b"PK\x03\x04")).content.decode()
    assert "That is the spreadsheet itself" in shown


def test_where_nothing_is_held_no_table_is_taken(cast, client):
    assert "First choose what is held" in send(client, cast, TABLE).content.decode()


def test_a_long_table_asks_the_same_few_questions(cast, client, django_assert_max_num_queries):
    a_held(cast)
    rows = [f"{student.name},free" for student in many_students(cast, 30)]
    counted = []
    for text in ("\n".join(["name,meals", *rows[:2]]), "\n".join(["name,meals", *rows])):
        first = send(client, cast, text)
        with django_assert_max_num_queries(40) as queries:
            send(client, cast, text, confirm="1", seen=seen(first))
        counted.append(len(queries))
        Background.objects.all().delete()
    assert counted[0] == counted[1]
