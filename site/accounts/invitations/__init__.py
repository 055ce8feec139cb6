"""Asking somebody to work here, by email; and what becomes of it when she says yes (C19)."""
