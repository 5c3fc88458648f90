from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coedit.access import load_text, may_write, shown_names
from coedit.actions import TextError, restore
from coedit.authors import letter_authors, mark_authors
from coedit.colours import PALETTE
from coedit.difference import difference
from coedit.document import load
from coedit.history import readable_from, sittings
from coedit.render import to_html

# A year of daily writing; older versions are reached by their address.
MOST_SHOWN = 300


@require_safe
def history(request, text_id):
    """The text as it stands with its writers' names, and the sittings in which it was written."""
    text = load_text(request, text_id)
    found = sittings(text, readable_from(text, request.user, request.standing))[:MOST_SHOWN]
    document = load(text.pk)
    blocks, authors = document.tree(), letter_authors(text.pk, document)
    people = _people(request, text, {*authors, *(author for one in found for author in one.letters)})
    mark_authors(blocks, authors, people)
    for one in found:
        one.people = [people[author] | {"letters": count} for author, count in one.letters.items()]
    writers = [people[user] for user in dict.fromkeys(authors) if user in people]
    context = {"text": text, "student": text.student, "sittings": found, "html": to_html(blocks), "writers": writers}
    return render(request, "coedit/history.html", context)


def _people(request, text, user_ids):
    """What is said of each writer: a name and the number of a colour. Hidden guardians share both."""
    names = shown_names(text, {user for user in user_ids if user}, request.user, request.standing)
    numbers: dict = {}
    for user in sorted(names):
        numbers.setdefault(_identity(user, names), len(numbers) % len(PALETTE))
    return {user: {"name": name, "number": numbers[_identity(user, names)]} for user, name in names.items()}


def _identity(user, names):
    return "family" if names[user] == _("Family") else user


@require_safe
def version(request, text_id, update_id):
    """The text as it stood after one row, and what had changed since the version before (`?since=`)."""
    text, oldest = _readable(request, text_id, update_id)
    since = _number(request.GET.get("since"), oldest)
    now, before = load(text.pk, update_id), load(text.pk, max(min(since, update_id), oldest))
    authors = letter_authors(text.pk, now)
    blocks = difference(before.tree(), now.tree())
    people = _people(request, text, set(authors))
    mark_authors(blocks, authors, people)
    context = {
        "text": text, "student": text.student, "html": to_html(blocks), "update_id": update_id,
        "writers": list({one["name"]: one for one in people.values()}.values()),
        "may_restore": may_write(text, request.standing) and update_id != text.last_update_id,
    }  # fmt: skip
    return render(request, "coedit/version.html", context)


@require_POST
def bring_back(request, text_id, update_id):
    """Make the text say again what it said then, as a new edit."""
    text, _oldest = _readable(request, text_id, update_id, write=True)
    try:
        restore(text=text, update_id=update_id, by=request.user, now=timezone.now())
    except TextError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The text says again what it said then. What came after is still in the history."))
    return redirect("coedit:history", text.pk)


def _readable(request, text_id, update_id, write=False):
    text = load_text(request, text_id, write=write)
    oldest = readable_from(text, request.user, request.standing)
    if not oldest <= update_id <= text.last_update_id:
        raise Http404
    return text, oldest


def _number(typed, otherwise):
    return int(typed) if typed and typed.isascii() and typed.isdigit() else otherwise
