"""Tell people something, in the app and, as each of them wants it, by e-mail."""

import datetime
from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import timezone, translation

from accounts.models import User
from common.soon import soon
from notices import emails
from notices.addresses import is_local
from notices.models import Email, Notice, Preference
from schools.models import School

Words = str | Callable[[], str]
Digest = Preference.Digest


@transaction.atomic
def notify(
    *, people: Iterable[User], kind: str, title: Words, url: str, by: User | None, key: str, school_id: int | None,
    student_id: int | None = None, urgent: bool = False, body: Words = "", now: datetime.datetime | None = None,
    calendar: bytes = b"",
) -> None:  # fmt: skip
    """Tell `people` (never `by` themselves) that something happened; a closed account is told nothing.

    Who has not read an earlier notice with the same `key` gets no second one: that one is counted up. Give `title`
    and `body` as functions (`lambda: _("…") % {…}`), and each reader gets them in their own language. Both may go by
    e-mail: no more of a student than a first name and what happened; a `calendar` file goes with one that is sent at
    once. Raises ValueError where `url` leaves this site.
    """
    if not is_local(url):
        raise ValueError(f"{url} is not an address of this site.")
    readers = {user.pk: user for user in people if user.closed_at is None and user != by}
    if not readers:
        return
    school = School.objects.filter(pk=school_id).first()
    told = _Telling(readers, school, now or timezone.now(), calendar)
    facts = {"kind": kind, "url": url, "actor": by, "school_id": school_id, "student_id": student_id}
    told.count_up(key, title, body, urgent, facts)
    told.write(key, title, body, urgent, facts)
    told.send()


class _Telling:
    """One call of `notify`: who is told, in which language, and what goes out at once."""

    def __init__(self, readers, school, now, calendar):
        self.readers, self.school, self.now, self.calendar = readers, school, now, calendar.decode()
        self.rhythms = dict(Preference.objects.filter(user__in=readers).values_list("user_id", "digest"))
        self.at_once: list[Notice] = []
        self.known: set[int] = set()

    def count_up(self, key, title, body, urgent, facts):
        found = Notice.objects.unread().filter(user__in=self.readers, key=key)
        rows = list(found.select_for_update().order_by("user_id"))
        for row in rows:
            self._say(row, title, body, facts)
            row.count, row.is_urgent = row.count + 1, row.is_urgent or urgent
            self._plan_email(row, at_once=urgent)
        self.known = {row.user_id for row in rows}
        changed = ["title", "body", "kind", "url", "actor", "school_id", "student_id", "count", "is_urgent", "last_at"]
        Notice.objects.bulk_update(rows, [*changed, "waits_since"])

    def write(self, key, title, body, urgent, facts):
        rows = []
        for pk in sorted(self.readers.keys() - self.known):
            row = Notice(user=self.readers[pk], key=key, is_urgent=urgent, created_at=self.now)
            self._say(row, title, body, facts)
            self._plan_email(row, at_once=urgent or self.rhythms.get(pk) == Digest.AT_ONCE)
            rows.append(row)
        # In the same moment another process may have written the same: then its row stands.
        Notice.objects.bulk_create(rows, ignore_conflicts=True)

    def send(self):
        if not self.at_once:
            return
        Email.objects.bulk_create([self._email(notice) for notice in self.at_once])
        soon("notices.send_waiting")

    def _say(self, row, title, body, facts):
        with translation.override(emails.language_of(self.readers[row.user_id], self.school)):
            row.title, row.body = _words(title)[:300], _words(body)
        row.last_at = self.now
        for name, value in facts.items():
            setattr(row, name, value)

    def _plan_email(self, row, *, at_once):
        """Now, with the next digest, or never. What waits already keeps its place."""
        reader = self.readers[row.user_id]
        if not reader.email or (self.rhythms.get(reader.pk) == Digest.NONE and not at_once):
            row.waits_since = None
        elif at_once:
            row.waits_since = None
            self.at_once.append(row)
        else:
            row.waits_since = row.waits_since or self.now

    def _email(self, notice):
        reader = self.readers[notice.user_id]
        message = emails.one(notice, reader, self.school)
        return Email(
            person=reader, address=reader.email, subject=message.subject[:300], text=message.text, html=message.html,
            created_at=self.now, held_until=self.now, calendar=self.calendar,
        )  # fmt: skip


def _words(words: Words) -> str:
    return str(words() if callable(words) else words)
