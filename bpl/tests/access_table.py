from bpl.tests.access import Row

ROWS = [
    Row("healthz", public=True),
]
