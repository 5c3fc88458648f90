"""What an action says when it does not do what somebody asked."""


class SaidAtField(ValueError):
    """Said to the person who asked, in their words; `field` is where to say it, None for the form as a whole."""

    def __init__(self, words: str, field: str | None = None):
        super().__init__(words)
        self.field = field
