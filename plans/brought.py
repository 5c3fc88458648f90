"""What rooms above read together with a plan for its page: what they show beside it costs no statement of its own.

In AppConfig.ready, `brought.along("project_rows", _projects)` with a function that makes an expression; the
page's plan then has `plan.project_rows`.
"""

from collections.abc import Callable

_expressions: dict[str, Callable] = {}


def along(name: str, make: Callable) -> None:
    """`make()` gives an expression over the plan, with OuterRef for its columns."""
    _expressions[name] = make


def annotations() -> dict:
    return {name: make() for name, make in _expressions.items()}
