from assessments.models.copies import Attempt, CopyCorrection, SessionForm
from assessments.models.questions import Choice, FormItem, Question, QuestionBank, TestForm
from assessments.models.surveys import FollowUp, SatisfactionAnswer, SatisfactionForm

__all__ = [
    "Attempt",
    "Choice",
    "CopyCorrection",
    "FollowUp",
    "FormItem",
    "Question",
    "QuestionBank",
    "SatisfactionAnswer",
    "SatisfactionForm",
    "SessionForm",
    "TestForm",
]
