from forms_engine.models.advice import WavedThrough
from forms_engine.models.assignments import Assignment
from forms_engine.models.definitions import FormDefinition, FormVersion
from forms_engine.models.drafts import Draft, Party, StashedPost, StepAnswers, Upload
from forms_engine.models.last_copies import LastCopy
from forms_engine.models.notices import NoticeVersion, PrivacyNotice
from forms_engine.models.submissions import Delivery, Submission, SubmissionContent, SubmissionFile

__all__ = [
    "Assignment",
    "Delivery",
    "Draft",
    "FormDefinition",
    "FormVersion",
    "LastCopy",
    "NoticeVersion",
    "Party",
    "PrivacyNotice",
    "StashedPost",
    "StepAnswers",
    "Submission",
    "SubmissionContent",
    "SubmissionFile",
    "Upload",
    "WavedThrough",
]
