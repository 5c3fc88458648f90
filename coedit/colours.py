"""The colour of a person's caret and words: the same everywhere, dark enough for white letters on it."""

PALETTE = (
    "#0b6e4f", "#9a3b00", "#1b4f9c", "#8a1c5a", "#5b3a9e", "#7a5200", "#006a75", "#a12622", "#3f5f0b", "#6b3d6e",
)  # fmt: skip


def colour_of(user_id: int) -> str:
    return PALETTE[user_id % len(PALETTE)]
