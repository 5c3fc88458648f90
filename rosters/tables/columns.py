"""Which columns a table may have, and the many ways in which schools' own systems spell them."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.names import fold

STUDENTS, STAFF = "students", "staff"
GUARDIANS = (1, 2)

PERSON = {
    "name": (
        gettext_lazy("name"),
        "full name, student name, student, staff name, nombre completo, alumno, display name",
    ),
    "given_name": (
        gettext_lazy("given name"),
        "first name, first, given, forename, legal first name, student first name, nombre, nombres, firstname",
    ),
    "family_name": (
        gettext_lazy("family name"),
        "last name, last, surname, family, legal last name, student last name, apellido, apellidos, lastname",
    ),
    "preferred_name": (
        gettext_lazy("called"),
        "preferred name, preferred, known as, nickname, goes by, preferred first name, preferred forename, apodo",
    ),
    "email": (gettext_lazy("e-mail"), "email address, mail, student email, school email, correo, correo electronico"),
    "phone": (
        gettext_lazy("phone"),
        "telephone, mobile, cell, cell phone, phone number, tel, sms, student phone, telefono, movil",
    ),
    "language": (gettext_lazy("language"), "home language, first language, preferred language, lengua, idioma"),
}  # fmt: skip
ONLY_STUDENTS = {
    "grade": (
        gettext_lazy("grade or year group"),
        "grade, year group, year, grade level, yeargroup, yr, nc year, grado, curso",
    ),
    "born_on": (
        gettext_lazy("birthday"),
        "date of birth, dob, birth date, born, born on, birthdate, fecha de nacimiento, nacimiento, d o b",
    ),
    "number": (
        gettext_lazy("school's own number"),
        "number, student number, student id, id, upn, admission number, adno, local id, state id, sourced id, "
        "user sourced id, identifier, matricula, numero",
    ),
    "advisory": (
        gettext_lazy("advisory"),
        "advisory group, group, adviser, advisor, form, form group, tutor group, reg group, homeroom, grupo, asesoria",
    ),
    "starts_on": (
        gettext_lazy("first day"),
        "start, start date, started, started on, starts on, entry date, enrolment date, enrollment date, "
        "admission date, date of admission, from, fecha de inicio, inicio, fecha de ingreso",
    ),
    "address": (
        gettext_lazy("home address"),
        "address, home, street address, postal address, mailing address, direccion, domicilio",
    ),
}  # fmt: skip
OF_GUARDIAN = {
    "name": (gettext_lazy("name"), "full name, , nombre completo"),
    "given_name": (gettext_lazy("given name"), "first name, first, forename, given, nombre"),
    "family_name": (gettext_lazy("family name"), "last name, last, surname, family, apellido, apellidos"),
    "email": (gettext_lazy("e-mail"), "email address, mail, correo, correo electronico"),
    "phone": (
        gettext_lazy("phone"),
        "telephone, mobile, cell, cell phone, phone number, tel, sms, telefono, movil, home phone",
    ),
    "relation": (gettext_lazy("relation"), "relationship, relationship to student, parentesco, relacion"),
    "rights": (gettext_lazy("rights"), "right, access, permissions, derechos"),
    "language": (gettext_lazy("language"), "home language, preferred language, lengua, idioma"),
    "address": (gettext_lazy("address"), "home address, home, postal address, direccion, domicilio"),
}  # fmt: skip
ONLY_STAFF = {
    "role": (gettext_lazy("role"), "roles, job, job title, position, title, cargo, puesto, funcion"),
    "starts_on": ONLY_STUDENTS["starts_on"],
}

# Words that say a column is about an adult of the family: which of them, and how they belong where the word says so.
ADULTS = {
    "guardian": None, "parent": None, "carer": None, "caregiver": None, "apoderado": None, "familiar": None,
    "mother": "mother", "mom": "mother", "mum": "mother", "madre": "mother",
    "father": "father", "dad": "father", "padre": "father",
}  # fmt: skip
SECRETS = re.compile(r"\b(pass ?word|pass ?wd|pwd|pass ?code|pass ?phrase|pin|secret|contrasena|clave)\b")


@dataclass(frozen=True)
class Column:
    """What a header was taken for: a key such as "born_on" or "g2_email", and a relation that the header implies."""

    key: str = ""
    implies: str = ""


def recognised(headers: list[str], kind: str) -> list[Column]:
    """What each header means; one that nobody knows, or that comes a second time, means nothing."""
    spelled, taken, columns = _index(_own(kind)), set(), []
    for header in headers:
        column = _meaning(header, spelled, kind)
        if column.key in taken:
            column = Column()
        taken |= {column.key} - {""}
        columns.append(column)
    return columns


def holds_secret(header: str) -> bool:
    """Whether a column may hold passwords, which are never kept."""
    return bool(SECRETS.search(normal(header)))


def labels(kind: str) -> dict[str, str]:
    """Every column that a table of this kind may have, with what it is called."""
    found = {key: str(label) for key, (label, _spelled) in _own(kind).items()}
    if kind == STUDENTS:
        for number in GUARDIANS:
            for key, (label, _spelled) in OF_GUARDIAN.items():
                found[f"g{number}_{key}"] = _("guardian %(number)s: %(what)s") % {"number": number, "what": label}
    return found


def normal(header: str) -> str:
    """A header without case, accents, marks and camel's humps: "Parent 1 eMail" is "parent 1 email"."""
    humps = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    words = re.sub(
        r"[\W_]+", " ", fold(re.sub(r"e-?mail", "email", humps, flags=re.IGNORECASE).replace("e Mail", "email"))
    )
    return re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", words).strip()


def _own(kind):
    return PERSON | (ONLY_STUDENTS if kind == STUDENTS else ONLY_STAFF)


def _index(columns) -> dict[str, str]:
    return {
        spelling: key
        for key, (label, spellings) in columns.items()
        for spelling in (key.replace("_", " "), normal(str(label)), *(word.strip() for word in spellings.split(",")))
    }


def _meaning(header, spelled, kind) -> Column:
    words = normal(header)
    if not words:
        return Column()
    if words in spelled:
        return Column(spelled[words])
    adults = [word for word in words.split() if word in ADULTS]
    return _of_adult(words, adults) if adults and kind == STUDENTS else Column()


def _of_adult(words, adults) -> Column:
    numbers = [word for word in words.split() if word.isdecimal()]
    implies = next((ADULTS[word] for word in adults if ADULTS[word]), "")
    number = int(numbers[0]) if numbers else 2 if implies == "father" else 1
    rest = " ".join(word for word in words.split() if word not in adults and word not in numbers and word != "s")
    key = _index(OF_GUARDIAN).get(rest)
    return Column(f"g{number}_{key}", implies) if key and number in GUARDIANS else Column()
