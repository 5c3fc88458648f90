from bpl.tests.access import Row

STAFF = "ada cover lead coordinator safeguarding"


def advisory(cast):
    return {"advisory_id": cast.advisory.pk}


def sam(cast):
    return {"student_id": cast.student("sam").pk}


def charge(cast):
    return {"advisory_id": cast.advisory.pk, "charge_id": cast.advisory.charges.get(kind="adviser").pk}


# Sam and Lena sit in Ada's advisory: they see their group, and nothing that is run or managed.
MEMBERS = "sam lena"

ROWS = [
    Row("advisories:index", signed_in=True),
    Row("advisories:board", kwargs=advisory, ok=f"{STAFF} {MEMBERS}"),
    Row("advisories:circle", kwargs=advisory, ok="ada cover lead", may_not=f"coordinator safeguarding {MEMBERS}"),
    Row(
        "advisories:circle", method="post", kwargs=advisory, data=lambda cast: {"word": "steady"},
        ok="ada cover lead", may_not=f"coordinator safeguarding {MEMBERS}",
    ),
    Row(
        "advisories:circle_on", kwargs=lambda cast: advisory(cast) | {"date": "2026-11-20"},
        ok="ada cover lead", may_not=f"coordinator safeguarding {MEMBERS}",
    ),
    Row(
        "advisories:circle_on", method="post", kwargs=lambda cast: advisory(cast) | {"date": "2026-11-20"},
        ok="ada cover lead", may_not=f"coordinator safeguarding {MEMBERS}",
    ),
    Row("advisories:circles", kwargs=advisory, ok="ada cover lead", may_not=f"coordinator safeguarding {MEMBERS}"),
    *[
        Row(f"advisories:{name}", method=method, kwargs=kwargs, ok="lead",
            may_not=f"ada cover coordinator safeguarding {MEMBERS}")
        for name, method, kwargs in [
            ("roster", "get", advisory), ("roster", "post", advisory), ("close", "post", advisory),
            ("take", "get", advisory), ("take", "post", advisory), ("hand_over", "get", charge),
            ("hand_over", "post", charge), ("end_charge", "post", charge),
        ]
    ],
    *[
        Row("advisories:new", method=method, kwargs=lambda cast: {"school_id": cast.school.pk}, ok="lead",
            may_not="ada ben cover specialist coordinator safeguarding")
        for method in ("get", "post")
    ],
    Row("advisories:seats", kwargs=sam, ok="sam rosa grandma ada cover specialist coordinator lead safeguarding",
        may_not="mo"),
    *[
        Row("advisories:move", method=method, kwargs=sam, ok="lead",
            may_not="sam rosa grandma mo ada cover specialist coordinator safeguarding")
        for method in ("get", "post")
    ],
    Row("advisories:one_to_ones", kwargs=sam, ok="sam ada cover specialist lead",
        may_not="rosa grandma mo coordinator safeguarding"),
    Row("advisories:one_to_ones", method="post", kwargs=sam, ok="ada cover",
        may_not="sam rosa grandma mo specialist lead coordinator safeguarding"),
]  # fmt: skip
