"""What of an address is shown to whoever may not know it."""


def masked(email: str) -> str:
    """ "s…t@example.org": enough to know one's own mailbox by, and no more."""
    local, at, domain = email.partition("@")
    last = local[-1:] if len(local) > 1 else ""
    # The word joiner keeps a line from ending at the dots.
    return f"{local[:1]}…\N{WORD JOINER}{last}{at}{domain}"
