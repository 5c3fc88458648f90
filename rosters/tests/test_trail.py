"""Everything that is written down can be read in words, students' names included."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from audit.models import Event
from schools.trail import is_said, lines

ROOMS = ("schools", "rosters")


def written_down(room) -> set[str]:
    """Names of actions in a room's source: whole ones, and those that its `_record` makes of a beginning and an end."""
    found = set()
    for path in [
        *Path(settings.BASE_DIR, room, "actions").glob("*.py"),
        *Path(settings.BASE_DIR, room).glob("views/*.py"),
    ]:
        source = re.sub(r'kind="[^"]+"', "", path.read_text())  # kinds of notices
        found |= set(re.findall(rf'"({room}(?:\.[a-z_]+)+)"', source))
        for beginning in re.findall(rf'f"({room}[a-z_.]*\.){{what}}"', source):
            found |= {beginning + end for end in re.findall(r'_record\(\s*"([a-z_]+)"', source)}
    return {name for name in found if not name.endswith("apply_import")}


@pytest.mark.parametrize("room", ROOMS)
def test_every_action_has_words(room):
    names = written_down(room)
    assert names and {name for name in names if not is_said(name)} == set()


def test_what_built_the_cast_is_told_in_words(cast):
    said = {line.words for line in lines(Event.objects.all()[:200])}
    assert not {words for words in said if words.startswith(("schools ", "students ", "advisories ", "mentors "))}


def test_a_student_is_named_and_found(cast, client):
    client.force_login(cast.lead)
    page = client.get(f"/schools/{cast.school.pk}/audit/?student=lena").content.decode()
    assert "Lena Brandt" in page and "Omar Haddad" not in page
