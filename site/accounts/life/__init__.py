"""What becomes of an account while somebody has it: her details change, and one day she leaves."""
