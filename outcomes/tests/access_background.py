from bpl.tests.access import Row
from outcomes.tests.factories import a_background, a_held

TEAM = "sam rosa grandma mo ada cover specialist coordinator"
STAFF = "ada ben cover specialist coordinator safeguarding"
WRITTEN = {"meals": "reduced", "since": "2026-09-01", "source": "meals form"}


def sam(cast):
    a_held(cast)
    return {"student_id": cast.student("sam").pk}


def of_sam(cast):
    a_background(cast)
    return sam(cast)


def row(cast):
    return sam(cast) | {"row_id": a_background(cast).pk}


def school(cast):
    a_held(cast)
    return {"school_id": cast.school.pk}


def kind(cast):
    a_background(cast)
    return school(cast) | {"kind": "meals"}


def edit(name, method="get", kwargs=row, data=lambda cast: {}):
    return Row(f"outcomes:{name}", method=method, kwargs=kwargs, ok="lead", may_not=f"{TEAM} safeguarding", data=data)


def choose(name, method="get", kwargs=school, data=lambda cast: {}):
    return Row(f"outcomes:{name}", method=method, kwargs=kwargs, ok="lead", may_not=STAFF, data=data)


ROWS = [
    Row("outcomes:background", kwargs=of_sam, ok="lead safeguarding", may_not=TEAM),
    edit("background_write", kwargs=sam),
    edit("background_write", "post", sam, lambda cast: WRITTEN),
    edit("background_correct"),
    edit("background_correct", "post", data=lambda cast: {"value": "no", "since": "2026-09-01", "source": ""}),
    edit("background_back", "post"),
    choose("held"),
    choose("held", "post", data=lambda cast: {"kinds": ["meals"], "threshold": "12"}),
    choose("background_delete", kwargs=kind),
    choose("background_delete", "post", kwargs=kind),
    choose("background_table"),
    choose("background_table", "post", data=lambda cast: {"text": "name,meals\nSam Okafor,no", "since": "2026-09-01"}),
    choose("background_empty"),
]
