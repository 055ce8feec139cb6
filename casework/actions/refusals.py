class Refused(ValueError):
    """What was asked for cannot be done. Its text says why, to the member of staff who asked."""
