"""What students of the demo write: read from data/profiles.toml."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def profiles() -> dict[str, dict]:
    text = (Path(__file__).parent / "data" / "profiles.toml").read_bytes().decode()
    return {profile["key"]: profile for profile in tomllib.loads(text)["profile"]}
