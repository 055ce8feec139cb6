from forms_engine.models.assignments import Assignment
from forms_engine.models.definitions import FormDefinition, FormVersion
from forms_engine.models.drafts import Draft, Party, StepAnswers, Upload
from forms_engine.models.submissions import Delivery, Submission, SubmissionContent, SubmissionFile

__all__ = [
    "Assignment",
    "Delivery",
    "Draft",
    "FormDefinition",
    "FormVersion",
    "Party",
    "StepAnswers",
    "Submission",
    "SubmissionContent",
    "SubmissionFile",
    "Upload",
]
