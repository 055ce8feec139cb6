"""Who works for the council and the schools: roles, teams, who came and who left, and who looks after whom."""
