from bpl.tests.access import Row
from exhibitions.tests.factories import a_file

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


ROWS = [
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
