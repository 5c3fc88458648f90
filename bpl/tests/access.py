"""How a room says who may open its addresses: `ROWS` in <room>/tests/access_table.py.

    Row("advisories:board", kwargs=lambda cast: {"advisory_id": cast.advisory.pk}, ok="ada cover lead", may_not="sam")

Everybody of the cast who is named in neither is an outsider and gets 404; somebody who is not signed in is sent to
sign in, unless `public`. `signed_in=True` means every signed-in person gets in. POSTs have rows of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bpl.tests.cast import PEOPLE

# A form may come back with words beside the field (200 or 422), or be done (302, 204); an empty file is none
# (400, 415).
LET_IN = {200, 204, 302, 400, 415, 422}


@dataclass(frozen=True)
class Row:
    name: str
    ok: str = ""
    may_not: str = ""
    method: str = "get"
    kwargs: Callable = lambda cast: {}
    data: Callable = lambda cast: {}
    query: str = ""
    signed_in: bool = False
    public: bool = False

    @property
    def label(self) -> str:
        return f"{self.method} {self.name}{self.query}"

    def expected(self, person: str) -> set[int]:
        if self.signed_in or self.public or person in self.ok.split():
            return LET_IN
        if person in self.may_not.split():
            return {403}
        return {404}

    def check_names(self) -> None:
        unknown = set(self.ok.split() + self.may_not.split()) - set(PEOPLE)
        assert not unknown, f"{self.label} names {unknown}, who are not in the cast"
