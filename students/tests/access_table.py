from bpl.tests.access import Row
from bpl.tests.cast import NOW, TODAY
from students.actions.concern import raise_concern
from students.actions.contacts import log_contact
from students.actions.homes import add_home
from students.actions.interests import add_interest
from students.actions.notes import write_note
from students.models import Guardianship, Level

# Everybody who sees Sam at all.
SEE = "sam rosa grandma mo ada cover specialist coordinator lead safeguarding"
STAFF = "ada cover specialist coordinator lead safeguarding"


def but(everybody: str, some: str) -> str:
    return " ".join(name for name in everybody.split() if name not in some.split())


def sam(cast):
    return {"student_id": cast.student("sam").pk}


def member(cast):
    return sam(cast) | {"member_id": cast.student("sam").team.get(user=cast.specialist).pk}


def guardian(cast):
    return sam(cast) | {"guardianship_id": Guardianship.objects.get(user=cast.rosa, student=cast.student("sam")).pk}


def home(cast):
    link = Guardianship.objects.get(user=cast.rosa, student=cast.student("sam"))
    link.home = add_home(student=link.student, by=cast.ada, name="Weekdays")
    link.save()
    return sam(cast) | {"home_id": link.home_id}


def interest(cast):
    return sam(cast) | {"interest_id": add_interest(student=cast.student("sam"), words="boats", by=cast.sam).pk}


def contact(cast):
    return sam(cast) | {"contact_id": log_contact(student=cast.student("sam"), kind="call", by=cast.ada, at=NOW).pk}


def note(level):
    def kwargs(cast):
        return sam(cast) | {"note_id": write_note(student=cast.student("sam"), level=level, text="…", by=cast.lead).pk}

    return kwargs


def at(level):
    return lambda cast: sam(cast) | {"level": level.value}


def concern(cast):
    row = raise_concern(student=cast.student("sam"), text="…", by=cast.mo, on=TODAY)
    return sam(cast) | {"concern_id": row.pk}


def day(cast):
    return sam(cast) | {"date": "2026-11-20"}


def both(name, kwargs, ok, methods=("get", "post")):
    return [Row(f"students:{name}", method=method, kwargs=kwargs, ok=ok, may_not=but(SEE, ok)) for method in methods]


ROWS = [
    Row("students:index", signed_in=True),
    *both("team", sam, but(SEE, "mo"), ["get"]),
    *both("team_add", sam, "ada coordinator lead"),
    *both("team_end", member, "ada coordinator lead", ["post"]),
    *both("guardians", sam, STAFF, ["get"]),
    *both("guardian_add", sam, "ada lead"),
    *both("guardian", guardian, "ada lead"),
    *both("guardian_rights", guardian, "ada lead", ["post"]),
    *both("guardian_end", guardian, "ada lead", ["post"]),
    *both("guardian_reach", guardian, "ada lead", ["post"]),
    *both("home", home, "ada lead"),
    *both("parents", sam, "sam"),
    *both("record", sam, "ada lead"),
    *both("enrolment", sam, but(SEE, "mo"), ["get"]),
    *both("enrolment", sam, "ada lead", ["post"]),
    *both("interests", sam, but(SEE, "mo"), ["get"]),
    *both("interests", sam, "sam ada cover lead", ["post"]),
    *both("interest_drop", interest, "sam ada cover lead", ["post"]),
    *both("contacts", sam, STAFF),
    *both("contact", contact, "ada"),
    *both("contact_take_back", contact, "ada", ["post"]),
    *both("notes", sam, STAFF),
    *both("notes_at", at(Level.RESTRICTED), "ada lead safeguarding"),
    # Whoever may not read the note is told that there is none.
    *[
        Row("students:note_correct", method=method, kwargs=note(Level.RESTRICTED), ok="ada lead safeguarding")
        for method in ("get", "post")
    ],
    *both("concern_raise", sam, f"mo {STAFF}"),
    Row("students:concerns", ok="safeguarding"),
    *both("concern", concern, "safeguarding", ["get"]),
    *both("concern_take", concern, "safeguarding", ["post"]),
    *both("concern_step", concern, "safeguarding", ["post"]),
    *both("concern_close", concern, "safeguarding", ["post"]),
    *both("attendance", sam, but(SEE, "mo"), ["get"]),
    *both("attendance_day", day, "ada cover coordinator lead"),
]
