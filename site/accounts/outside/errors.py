"""What can go wrong on the way to an outside provider and back."""


class NotProvedError(Exception):
    """The provider did not show who it is, or cannot be reached. Says why, and nothing of the person."""
