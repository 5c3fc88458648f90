"""Students of the demo schools whose situation is meant to be met: two homes, a barred parent, no e-mail, one name."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Adult:
    given: str
    family_name: str
    relation: str
    rights: str = "signs"
    home: int = 0
    email: bool = True
    language: str = ""
    sign_in: str = ""
    emergency: bool = False


@dataclass(frozen=True)
class Story:
    given: str
    family_name: str
    grade: str
    age: int
    profile: str
    advisory: int = 0
    preferred: str = ""
    sign_in: str = ""
    # Weeks ago; None draws a start in an earlier term.
    started_weeks_ago: int | None = None
    moved_from: int | None = None
    homes: tuple[tuple[str, str], ...] = (("", ""),)
    adults: tuple[Adult, ...] = field(default_factory=tuple)


UNITED_STATES = [
    Story(
        "Nicolás", "Baptiste", "11", 16, "radio", preferred="Nico", sign_in="student@demo.example",
        homes=(("Weekdays", "48 Linwood Avenue, Apt 3\nProvidence, RI 02907"),
               ("Every other weekend", "1170 Narragansett Boulevard\nCranston, RI 02905")),
        adults=(Adult("Marisol", "Baptiste", "mother", language="es", sign_in="parent@demo.example", emergency=True),
                Adult("André", "Baptiste", "father", home=1)),
    ),
    Story(
        "Luz", "Baptiste", "9", 14, "garden", advisory=1,
        homes=(("Weekdays", "48 Linwood Avenue, Apt 3\nProvidence, RI 02907"),),
        adults=(Adult("Marisol", "Baptiste", "mother", sign_in="parent@demo.example", emergency=True),),
    ),
    Story(
        "Tess", "Whitaker", "10", 15, "vet",
        homes=(("", "22 Ocean Street\nProvidence, RI 02905"),),
        adults=(Adult("Dana", "Whitaker", "mother", emergency=True),
                Adult("Craig", "Whitaker", "father", "barred", home=-1)),
    ),
    Story(
        "Jayla", "Monroe", "12", 17, "law",
        homes=(("Grandma's", "9 Gallup Street\nProvidence, RI 02905"),),
        adults=(Adult("Earline", "Monroe", "grandparent", email=False, emergency=True),
                Adult("Tonya", "Monroe", "mother", "reads", home=-1)),
    ),
    Story(
        "Kelvin", "Ofori", "10", 16, "boats",
        homes=(("", "301 Public Street\nProvidence, RI 02905"),),
        adults=(Adult("Comfort", "Ofori", "mother", email=False, emergency=True),
                Adult("Isaac", "Ofori", "father", email=False)),
    ),
    Story(
        "Xiaoyu", "Zhang", "9", 14, "code", preferred="小雨",
        homes=(("", "77 Wickenden Street\nProvidence, RI 02903"),),
        adults=(Adult("Wei", "Zhang", "father", emergency=True),),
    ),
    Story(
        "Aung", "", "11", 17, "kitchen",
        homes=(("", "14 Potters Avenue\nProvidence, RI 02907"),),
        adults=(Adult("Thida", "", "mother", emergency=True, email=False),),
    ),
    Story(
        "Ruby", "Costa", "10", 15, "body", moved_from=1,
        homes=(("", "5 Sackett Street\nProvidence, RI 02907"),),
        adults=(Adult("Helena", "Costa", "mother", emergency=True), Adult("Paulo", "Costa", "father")),
    ),
    Story(
        "Malik", "Freeman", "9", 14, "bikes", started_weeks_ago=6,
        homes=(("", "260 Prairie Avenue\nProvidence, RI 02905"),),
        adults=(Adult("Denise", "Freeman", "mother", emergency=True),),
    ),
    Story(
        "Sol", "Vega", "9", 14, "childcare", started_weeks_ago=1,
        homes=(("", "88 Burnett Street\nProvidence, RI 02907"),),
        adults=(Adult("Iris", "Vega", "foster_carer", emergency=True),),
    ),
]  # fmt: skip

ENGLAND = [
    Story(
        "Callum", "Brearley", "11", 15, "bikes",
        homes=(("Mum's", "12 Newland Avenue\nHull HU5 2AB"), ("Dad's", "3 Hessle Road\nHull HU3 4JR")),
        adults=(Adult("Kelly", "Brearley", "mother", emergency=True), Adult("Steve", "Brearley", "father", home=1)),
    ),
    Story(
        "Aleena", "Hussain", "10", 14, "childcare", homes=(("", "41 Spring Bank\nHull HU3 1AH"),),
        adults=(Adult("Rukhsana", "Hussain", "mother", email=False, emergency=True),),
    ),
    Story(
        "Jake", "Thorne", "10", 14, "boats", homes=(("", "8 Boulevard\nHull HU3 2TA"),),
        adults=(Adult("Lorraine", "Thorne", "mother", emergency=True),
                Adult("Dean", "Thorne", "father", "barred", home=-1)),
    ),
    Story(
        "Oliwia", "Kowalska", "11", 15, "kitchen", started_weeks_ago=5,
        homes=(("", "19 Holderness Road\nHull HU9 1EA"),),
        adults=(Adult("Beata", "Kowalska", "mother", emergency=True),),
    ),
]  # fmt: skip
