from forms_engine.models.assignments import Assignment
from forms_engine.models.definitions import FormDefinition, FormVersion
from forms_engine.models.drafts import Draft, Party, StashedPost, StepAnswers, Upload
from forms_engine.models.submissions import Delivery, Submission, SubmissionContent, SubmissionFile

__all__ = [
    "Assignment",
    "Delivery",
    "Draft",
    "FormDefinition",
    "FormVersion",
    "Party",
    "StashedPost",
    "StepAnswers",
    "Submission",
    "SubmissionContent",
    "SubmissionFile",
    "Upload",
]
