"""Blocks a lesson is made of. One block, one template under `templates/courses/blocks/`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.file_weights import file_weight, weight_text

RICH_TEXT_FEATURES = ["h2", "h3", "h4", "bold", "italic", "ol", "ul", "link", "hr"]


class LawBlock(blocks.StructBlock):
    """A law article: never shown without its reference and the date it was last checked."""

    title = blocks.CharBlock(label=_("Intitulé"))
    reference = blocks.CharBlock(label=_("Référence"))
    updated_on = blocks.DateBlock(label=_("À jour au"))
    text = blocks.RichTextBlock(label=_("Texte"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "openquote"
        label = _("Texte de loi")
        template = "courses/blocks/law.html"


class SignBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Signe"))
    text = blocks.RichTextBlock(label=_("Explication"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Signe d'alerte")
        template = "courses/blocks/sign.html"


class CaseQuestionBlock(blocks.StructBlock):
    """A question put to the group, and what to expect from the answers."""

    question = blocks.TextBlock(label=_("Question"))
    guidance = blocks.TextBlock(label=_("Éléments de réponse"), required=False)


class CaseBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titre"))
    text = blocks.RichTextBlock(label=_("Situation fictive"), features=RICH_TEXT_FEATURES)
    questions = blocks.ListBlock(CaseQuestionBlock(), label=_("Questions guidées"))

    class Meta:
        icon = "group"
        label = _("Étude de cas")
        template = "courses/blocks/case.html"


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titre"))
    steps = blocks.ListBlock(
        blocks.RichTextBlock(label=_("Étape"), features=RICH_TEXT_FEATURES), label=_("Étapes")
    )

    class Meta:
        icon = "list-ol"
        label = _("Étapes")
        template = "courses/blocks/steps.html"


class KeyPointsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titre"))
    points = blocks.ListBlock(
        blocks.RichTextBlock(label=_("Point"), features=RICH_TEXT_FEATURES), label=_("Points")
    )

    class Meta:
        icon = "key"
        label = _("À retenir")
        template = "courses/blocks/key_points.html"


class AttentionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titre"))
    text = blocks.RichTextBlock(label=_("Texte"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Attention")
        template = "courses/blocks/attention.html"


class CheckChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Réponse proposée"))
    is_correct = blocks.BooleanBlock(label=_("Juste"), required=False)
    feedback = blocks.TextBlock(label=_("Retour"), required=False)


class CheckBlock(blocks.StructBlock):
    """An inline check: gives feedback, is never counted anywhere."""

    question = blocks.TextBlock(label=_("Question"))
    choices = blocks.ListBlock(CheckChoiceBlock(), label=_("Réponses"), min_num=2)

    class Meta:
        icon = "help"
        label = _("Vérifier")
        template = "courses/blocks/check.html"


class PictureBlock(blocks.StructBlock):
    """A picture, reduced for a phone; its description says what it shows to who cannot see it."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Description"), help_text=_("Ce que l'image montre, pour qui ne la voit pas.")
    )
    caption = blocks.CharBlock(label=_("Légende"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "courses/blocks/image.html"


class RecordingBlock(blocks.StructBlock):
    """A sound or a video, fetched only on demand, with the words of it."""

    recording = SnippetChooserBlock("courses.Recording", label=_("Enregistrement"))

    class Meta:
        icon = "media"
        label = _("Son ou vidéo")
        template = "courses/blocks/recording.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["weight"] = file_weight(value["recording"].file)
        return context


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Titre"))
    description = blocks.TextBlock(label=_("Ce qu'il contient"))

    class Meta:
        icon = "doc-full"
        label = _("Document à télécharger")
        template = "courses/blocks/document.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        document = value["document"]
        context["type"] = document.file_extension.upper()
        context["weight"] = weight_text(document.file_size) if document.file_size else ""
        return context


class TermBlock(blocks.StructBlock):
    term = SnippetChooserBlock("courses.GlossaryTerm", label=_("Terme"))

    class Meta:
        icon = "title"
        label = _("Terme du glossaire")
        template = "courses/blocks/term.html"


class ActivityBlock(blocks.StructBlock):
    """An H5P or SCORM activity: for practice, never counted as a test."""

    title = blocks.CharBlock(label=_("Titre"))
    code = blocks.CharBlock(label=_("Code de l'activité"))

    class Meta:
        icon = "media"
        label = _("Activité H5P ou SCORM")
        template = "courses/blocks/activity.html"


class LessonStream(blocks.StreamBlock):
    text = blocks.RichTextBlock(
        label=_("Texte"), features=RICH_TEXT_FEATURES, template="courses/blocks/text.html"
    )
    law = LawBlock()
    sign = SignBlock()
    case = CaseBlock()
    steps = StepsBlock()
    key_points = KeyPointsBlock()
    attention = AttentionBlock()
    check = CheckBlock()
    image = PictureBlock()
    recording = RecordingBlock()
    document = DocumentBlock()
    term = TermBlock()
    activity = ActivityBlock()


class LessonField(StreamField):
    """A stream of lesson blocks whose definition stays out of migrations: it changes too often."""

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        super().__init__(block_types if block_types is not None else [], **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
