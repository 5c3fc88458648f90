from bpl.tests.access import Row

ROWS = [
    Row("dashboards:home", signed_in=True),
    Row(
        "dashboards:student",
        kwargs=lambda cast: {"student_id": cast.student("sam").pk},
        ok="sam rosa grandma mo ada cover specialist coordinator lead safeguarding",
    ),
]
