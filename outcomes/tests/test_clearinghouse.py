"""Detail files of the clearinghouse, as they are and as spreadsheets leave them."""

import datetime

import pytest

from outcomes.clearinghouse import FileError, first_autumn, read

HEAD = (
    "First Name,Last Name,Requester Return Field,Record Found Y/N,College Code/Branch,College Name,2-year / 4-year,"
    "Public / Private,Enrollment Begin,Enrollment End,Enrollment Status,Graduated?,Graduation Date"
)
FALL = "Sam,Okafor,S-12,Y,003401-00,Brown University,4-year,Private,20260903,20261218,F,N,"
DEGREE = "Sam,Okafor,S-12,Y,003401-00,Brown University,4-year,Private,,,,Y,20300526"
NOBODY = "Lena,Brandt,S-13,N,,,,,,,,,"


def lines(*rows, head=HEAD, encoding="utf-8"):
    return list(read("\n".join((head, *rows)).encode(encoding)))


def test_an_enrolment_a_degree_and_no_record():
    fall, degree, nobody = lines(FALL, DEGREE, NOBODY)
    assert (fall.number, fall.ours, fall.found, fall.college, fall.years) == (2, "S-12", True, "Brown University", 4)
    assert (fall.begins, fall.ends, fall.is_public) == (datetime.date(2026, 9, 3), datetime.date(2026, 12, 18), False)
    assert degree.graduated and degree.graduated_on == datetime.date(2030, 5, 26) and not degree.is_enrolment
    assert nobody.found is False and not nobody.is_enrolment
    assert [line.problems for line in (fall, degree, nobody)] == [[], [], []]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_encodings_and_separators(encoding, separator):
    row = FALL.replace("Brown University", "Université Laval").replace(",", separator)
    (line,) = lines(row, head=HEAD.replace(",", separator), encoding=encoding)
    assert line.college == "Université Laval" and line.problems == []


@pytest.mark.parametrize(
    ("was", "instead", "words"),
    [
        ("S-12", "1.23E+05", "rounded"), ("20260903", "2.02609E+07", "no date"), ("20260903", "9/3/2026", "no date"),
        ("20260903", "20260231", "no date"), ("20260903", "20270903", "ends before"),
        (",Y,", ",maybe,", "neither Y nor N"),
        ("4-year", "five", "no kind of college"), ("20260903,20261218", ",", "neither an enrolment"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_nothing_is_guessed(was, instead, words):
    (line,) = lines(FALL.replace(was, instead, 1))
    assert any(words in problem for problem in line.problems), line.problems


def test_a_spreadsheets_whole_numbers_are_read():
    (line,) = lines(FALL.replace("S-12", "1204.0").replace("20260903", "20260903.0").replace("20261218", "2026-12-18"))
    assert (line.ours, line.begins, line.problems) == ("1204", datetime.date(2026, 9, 3), [])


def test_other_files_are_refused_at_once():
    with pytest.raises(FileError, match="no StudentTracker"):
        read(b"Name,Grade\nSam,10\n")
    with pytest.raises(FileError, match="College Name, Enrollment End"):
        read(HEAD.replace("College Name", "x").replace("Enrollment End", "y").encode())
    with pytest.raises(FileError):
        read(b"")


def test_the_first_autumn():
    june, november = datetime.date(2026, 6, 20), datetime.date(2026, 11, 15)
    first, last = first_autumn(june)
    assert (first, last) == (datetime.date(2026, 8, 15), datetime.date(2026, 10, 31))
    assert first_autumn(november)[0].year == 2027
    for begins, ends, is_in in (
        ("20260903", "20261218", True), ("20260601", "20260815", True), ("20261031", "", True),
        ("20261101", "20261218", False), ("20260601", "20260814", False),
    ):  # fmt: skip
        (line,) = lines(FALL.replace("20260903,20261218", f"{begins},{ends}"))
        assert line.covers(first, last) == is_in


def test_rows_are_read_one_after_the_other():
    found = read("\n".join((HEAD, FALL, '"never read')).encode())
    assert next(found).ours == "S-12"
