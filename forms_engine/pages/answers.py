"""A form's answers as cards, a section each: for "check your answers", for print, and for the PDF."""
