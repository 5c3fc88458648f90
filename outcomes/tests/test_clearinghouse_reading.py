"""Files as people bring them: read row by row, whatever has happened to them on the way."""

import datetime
import io
import tracemalloc

import pytest

from bpl.tests.cast import NOW
from common.decoding import lines as lines_of
from files.models import StoredFile
from outcomes.actions import clearinghouse
from outcomes.actions.clearinghouse_applying import tidy
from outcomes.actions.clearinghouse_reading import read_file
from outcomes.clearinghouse import FileError, read
from outcomes.models import ClearinghouseFile, ClearinghouseLine
from outcomes.tests.clearinghouse_files import HEAD, a_file, a_row, an_id, an_upload, read_now

State, LineState = ClearinghouseFile.State, ClearinghouseLine.State


def test_two_files_put_together_keep_the_letters_of_both():
    first = (HEAD + "\n" + a_row("S-1", "Zoë", "Núñez") + "\n").encode()
    found = list(read(b"\xef\xbb\xbf" + first + a_row("S-2", "René", "Müller").encode("cp1252")))
    assert [(one.number, one.name) for one in found] == [(2, "Zoë Núñez"), (3, "René Müller")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_are_found_whatever_ends_them_and_wherever_a_part_ends(end, encoding, monkeypatch):
    for part in (3, 7, 64):
        monkeypatch.setattr("common.decoding.PART", part)
        text = end.join(("eins", "zwei ü", "", "drei")) + end
        assert list(lines_of(io.BytesIO(text.encode(encoding)))) == text.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            a_row("S-1", "Sam", "Okafor", degree="BA").replace('"Brown University"', "Brown, University"),
            "more cells than",
        ),
        (a_row("S-1", "Sam", "Okafor").replace("Brown", "Bro\nwn"), "over several lines"),
        (a_row("S-1", "Sam", "Okafor", college=""), "No college"),
        (a_row("S-1", "Sam", "Okafor", graduated="Y"), "degree without a date"),
        (a_row("S-1", "Sam", "Okafor", begins="46268"), "no date"),
        (a_row("S-1", "Sam", "Okafor", begins="#####"), "no date"),
    ],
)
def test_what_a_spreadsheet_left_is_said(row, words):
    (line,) = read(f"{HEAD}\n{row}\n".encode())
    assert any(words in problem for problem in line.problems) and line.is_broken


def test_a_date_that_is_unreadable_is_said_once():
    (line,) = read(f"{HEAD}\n{a_row('S-1', 'Sam', 'Okafor', begins='2.02609E+07')}".encode())
    assert len(line.problems) == 1


def test_an_undecodable_letter_is_said():
    (line,) = read(f"{HEAD}\n".encode() + a_row("S-1", "Sam", "Okafor").encode().replace(b"Brown", b"Br\x81wn"))
    assert line.is_broken


def test_a_rounded_id_does_not_break_the_row():
    (line,) = read(f"{HEAD}\n{a_row('1.2E+05', 'Sam', 'Okafor')}".encode())
    assert line.problems and not line.is_broken


def test_rows_that_are_no_rows_any_more_are_said_with_where_it_began():
    text = f'{HEAD}\n{a_row("S-1", "Sam", "Okafor")}\nSam,"Okafor,' + "x" * 200_000
    found = read(text.encode())
    assert next(found).number == 2
    with pytest.raises(FileError, match="After row 2"):
        next(found)


def test_a_file_without_lines_is_none():
    with pytest.raises(FileError, match="no text file"):
        read(b"\x07" * 3_000_000)


def test_a_high_schools_own_column_is_read_where_the_return_field_is_empty():
    head = HEAD.replace("First Name", "Your Unique Identifier,First Name")
    (line,) = read(f"{head}\nS-12,{a_row('', 'Sam', 'Okafor')}".encode())
    assert line.ours == "S-12"


