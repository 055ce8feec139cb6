"""Making an account for oneself: a form of the engine, whose last two pages are ours."""
