"""What the first view of a page costs somebody on a slow network, whose browser knows nothing of the site yet."""

import gzip

import pytest

REQUESTS, BYTES = 8, 120_000


@pytest.mark.parametrize("name", ["sam", "rosa", "mo", "ada", "lead", "anonymous"])
def test_a_first_view_is_light(cast, new_context, name):
    page = new_context(getattr(cast, name, None), phone=True).new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (Playwright marks what it is given, and cannot mark a built-in)
    page.goto("/", wait_until="networkidle")
    assert 1 < len(answers) <= REQUESTS
    # As nginx sends it: what is text is packed, a font is already.
    assert sum(len(gzip.compress(answer.body())) for answer in answers if answer.ok) <= BYTES
