from assessments.models.copies import Attempt, SessionForm
from assessments.models.questions import Choice, FormItem, Question, QuestionBank, TestForm
from assessments.models.surveys import FollowUp, SatisfactionAnswer, SatisfactionForm

__all__ = [
    "Attempt",
    "Choice",
    "FollowUp",
    "FormItem",
    "Question",
    "QuestionBank",
    "SatisfactionAnswer",
    "SatisfactionForm",
    "SessionForm",
    "TestForm",
]
