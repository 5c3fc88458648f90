from bpl.tests.access import Row

ROWS: list[Row] = []
