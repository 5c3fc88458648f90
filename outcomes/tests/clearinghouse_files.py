"""Detail files of the clearinghouse for tests, as it writes them."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from bpl.tests.cast import NOW
from outcomes.actions import clearinghouse
from outcomes.actions.clearinghouse_applying import apply_file, undo_file
from outcomes.actions.clearinghouse_reading import read_file
from outcomes.matching import our_id
from outcomes.models import ClearinghouseFile, Leaver
from outcomes.models.leaver import class_of

HEAD = (
    "First Name,Last Name,Requester Return Field,Record Found Y/N,College Code/Branch,College Name,2-year / 4-year,"
    "Public / Private,Enrollment Begin,Enrollment End,Enrollment Status,Graduated?,Graduation Date,Degree Title"
)
LEFT = datetime.date(2026, 7, 1)


def a_row(
    ours, first, last, *, found="Y", college="Brown University", level="4-year", begins="20260903", ends="20261218",
    graduated="N", graduated_on="", degree="",
) -> str:  # fmt: skip
    return (
        f'{first},{last},{ours},{found},003401-00,"{college}",{level},Private,{begins},{ends},F,{graduated},'
        f"{graduated_on},{degree}"
    )


def a_degree(ours, first, last, *, on="20300526", degree="BACHELOR OF ARTS") -> str:
    return a_row(ours, first, last, begins="", ends="", graduated="Y", graduated_on=on, degree=degree)


def nothing_of(ours, first, last) -> str:
    return a_row(ours, first, last, found="N", college="", level="", begins="", ends="")


def an_id(cast, name, school=None) -> str:
    return our_id((school or cast.school).pk, cast.student(name).pk)


def an_upload(*rows, head=HEAD, name="detail.csv", encoding="utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\r\n".join((head, *rows)).encode(encoding))


def a_file(cast, *rows, by=None, now=NOW, **how) -> ClearinghouseFile:
    """Brought and, since tasks are done at once where the transaction allows it, read."""
    file = clearinghouse.bring(school=cast.school, upload=an_upload(*rows, **how), by=by or cast.lead, now=now)
    return read_now(file)


def read_now(file) -> ClearinghouseFile:
    """Do what the task does, which waits for the end of a test's transaction."""
    read_file(file_id=file.pk, clock=lambda: NOW)
    file.refresh_from_db()
    return file


def taken_over(file, by, now=NOW, **how) -> ClearinghouseFile:
    clearinghouse.take_over(file=file, by=by, now=now, **how)
    apply_file(file_id=file.pk, now=now)
    file.refresh_from_db()
    return file


def taken_back(file, by) -> ClearinghouseFile:
    clearinghouse.undo(file=file, by=by, now=NOW)
    undo_file(file_id=file.pk, now=NOW)
    file.refresh_from_db()
    return file


def applied(cast, *rows, **how) -> ClearinghouseFile:
    return taken_over(a_file(cast, *rows, **how), cast.lead)


def a_leaver(cast, name, left_on=LEFT, how=Leaver.How.GRADUATED) -> Leaver:
    return Leaver.objects.create(
        student=cast.student(name), school=cast.school, left_on=left_on, class_of=class_of(left_on), how=how,
        by=cast.lead, at=NOW,
    )  # fmt: skip
