"""Staff see the portal as a person sees it (docs/decisions/view-as.md)."""
