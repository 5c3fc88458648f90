from bpl.tests.access import Row
from bpl.tests.cast import NOW
from files.uploads import begin


def upload(cast):
    return {"upload_id": begin(school_id=cast.school.pk, name="film.mp4", length=9, by=cast.sam, now=NOW).pk}


# An upload is its maker's alone.
ROWS = [Row("files:upload", method=method, kwargs=upload, ok="sam") for method in ("head", "patch", "delete")]
