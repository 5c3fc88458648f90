"""The bench of timetables, small: what it says is what it solved."""

import json

from bench import command


def test_the_solver_is_at_least_as_good_and_proven(capfd):
    assert command.main(["timetable", "--json", "--exhibitions", "30", "--rooms", "3"]) == 0
    rows = json.loads(capfd.readouterr().out)
    found = {(row.get("way"), row["measure"]): row for row in rows}
    assert found[None, "exhibitions"]["value"] == 30 and found[None, "rooms"]["value"] == 3
    assert found["solver", "objective"]["ratio"] >= 1
    assert found["solver", "left out"]["value"] <= found["first come", "left out"]["value"]
    assert (
        found["solver", "conflicts"]["met"] and found["solver", "proven gap"]["met"] and found["solver", "time"]["met"]
    )
