import pytest

from common.decoding import decode
from common.tables import TableError, read
from rosters.tables import words
from rosters.tables.columns import STAFF, STUDENTS, holds_secret, labels, recognised


@pytest.mark.parametrize("separator", ["\t", ",", ";", "|"])
def test_it_finds_the_separator(separator):
    table = read(f"Name{separator}Grade\nSam Okafor{separator}10\n")
    assert (table.headers, table.records[0].cells) == (["Name", "Grade"], ["Sam Okafor", "10"])


def test_a_cell_in_quotes_may_hold_lines_and_separators():
    table = read('Name,Home address\r\n"Okafor, Sam","12 Elm St\r\nProvidence"\r\nLena,"1 Oak"')
    assert table.records[0].cells == ["Okafor, Sam", "12 Elm St\nProvidence"]
    assert table.records[1].number == 3


def test_a_quotation_mark_that_nobody_closed_swallows_nothing():
    table = read('Name\tGrade\n"Sam Okafor\t10\nLena Brandt\t11')
    assert [record.cells for record in table.records] == [['"Sam Okafor', "10"], ["Lena Brandt", "11"]]


def test_rows_count_as_a_spreadsheet_does():
    assert [record.number for record in read("Name\n\nSam\n\n\nLena\n").records] == [3, 6]


def test_a_spreadsheets_own_line_about_separators_is_no_row():
    assert read("sep=;\nName;Grade\nSam;10").headers == ["Name", "Grade"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_it_reads_files_as_schools_save_them(encoding):
    assert decode("Name\nZoë Núñez".encode(encoding)) == "Name\nZoë Núñez"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing in it"),
        ("\n \n", "nothing in it"),
        ("Name,Grade", "only one row"),
        ("N\n" + "x\n" * 2001, "2001 rows"),
    ],
)
def test_what_is_no_table_is_said(text, words):
    with pytest.raises(TableError, match=words):
        read(text)


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("givenName", "given_name"), ("First Name", "given_name"), ("SURNAME", "family_name"), ("sourcedId", "number"),
        ("D.O.B.", "born_on"), ("Year Group", "grade"), ("Tutor group", "advisory"), ("eMail", "email"),
        ("Parent/Guardian 1 E-mail", "g1_email"), ("Guardian 2: phone", "g2_phone"), ("Mother's name", "g1_name"),
        ("Father Email", "g2_email"), ("Parent2 Relationship", "g2_relation"), ("Fecha de nacimiento", "born_on"),
        ("Favourite colour", ""), ("", ""),
    ],
)  # fmt: skip
def test_headers_are_known_in_several_spellings(header, key):
    assert recognised([header], STUDENTS)[0].key == key


@pytest.mark.parametrize("kind", [STUDENTS, STAFF])
def test_it_knows_the_names_that_it_gives_itself(kind):
    names = labels(kind)
    assert [column.key for column in recognised(list(names.values()), kind)] == list(names)


def test_a_second_column_of_one_meaning_is_not_used():
    assert [column.key for column in recognised(["E-mail", "Email address"], STUDENTS)] == ["email", ""]


@pytest.mark.parametrize("header", ["password", "PassWord", "Initial passwd", "Contraseña", "PIN"])
def test_columns_of_passwords_are_known(header):
    assert holds_secret(header)


@pytest.mark.parametrize("text", ["Grade 10", "10th", "Yr 10", "Year 10", "10.0", "010"])
def test_a_grade_is_read_without_what_stands_around_it(text):
    assert words.grade(text) == "10"


def test_other_grades_stay_as_they_are():
    assert (words.grade("K"), words.grade("9/10"), words.grade("Post-16")) == ("K", "9/10", "Post-16")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Okafor, Sam", ("Sam", "Okafor")), ("Ana María Núñez", ("Ana María", "Núñez")), ("Pelé", ("Pelé", "")),
        ("李小龙", ("李小龙", "")), ("Okafor,", ("Okafor", "")),
    ],
)  # fmt: skip
def test_a_name_in_one_cell_is_split(text, names):
    assert words.split_name(text) == names
