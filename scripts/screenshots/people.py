"""Who the demo's people are, by their addresses."""

SAM, ALEX, NOOR = "sam.parent@example.org", "alex.parent@example.org", "noor.stranger@example.org"
YUSUF, PAT, HARPER = "yusuf.young@example.org", "pat.advocate@example.org", "harper.head@example.org"
CASEY, ROBIN, MORGAN = "casey.worker@example.org", "robin.worker@example.org", "morgan.manager@example.org"
ERIN, ADMIN = "erin.editor@example.org", "admin@example.org"