def a_large_file(rows):
    """It is made as it is read, so that what is measured is the reading."""
    row = (a_row("TL1_2_ABCDEF", "Sam", "Okafor") + "\n").encode()

    class Stream(io.RawIOBase):
        left, first = rows, (HEAD + "\n").encode()

        def read(self, size=-1):
            part, self.first = self.first, b""
            number = min(self.left, 2000)
            self.left -= number
            return part + row * number

    return Stream()


def peak(rows) -> int:
    tracemalloc.start()
    assert sum(1 for _line in read(a_large_file(rows))) == rows
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_file():
    assert peak(30_000) < 1.2 * peak(6_000)


def test_a_file_is_read_and_its_bytes_are_forgotten(cast):
    file = a_file(cast, a_row(an_id(cast, "sam"), "Samuel", "Okafor"), "", a_row("x", "Nobody", "Here"))
    assert file.state == State.READY and file.report["rows"] == 2
    assert [line.number for line in file.lines.all()] == [2, 4]
    assert not StoredFile.objects.exists() and file.file is None


def test_another_file_is_refused_at_once_and_nothing_is_kept(cast):
    with pytest.raises(FileError, match="no StudentTracker"):
        a_file(cast, "Sam,10", head="Name,Grade")
    with pytest.raises(FileError, match="no rows"):
        a_file(cast)
    assert not ClearinghouseFile.objects.exists() and not StoredFile.objects.exists()


def test_a_file_that_stops_being_one_is_refused_and_its_rows_forgotten(cast):
    file = a_file(cast, a_row("x", "Sam", "Okafor"), 'Sam,"Okafor,' + "x" * 200_000)
    assert file.state == State.REFUSED and "After row 2" in file.report["refused"]
    tidy(file_id=file.pk)
    assert not file.lines.exists() and not StoredFile.objects.exists()


def test_a_process_that_died_loses_no_row_and_doubles_none(cast, monkeypatch):
    rows = [a_row(an_id(cast, "sam"), "Samuel", "Okafor", begins=f"20{at:02}0901", ends="") for at in range(10, 35)]
    monkeypatch.setattr("outcomes.actions.clearinghouse_reading.AT_ONCE", 10)
    file = clearinghouse.bring(school=cast.school, upload=an_upload(*rows), by=cast.lead, now=NOW)
    clocks = iter([NOW, NOW, NOW])

    def dies():
        return next(clocks)

    with pytest.raises(StopIteration):
        read_file(file_id=file.pk, clock=dies)
    assert file.lines.count() == 20
    # Somebody seems to be at work yet.
    assert read_now(file).state == State.READING
    later = NOW + datetime.timedelta(minutes=4)
    read_file(file_id=file.pk, clock=lambda: later)
    file.refresh_from_db()
    assert file.state == State.READY and file.lines.count() == 25


def test_a_file_that_kills_its_reader_is_given_up(cast):
    file = clearinghouse.bring(
        school=cast.school, upload=an_upload(a_row("x", "Sam", "Okafor")), by=cast.lead, now=NOW
    )  # fmt: skip
    for at in range(4):
        moment = NOW + datetime.timedelta(minutes=5 * at)
        clocks = iter([moment])
        try:
            read_file(file_id=file.pk, clock=lambda clocks=clocks: next(clocks))
        except StopIteration:
            continue
    file.refresh_from_db()
    assert file.state == State.REFUSED and "several times" in file.report["refused"]


def test_reading_asks_few_queries_however_many_rows(cast, django_assert_max_num_queries):
    rows = [a_row(an_id(cast, "sam"), "Samuel", "Okafor", begins=f"19{at:02}0901", ends="") for at in range(50, 99)]
    file = clearinghouse.bring(school=cast.school, upload=an_upload(*rows), by=cast.lead, now=NOW)
    with django_assert_max_num_queries(30):
        read_now(file)
    assert file.report["states"] == {LineState.READY: 49}
