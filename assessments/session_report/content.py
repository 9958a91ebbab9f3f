"""The report of a session, from its records and the trainer's words. Only reads."""

import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.session_report.blocks import Bullets, Report, Section, Table, Text
from assessments.session_report.figures import (
    attendance_figures,
    evidence_figures,
    flag_figures,
    follow_up_figures,
    gain_figures,
    item_figures,
    people_figures,
    people_of,
    rule_figures,
    satisfaction_figures,
    session_facts,
    spending_figures,
)
from trainers.models import Participation, SessionReport, TrainingSession
from trainers.sessions.red_flags import red_flags
from trainers.sessions.tabs import days_of
from trainers.sessions.validation import is_in_charge, took_part

PRINTED_IN = "fr"


def may_read_names(session: TrainingSession, user: User) -> bool:
    """Whether the annex is for this account: who worked in the session, or who judges it."""
    return took_part(session, user) or is_in_charge(session, user)


def report_of(
    session: TrainingSession, *, with_names: bool = False, day: datetime.date | None = None
) -> Report:
    """The report as it stands on a day (today), in French; names only in the annex, on demand."""
    with translation.override(PRINTED_IN):
        people = people_of(session)
        sections = [
            Section(_("La session"), tuple(session_facts(session))),
            Section(_("Participants"), tuple(people_figures(people))),
            Section(_("Présence par demi-journée"), tuple(attendance_figures(session, people))),
            *_written_sections(session)[:1],
            Section(_("Gain de connaissances"), tuple(gain_figures(session))),
            Section(_("Résultats par question"), tuple(item_figures(session))),
            Section(_("Avis des participants"), tuple(satisfaction_figures(session))),
            Section(_("Suivi à 3 et 6 mois"), tuple(follow_up_figures(session))),
            Section(_("Dépenses"), tuple(spending_figures(session))),
            *_written_sections(session)[1:],
            Section(_("Signaux à examiner"), tuple(flag_figures(session))),
            Section(_("Pièces justificatives"), tuple(evidence_figures(session))),
            Section(_("Comment ces chiffres sont comptés"), tuple(rule_figures(session))),
        ]
        return Report(
            title=_("Rapport de session"),
            session=session.code,
            subtitle=f"{session.title}, {days_of(session)}, {session.territory.name}",
            made_on=_("Établi le %(day)s par la plateforme")
            % {"day": date_format(day or timezone.localdate(), "j F Y")},
            demo=_("Démonstration : personnes et données fictives")
            if settings.IS_DEMO or session.is_demo
            else "",
            sections=tuple(one for one in sections if one.blocks),
            annex=tuple(_annex(session, people)) if with_names else (),
        )


def _written_sections(session: TrainingSession) -> list[Section]:
    """What only the trainer can tell; an empty text is left to complete."""
    written = SessionReport.objects.filter(session=session).first()
    texts = [
        (_("Déroulement"), written.course_of_events if written else ""),
        (_("Difficultés"), written.difficulties if written else ""),
        (_("Recommandations"), written.recommendations if written else ""),
    ]
    return [Section(title, (Text(text.strip(), is_written=True),)) for title, text in texts]


def _annex(session: TrainingSession, people: list[Participation]) -> list[Section]:
    """The people by name, the trainers, and whom the flags name. No score: it is the person's."""
    rows = tuple(
        (
            str(rank),
            str(one.person),
            one.profession.name if one.profession else _("non renseigné"),
            one.organization.name if one.organization else _("non renseigné"),
            f"{one.contact_minutes // 60} h {one.contact_minutes % 60:02}",
            one.get_status_display(),
        )
        for rank, one in enumerate(people, start=1)
    )
    trainers = tuple(
        f"{one.trainer} ({one.get_role_display().lower()})"
        for one in session.session_trainers.select_related("trainer__person").order_by("pk")
    )
    sections = [
        Section(
            _("Participants par nom"),
            (
                Table(
                    head=(
                        "N°",
                        _("Nom"),
                        _("Profession"),
                        _("Structure"),
                        _("Durée"),
                        _("Échelon"),
                    ),
                    rows=rows,
                    wide=(1, 2, 3),
                ),
            ),
        )
    ]
    if trainers:
        sections.append(Section(_("Équipe de formation"), (Bullets(trainers),)))
    flags = tuple(flag.sentence for flag in red_flags(session))
    if flags:
        sections.append(Section(_("Signaux, avec les noms"), (Bullets(flags),)))
    return sections
