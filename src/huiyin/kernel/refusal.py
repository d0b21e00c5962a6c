"""Refusal: the one way in which a rule says no."""


class Refusal(Exception):  # noqa: N818  # a refusal is an answer, not an error
    """A rule was asked for something it does not allow.

    ``code`` is for programs (``subject.reason``), ``words`` is the sentence the clerk reads,
    ``facts`` are plain values a screen may show beside it.
    """

    def __init__(self, code: str, words: str, **facts: str | int | None) -> None:
        """Keep the code, the words and the facts."""
        super().__init__(words)
        self.code = code
        self.words = words
        self.facts = facts
