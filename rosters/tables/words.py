"""Single words of a cell, in the spellings that schools use, as the values that the product holds."""

import re

from common.names import fold
from schools.roles import Role
from students.models import Guardianship

Relation, Rights = Guardianship.Relation, Guardianship.Rights


def _spelled(values: dict) -> dict[str, str]:
    return {word.strip(): str(value) for value, words in values.items() for word in words.split(",")}


RELATIONS = _spelled({
    Relation.MOTHER: "mother, mom, mum, mama, madre, mam",
    Relation.FATHER: "father, dad, papa, padre",
    Relation.STEP_PARENT: "step parent, stepparent, stepmother, step mother, stepfather, step father, padrastro, "
    "madrastra",
    Relation.GRANDPARENT: "grandparent, grandmother, grandfather, grandma, grandpa, nan, abuela, abuelo",
    Relation.RELATIVE: "relative, other relative, aunt, uncle, sister, brother, cousin, tia, tio, hermana, hermano, "
    "familiar",
    Relation.FOSTER_CARER: "foster carer, foster parent, foster mother, foster father, foster, familia de acogida",
    Relation.SOCIAL_WORKER: "social worker, trabajadora social, trabajador social",
    Relation.OTHER: "other, guardian, legal guardian, carer, caregiver, parent, otro, otra, tutor, tutora, tutor legal",
})  # fmt: skip
RIGHTS = _spelled({
    Rights.SIGNS: "signs, sign, full, all, yes, takes part and signs, firma",
    Rights.WRITES: "writes, write, takes part, takes part does not sign, participa",
    Rights.READS: "reads, read, reads only, read only, view, lee",
    Rights.CONTACT: "contact, contact only, emergency, emergency only, contacto",
    Rights.BARRED: "barred, no contact, blocked, sin contacto",
})  # fmt: skip
ROLES = _spelled({
    Role.ADVISER: "adviser, advisor, teacher, tutor, asesor, asesora, docente, profesor, profesora",
    Role.SPECIALIST: "specialist, specialist teacher, counselor, counsellor, senco, especialista, orientador, "
    "orientadora",
    Role.COORDINATOR: "coordinator, internship coordinator, office, admin, administrator, coordinador, coordinadora",
    Role.LEAD: "lead, school lead, principal, head, headteacher, head teacher, director, directora",
    Role.SAFEGUARDING: "safeguarding, safeguarding lead, dsl, child protection",
})  # fmt: skip
LANGUAGES = _spelled({
    "en": "en, eng, english, ingles",
    "en-gb": "en gb, british english, british",
    "es": "es, spa, spanish, espanol, castellano",
})  # fmt: skip


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def relation(text: str) -> str | None:
    return RELATIONS.get(plain(text))


def rights(text: str) -> str | None:
    return RIGHTS.get(plain(text))


def language(text: str) -> str | None:
    return LANGUAGES.get(plain(text)) or LANGUAGES.get(plain(text).partition(" ")[0])


def roles(text: str) -> tuple[list[str], list[str]]:
    """The roles that a cell names, and the words in it that name none."""
    parts = [part for part in re.split(r"[;,|/&\n]", text) if part.strip()]
    known = [ROLES[plain(part)] for part in parts if plain(part) in ROLES]
    return list(dict.fromkeys(known)), [part.strip() for part in parts if plain(part) not in ROLES]


def grade(text: str) -> str:
    """A grade without what schools write around it: "Grade 10", "10th", "Yr 10" and "10.0" are 10; others stay."""
    found = re.fullmatch(
        r"(?:grade|gr|year|yr|y|grado|curso)?\s*0*(\d{1,2})(?:st|nd|rd|th|\.0)?", fold(text).replace(". ", " ")
    )
    return found[1] if found else text


def split_name(text: str) -> tuple[str, str]:
    """Given and family name of a name in one cell: "Okafor, Sam", "Sam Okafor", "Pelé"."""
    if "," in text:
        family, _comma, given = (part.strip() for part in text.partition(","))
        return (given, family) if given else (family, "")
    given, _space, family = text.rpartition(" ")
    return (given, family) if given else (text, "")
