from bpl.tests.access import Row
from exhibitions.tests.factories import a_file, a_window, an_exhibition

SEE = "sam rosa grandma mo ada cover specialist coordinator lead safeguarding"
ADD = "sam rosa mo ada cover"


def sam(cast):
    return {"student_id": cast.student("sam").pk}


def evidence(cast):
    return sam(cast) | {"evidence_id": a_file(cast).pk}


def of_sam(name, method, ok, kwargs=sam, gone=""):
    """`gone` are those who may see the student's evidence and not this: a mentor sees that of their own placement."""
    may_not = " ".join(one for one in SEE.split() if one not in ok.split() and one not in gone.split())
    return Row(f"exhibitions:{name}", method=method, kwargs=kwargs, ok=ok, may_not=may_not)


def but_mo(names):
    return " ".join(one for one in names.split() if one != "mo")


def window(cast):
    return {"school_id": cast.school.pk, "window_id": a_window(cast).pk}


def school(cast):
    return {"school_id": cast.school.pk}


def exhibition(cast):
    return sam(cast) | {"exhibition_id": an_exhibition(cast).pk}


def arranged(cast):
    return {"do": f"in:{a_file(cast).pk}"}


PREPARE = "sam ada cover"
STAFF_MAY_NOT = "ada ben cover specialist safeguarding"


ROWS = [
    *(
        Row(f"exhibitions:{name}", method=method, kwargs=kwargs, ok="coordinator lead", may_not=STAFF_MAY_NOT)
        for name, method, kwargs in (("windows", "get", school), ("windows", "post", school), ("window", "get", window))
    ),
    of_sam("index", "get", SEE),
    Row(
        "exhibitions:begin",
        method="post",
        kwargs=sam,
        ok=PREPARE,
        data=lambda cast: {"window": a_window(cast).pk},
        may_not=" ".join(one for one in SEE.split() if one not in PREPARE.split()),
    ),
    of_sam("show", "get", SEE, exhibition),
    of_sam("name", "post", PREPARE, exhibition),
    Row(
        "exhibitions:arrange",
        method="post",
        kwargs=exhibition,
        ok=PREPARE,
        data=arranged,
        may_not=" ".join(one for one in SEE.split() if one not in PREPARE.split()),
    ),
    of_sam("evidence", "get", SEE),
    of_sam("evidence_add", "get", ADD),
    of_sam("evidence_add", "post", ADD),
    of_sam("evidence_send", "post", ADD),
    of_sam("evidence_upload", "post", ADD),
    of_sam("evidence_one", "get", but_mo(SEE), evidence, gone="mo"),
    of_sam("evidence_file", "get", but_mo(SEE), evidence, gone="mo"),
    of_sam("evidence_small", "get", but_mo(SEE), evidence, gone="mo"),
    of_sam("evidence_change", "get", "sam", evidence, gone="mo"),
    of_sam("evidence_change", "post", "sam", evidence, gone="mo"),
    of_sam("evidence_remove", "post", "sam", evidence, gone="mo"),
]
