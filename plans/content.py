"""What a plan says, as plain data: fixed in a version, filtered to what a role may see, hashed. Pure functions."""

import datetime
import hashlib
import json
import secrets

from schools.roles import Role

DROPPED = "dropped"


def content_of(sections, items, own_goals) -> dict:
    """Everything a plan holds now, in its order, with who may read each section."""
    return {
        "sections": [_section(section) for section in sections],
        "items": [_item(item) for item in items],
        "goals": [{"id": goal.pk, "words": goal.words, "why": goal.why, "state": goal.state} for goal in own_goals],
    }


def _section(section):
    return {
        "key": section.key, "title": section.title, "guidance": section.guidance, "readers": list(section.text.readers),
        **_text(section.text),
    }  # fmt: skip


def _item(item):
    return {
        "id": item.pk, "title": item.title, "resources": item.resources, "when": item.when, "from": _day(item.from_on),
        "until": _day(item.until_on), "shows": item.shows, "evidence": item.evidence, "state": item.state,
        "goals": [{"name": goal.name, "how": goal.how, "own": goal.is_own} for goal in item.goals],
        **_text(item.text),
    }  # fmt: skip


def _text(text):
    return {"text": str(text.pk), "update": text.last_update_id, "html": text.html, "plain": text.plain}


def _day(day):
    return day.isoformat() if day else None


def marks_of(sections, items, own_goals) -> dict:
    """Which state of each part this is: small, and different as soon as somebody has gone on writing."""
    texts = [section.text for section in sections] + [item.text for item in items]
    return {
        "texts": {str(text.pk): text.last_update_id for text in texts},
        "items": {str(item.pk): [item.version, item.state == DROPPED] for item in items},
        "goals": {str(goal.pk): goal.version for goal in own_goals},
        "order": [item.pk for item in items],
    }


def counting(roles) -> set[str]:
    """The roles that count as readers: cover stands in for the adviser."""
    return set(roles) | ({Role.ADVISER} if Role.COVER in roles else set())


def visible(content: dict, roles, open_keys=None) -> dict:
    """The content as people in `roles` may see it. `open_keys`, where given, are the sections that are still open to
    them today: a section that was wrongly open when the version was made is not shown again."""
    roles = counting(roles)
    sections = [
        section
        for section in content["sections"]
        if roles & set(section["readers"]) and (open_keys is None or section["key"] in open_keys)
    ]
    return {**content, "sections": sections}


def salted(content: dict) -> dict:
    """The content as a version keeps it: with a random salt for the words of each part, see `seal`."""
    return _with_parts(content, lambda part: part | {"salt": secrets.token_hex(16)})


def seal(content: dict) -> str:
    """The hash of a version. Words go into it as a hash of their own, which stays where they are erased, so that the
    seal goes on to hold for all the rest. With the salt gone too, nobody can prove a guess at what was erased."""
    return digest(_with_parts(content, _sealed))


def _sealed(part):
    said = {name: value for name, value in part.items() if name not in ("html", "plain", "salt", "erased")}
    return said | {"words": part["erased"]["words"] if "erased" in part else _hash_of_words(part)}


def _hash_of_words(part):
    return digest([part["salt"], part["html"], part["plain"]])


def holds_words_of(content: dict, text) -> bool:
    return any(_is_of(part, text) for part in (*content["sections"], *content["items"]))


def without_words(content: dict, text, at: datetime.datetime) -> dict:
    """The content after the words of `text` were erased."""

    def erased(part):
        if not _is_of(part, text):
            return part
        said = {name: value for name, value in part.items() if name != "salt"}
        return said | {"html": "", "plain": "", "erased": {"words": _hash_of_words(part), "at": at.isoformat()}}

    return _with_parts(content, erased)


def _is_of(part, text):
    return part["text"] == str(text.pk) and "erased" not in part


def _with_parts(content, change):
    return content | {kind: [change(part) for part in content[kind]] for kind in ("sections", "items")}


def digest(content) -> str:
    """SHA-256 over the content, the same wherever it is computed."""
    said = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def agreed(content: dict) -> dict:
    """What a signature agrees to: the words and the work, not how far the work has come."""
    return {
        "sections": [{name: section[name] for name in ("key", "title", "html")} for section in content["sections"]],
        "items": [_agreed_item(item) for item in content["items"]],
        "goals": [
            {"id": goal["id"], "words": goal["words"], "why": goal["why"], "dropped": goal["state"] == DROPPED}
            for goal in content["goals"]
        ],
    }


def _agreed_item(item):
    kept = {
        name: value
        for name, value in item.items()
        if name not in ("state", "text", "update", "plain", "salt", "erased")
    }
    return kept | {"dropped": item["state"] == DROPPED}


def role_hashes(content: dict, roles) -> dict[str, str]:
    """For each role, the hash of what it sees and agrees to: equal hashes need no second signature."""
    return {str(role): digest(agreed(visible(content, {role}))) for role in roles}
