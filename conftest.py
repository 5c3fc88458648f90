from bpl.tests.cast import cast  # noqa: F401
