from bpl.tests.access import Row
from outcomes.tests import access_background, access_clearinghouse, access_dashboards, access_leavers

ROWS: list[Row] = [
    *access_background.ROWS, *access_leavers.ROWS, *access_clearinghouse.ROWS, *access_dashboards.ROWS,
]  # fmt: skip
