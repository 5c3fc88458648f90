from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One hat's part of the home page: a template and what it shows."""

    template: str
    shows: dict
