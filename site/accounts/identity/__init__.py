"""Whether somebody who has made an account is in a register of people, under the name that she gave (A8)."""
