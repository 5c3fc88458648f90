"""The pages of one student, as tabs above each of them. Rooms add theirs in AppConfig.ready.

    tabs.add(_("One-to-ones"), "advisories:one_to_ones", Permission.ONE_TO_ONE_SEE, order=40)

The URL takes `student_id`; the tab shows to whoever holds the permission on this student.
"""

from dataclasses import dataclass

from common.addresses import address


@dataclass(frozen=True)
class Tab:
    label: str
    url_name: str
    permission: str
    order: int = 50


_tabs: list[Tab] = []


def add(label, url_name: str, permission: str, order: int = 50) -> None:
    if not any(tab.url_name == url_name for tab in _tabs):
        _tabs.append(Tab(label, url_name, permission, order))
        _tabs.sort(key=lambda tab: tab.order)


def links(student_id: int, can, path: str) -> list[dict]:
    """Label, address and whether it is the current page, for each tab that `can` allows."""
    shown = [(tab, address(tab.url_name, student_id)) for tab in _tabs if tab.permission in can]
    # Every address of a student begins with the overview's, which is the shortest: that one is current only exactly.
    overview = min((url for _tab, url in shown), key=len, default=None)
    under = [url for _tab, url in shown if path == url or (url != overview and path.startswith(url))]
    current = max(under, key=len, default=None)
    return [{"label": tab.label, "url": url, "is_current": url == current} for tab, url in shown]
