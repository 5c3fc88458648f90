"""The links around every page. Rooms add theirs in AppConfig.ready, so that base.html knows no room.

    nav.add(_("Advisories"), "advisories:index", icon="circle", order=30, show=works_at_a_school)
    nav.add(_("Notices"), "notices:index", icon="bell", place=nav.BELL, badge=unread_count)
    nav.add_several(links_to_my_students, order=20)

`show(request)` says whether this person gets the link; `badge(request)` is the number on it (0 shows none). Both may
query and count in every page's budget: keep what they read on the request. `target` is a URL name, or a function of
the request that returns a path or None (then there is no link). `within` names further namespaces whose pages belong
to the link; `put_under` says the same of a link that a lower room added, where the person has none that is nearer.
`add_several` takes a function of the request that returns the links themselves, for what differs from
person to person. Nobody who is signed out gets any.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from common.addresses import address

MAIN, BELL, ACCOUNT = "main", "bell", "account"


@dataclass(frozen=True)
class Item:
    label: str
    target: str | Callable
    icon: str = "dot"
    order: int = 50
    show: Callable | None = None
    badge: Callable | None = None
    place: str = MAIN
    within: tuple[str, ...] = ()

    def path(self, request) -> str | None:
        return self.target(request) if callable(self.target) else address(self.target)

    @property
    def namespaces(self) -> set[str]:
        own = [] if callable(self.target) else [self.target.partition(":")[0]]
        return {*own, *self.within}


@dataclass
class Link:
    """An item as one person sees it on one page."""

    label: str
    url: str
    icon: str
    count: int = 0
    is_current: bool = False
    namespaces: set[str] = field(default_factory=set)
    further: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Several:
    """Main links that one function, the target, makes for each person."""

    target: Callable
    order: int = 50
    place: str = MAIN


_items: list[Item | Several] = []
_put_under: dict[str, set[str]] = defaultdict(set)


def add(label, target, **options) -> None:
    _keep(Item(label, target, **options))


def add_several(target, *, order) -> None:
    _keep(Several(target, order))


def put_under(target: str, *namespaces: str) -> None:
    _put_under[target].update(namespaces)


def _keep(item: Item | Several) -> None:
    if not any(known.target == item.target and known.place == item.place for known in _items):
        _items.append(item)
        _items.sort(key=lambda item: item.order)


def links(request, place: str = MAIN) -> list[Link]:
    """The links of this person in this place, the current one marked."""
    if request is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    made = [link for item in _items if item.place == place for link in _made(item, request)]
    current = _current(made, request)
    if current:
        current.is_current = True
    return made


def _made(item: Item | Several, request) -> list[Link]:
    if isinstance(item, Several):
        return item.target(request)
    url = item.path(request) if item.show is None or item.show(request) else None
    if not url:
        return []
    count = item.badge(request) if item.badge else 0
    further = _put_under.get(item.target, set())
    return [Link(item.label, url, item.icon, count, namespaces=item.namespaces, further=further)]


def _current(made: list[Link], request) -> Link | None:
    """The link whose path the page's path begins with (the longest), else the one whose namespace the page is in."""
    under = [
        link for link in made if request.path == link.url or (link.url != "/" and request.path.startswith(link.url))
    ]
    if under:
        return max(under, key=lambda link: len(link.url))
    namespace = request.resolver_match.namespace if request.resolver_match else ""
    own = (link for link in made if namespace in link.namespaces)
    further = (link for link in made if namespace in link.further)
    return next(own, None) or next(further, None)
