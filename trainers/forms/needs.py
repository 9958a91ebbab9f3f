"""Forms of the survey of needs: open it, answer it on a phone, type a paper."""

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.link_tokens import new_link_token
from accounts.models import ProfessionCategory, Territory
from courses.models import Topic
from trainers.forms.plan_items import DAY_INPUT
from trainers.national_plan.needs_sheet import ease_words, usefulness_words

Choices = list[tuple[str, str]]


class SurveyForm(forms.Form):
    """A survey to open."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=32)
    title = forms.CharField(
        label=gettext_lazy("Titre, tel que les gens le lisent"),
        max_length=160,
        initial=gettext_lazy("Vos besoins de formation"),
    )
    opens_on = forms.DateField(
        label=gettext_lazy("Ouverte le"),
        widget=forms.DateInput(attrs=DAY_INPUT, format="%Y-%m-%d"),
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Close le"), widget=forms.DateInput(attrs=DAY_INPUT, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs.setdefault("initial", {"token": new_link_token(), "opens_on": today})
        super().__init__(*args, **kwargs)


class SurveyDatesForm(forms.Form):
    """The days of a survey that is there already."""

    opens_on = forms.DateField(
        label=gettext_lazy("Ouverte le"),
        widget=forms.DateInput(attrs=DAY_INPUT, format="%Y-%m-%d"),
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Close le"), widget=forms.DateInput(attrs=DAY_INPUT, format="%Y-%m-%d")
    )


class NeedsForm(forms.Form):
    """Two questions for each topic, in words; a topic may be left out, never half answered."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    category = forms.ModelChoiceField(
        label=gettext_lazy("Vous êtes"),
        required=False,
        queryset=ProfessionCategory.objects.none(),
        to_field_name="code",
        empty_label=gettext_lazy("Je préfère ne pas le dire"),
    )
    territory = forms.ModelChoiceField(
        label=gettext_lazy("Région où vous travaillez"),
        required=False,
        queryset=Territory.objects.none(),
        to_field_name="code",
        empty_label=gettext_lazy("Je préfère ne pas le dire"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"uuid": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["category"].queryset = ProfessionCategory.objects.order_by("position", "code")
        fields["territory"].queryset = Territory.objects.regions().order_by("position", "code")
        self.topics = list(Topic.objects.order_by("pk"))
        for topic in self.topics:
            self.add_questions(topic)

    def add_questions(self, topic: Topic) -> None:
        """Two lists of choices in words."""
        for name, label, words in (
            ("u", _("Est-ce utile à votre travail ?"), usefulness_words()),
            ("e", _("Êtes-vous à l'aise aujourd'hui ?"), ease_words()),
        ):
            self.fields[f"{name}{topic.pk}"] = forms.ChoiceField(
                label=label, required=False, choices=_choices(words)
            )

    def questions(self) -> Iterator[dict[str, Any]]:
        """Each topic with its two bound fields, for the template."""
        for topic in self.topics:
            fields = [self[f"u{topic.pk}"], self[f"e{topic.pk}"]]
            yield {
                "topic": topic.name,
                "fields": fields,
                "has_errors": any(field.errors for field in fields),
            }

    def clean(self) -> dict[str, Any]:
        """Both questions of a topic, or none; one topic at least."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        for topic in self.topics:
            given = [bool(facts.get(f"{name}{topic.pk}")) for name in ("u", "e")]
            if any(given) and not all(given):
                missing = "e" if given[0] else "u"
                self.add_error(f"{missing}{topic.pk}", _("Répondez aussi à cette question."))
        if not self.errors and not self.ratings():
            raise forms.ValidationError(_("Donnez votre avis sur un thème au moins."))
        return facts

    def ratings(self) -> dict[Topic, tuple[int, int]]:
        """The topics answered: usefulness and ease, from 1 to 5."""
        facts = self.cleaned_data
        return {
            topic: (int(facts[f"u{topic.pk}"]), int(facts[f"e{topic.pk}"]))
            for topic in self.topics
            if facts.get(f"u{topic.pk}") and facts.get(f"e{topic.pk}")
        }


class PaperForm(NeedsForm):
    """A paper in front of a keyboard: figures from 1 to 5, in the order of the sheet."""

    answered_on = forms.DateField(
        label=gettext_lazy("Date de la feuille"),
        widget=forms.DateInput(attrs=DAY_INPUT, format="%Y-%m-%d"),
    )

    def add_questions(self, topic: Topic) -> None:
        """Two figures; an empty box is a topic left out."""
        for name, label in (("u", _("Utile")), ("e", _("À l'aise"))):
            self.fields[f"{name}{topic.pk}"] = forms.IntegerField(
                label=label,
                required=False,
                min_value=1,
                max_value=5,
                widget=forms.TextInput(
                    attrs={
                        "inputmode": "numeric",
                        "maxlength": "1",
                        "autocomplete": "off",
                        "aria-label": f"{topic.name} : {label}",
                    }
                ),
            )


def _choices(words: list[str]) -> Choices:
    return [
        ("", _("Sans réponse")),
        *((str(rank), f"{rank} · {word}") for rank, word in enumerate(words, start=1)),
    ]
