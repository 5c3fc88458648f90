import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from common.addresses import address


@pytest.mark.parametrize(
    ("name", "values"),
    [("account_login", []), ("plans:index", [7]), ("internships:visit", [7, 12]), ("account_confirm_email", ["a-key"])],
)
def test_it_is_what_the_patterns_say(name, values):
    assert address(name, *values) == reverse(name, args=values)


def test_it_keeps_to_where_the_site_is_mounted():
    before = address("plans:index", 7)
    set_script_prefix("/below/")
    try:
        assert address("plans:index", 7) == "/below" + before
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize(("name", "values"), [("no:such", []), ("plans:index", []), ("plans:index", [-1])])
def test_what_is_none_is_refused(name, values):
    with pytest.raises(NoReverseMatch):
        address(name, *values)
