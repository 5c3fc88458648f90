"""A school or a network: whose figures a page shows, and what its reader may do there."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import get_script_prefix, reverse

from schools.models import Network, School
from schools.roles import Permission


def _address(name, *args) -> str:
    return _found(get_script_prefix(), name, *args)


@lru_cache(maxsize=5_000)
def _found(_prefix, name, *args) -> str:
    """Looking an address up among all patterns costs a page that has a dozen of them."""
    return reverse(name, args=args)


@dataclass(frozen=True)
class Place:
    """One of the two. A network has totals alone: no students, and no small groups for anybody."""

    school: School | None = None
    network: Network | None = None
    can: frozenset = frozenset()

    @property
    def of(self) -> dict:
        return {"school": self.school} if self.school else {"network": self.network}

    @property
    def whole(self) -> School | Network:
        return self.school or self.network

    @property
    def kind(self) -> str:
        return "school" if self.school else "network"

    def __str__(self):
        return str(self.whole)

    def url(self, name: str, *args) -> str:
        """The address of one of the pages that both have."""
        return _address(f"outcomes:{'' if self.school else 'network_'}{name}", self.whole.pk, *args)

    @property
    def may_freeze(self) -> bool:
        return self.network is not None or Permission.SCHOOL_BACKGROUND in self.can

    @property
    def may_bring_files(self) -> bool:
        return self.school is not None and Permission.SCHOOL_DESTINATIONS in self.can

    @property
    def may_see_small(self) -> bool:
        return self.school is not None and Permission.SCHOOL_BACKGROUND in self.can
