"""The bench of proposed places, small: what it says is what it solved."""

import json

from bench import command


def test_the_solver_is_at_least_as_good_and_proven(capfd):
    assert command.main(["placements", "--json", "--students", "30", "--opportunities", "40"]) == 0
    rows = json.loads(capfd.readouterr().out)
    found = {(row.get("way"), row["measure"]): row for row in rows}
    assert found[None, "students"]["value"] == 30 and found[None, "opportunities"]["value"] == 40
    assert found["solver", "objective"]["ratio"] >= 1
    assert found["solver", "proven gap"]["met"] and found["solver", "time"]["met"]
