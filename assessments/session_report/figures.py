"""The figures of the report of a session, block by block. Only reads; no participant's name."""

import datetime
from collections import Counter

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Sex
from assessments.debrief import debrief_of
from assessments.figures import figure
from assessments.follow_up_board import session_follow_ups
from assessments.satisfaction.answers import satisfaction_of
from assessments.satisfaction.figures import SHOWN_FROM
from assessments.satisfaction.wording import aspect_labels
from assessments.session_report.blocks import Block, Bullets, Facts, Table, Text, cross_table
from assessments.session_results import knowledge_gain
from assessments.test_closing import key_refusal
from trainers.enums import EvidenceKind, LadderStatus, SessionMode
from trainers.models import Evidence, Expense, Participation, TrainingSession
from trainers.models.participations import INFORMED_OR_MORE, TRAINED_OR_MORE
from trainers.participation.marks import marks_in_force
from trainers.sessions.checks import has_tests
from trainers.sessions.online import lesson_logs_of
from trainers.sessions.red_flags import red_flags
from trainers.sessions.tabs import days_of
from trainers.sessions.validation import missing_evidence

NOTHING = "—"
STEM_LENGTH = 110


def session_facts(session: TrainingSession) -> list[Block]:
    """What the session was: place, dates, who organised and paid, how many trainers."""
    roles = Counter(one.get_role_display() for one in session.session_trainers.all())
    plan = session.plan_item or session.plan_activity
    pairs = [
        (_("Type et modalité"), f"{session.get_type_display()}, {session.get_mode_display()}"),
        (_("Curriculum"), f"{session.curriculum.title}, version {session.curriculum_version}"),
        (_("Lieu"), ", ".join(one for one in (session.venue, session.territory.name) if one)),
        (
            _("Dates"),
            days_of(session),
        ),
        (_("Organisateur"), session.organizer.name if session.organizer else NOTHING),
        (_("Financement"), session.funder or NOTHING),
        (_("Ligne du plan"), str(plan) if plan else NOTHING),
        (
            _("Encadrement"),
            ", ".join(f"{label.lower()} : {n}" for label, n in sorted(roles.items())) or NOTHING,
        ),
        (_("État de la session"), session.get_state_display()),
    ]
    return [Facts(tuple(pairs))]


def people_figures(people: list[Participation]) -> list[Block]:
    """How many, then by sex, category of professions and region, as frozen at the session."""
    status = Counter(one.status for one in people)
    counted = [
        (_("Inscrits"), len(people)),
        (_("Présents à une demi-journée au moins"), len(people) - status[LadderStatus.ENROLLED]),
        (_("Informés ou plus"), sum(one.status in INFORMED_OR_MORE for one in people)),
        (_("Formés ou plus"), sum(one.status in TRAINED_OR_MORE for one in people)),
        (_("Certifiés"), status[LadderStatus.CERTIFIED]),
    ]
    present = [one for one in people if one.status != LadderStatus.ENROLLED]
    unknown = _("non renseigné")
    labels = {Sex.FEMALE: _("Femmes"), Sex.MALE: _("Hommes"), "": _("Non renseigné")}
    lines = cross_table(
        [
            (
                one.profession.category.name if one.profession else unknown,
                _region(one) or unknown,
                labels[one.sex],
            )
            for one in present
        ],
        columns=list(labels.values()),
    )
    rows = tuple(
        (first or _("Total"), second, *(str(count) for count in cells))
        for first, second, cells in lines
    )
    return [
        Facts(tuple((label, str(n)) for label, n in counted)),
        Table(
            head=(_("Catégorie"), _("Région d'affectation"), *labels.values(), _("Total")),
            rows=rows,
            wide=(0, 1),
            has_total=True,
            note=_(
                "Personnes présentes, n = %(n)s ; affectation figée à la date de la session. Les "
                "cases de moins de 5 ne se diffusent pas hors du comité."
            )
            % {"n": len(present)},
        ),
    ]


def attendance_figures(session: TrainingSession, people: list[Participation]) -> list[Block]:
    """Present by half-day; online, the lessons read."""
    if session.mode == SessionMode.ONLINE:
        logs = lesson_logs_of(session, people)
        read = [len(one.log.read) for one in logs]
        return [
            Text(
                _("Session en ligne : %(read)s leçons lues par %(n)s participants.")
                % {"read": sum(read), "n": len(people)}
            )
        ]
    present = Counter(
        slot for (_one, slot), mark in marks_in_force(session).items() if mark.is_present
    )
    rows = [
        (
            str(slot),
            date_format(slot.held_on, "j F Y"),
            f"{slot.minutes} min",
            str(present[slot.pk]),
            _share(present[slot.pk], len(people)),
        )
        for slot in session.slots.order_by("position")
    ]
    return [
        Table(
            head=(_("Demi-journée"), _("Date"), _("Durée"), _("Présents"), _("Des inscrits")),
            rows=tuple(rows),
            wide=(0, 1),
            note=_("n = %(n)s inscrits.") % {"n": len(people)},
        )
    ]


def gain_figures(session: TrainingSession) -> list[Block]:
    """The paired gain with its verdict, never without its counts (domain §4)."""
    report = knowledge_gain(session)
    pairing, gain = report.pairing, report.gain
    interval = NOTHING
    if gain.ci95:
        interval = _("de %(low)s à %(high)s points") % {
            "low": figure(gain.ci95[0]),
            "high": figure(gain.ci95[1]),
        }
    pairs = [
        (_("Copies du pré-test, n"), str(pairing.n_pre)),
        (_("Copies du post-test, n"), str(pairing.n_post)),
        (_("Paires, n"), str(pairing.n_paired)),
        (_("Taux d'appariement"), _percent(pairing.pairing_rate)),
        (_("Moyenne avant (points sur 100)"), _value(gain.mean_pre)),
        (_("Moyenne après (points sur 100)"), _value(gain.mean_post)),
        (_("Gain moyen des paires"), _value(gain.gain)),
        (_("Intervalle à 95 % (Student)"), interval),
        (_("Taille d'effet (d de Cohen)"), _value(gain.cohen_d, 2)),
        (_("Gain normalisé des moyennes (Hake)"), _value(gain.hake_of_means, 2)),
        (_("Au moins 70 % au post-test"), _percent(gain.mastery70_post_share)),
        (_("Gain d'au moins 20 points"), _percent(gain.reliable_gain20_exact_share)),
    ]
    verdict = f"{gain.verdict[:1].upper()}{gain.verdict[1:]}. {gain.verdict_reason}"
    blocks: list[Block] = [Text(_("Verdict : %(verdict)s") % {"verdict": verdict})]
    if session.no_test_reason:
        blocks.append(
            Text(_("Motif d'absence de tests : %(text)s") % {"text": session.no_test_reason})
        )
    return [*blocks, Facts(tuple(pairs))]


def item_figures(session: TrainingSession) -> list[Block]:
    """Each question before and after, the least known first; no right answer is printed."""
    if refusal := key_refusal(session):
        return [Text(refusal, is_note=True)]
    found = debrief_of(session)
    rows = [
        (
            item.label,
            _shortened(item.stem),
            _share(item.right_pre, item.n_pre),
            _share(item.right_post, item.n_post),
            f"{item.wrong_letter} ({item.wrong_count})" if item.wrong_count else NOTHING,
        )
        for item in (*found.discussed, *found.acquired)
    ]
    if not rows:
        return [Text(_("Aucune copie rendue."), is_note=True)]
    return [
        Table(
            head=(_("N°"), _("Question"), _("Avant"), _("Après"), _("Erreur la plus choisie")),
            rows=tuple(rows),
            wide=(1,),
            note=_("Part de réponses justes ; copies : %(pre)s avant, %(post)s après.")
            % {"pre": found.n_pre, "post": found.n_post},
        )
    ]


def satisfaction_figures(session: TrainingSession) -> list[Block]:
    """The mean marks from five answers on; remarks stay on screen, they may name people."""
    found = satisfaction_of(session)
    if not found.is_shown:
        words = _("n = %(n)s réponses : les chiffres se montrent à partir de %(from)s.")
        return [Text(words % {"n": found.n, "from": SHOWN_FROM}, is_note=True)]
    labels = aspect_labels()
    return [
        Table(
            head=(_("Question, de 1 à 5"), _("Moyenne")),
            rows=tuple((labels[one.aspect], figure(one.mean)) for one in found.aspects),
            note=_("n = %(n)s réponses anonymes ; ce n'est pas une mesure des connaissances.")
            % {"n": found.n},
        )
    ]


def evidence_figures(session: TrainingSession) -> list[Block]:
    """The files in force with their fingerprints, and what is missing. A report lists no report."""
    files = (
        Evidence.objects.filter(session=session, replaced_by=None)
        .exclude(kind=EvidenceKind.REPORT)
        .order_by("kind", "pk")
    )
    rows = tuple(
        (one.get_kind_display(), one.original_name, _day(one.uploaded_at.date()), one.sha256)
        for one in files
    )
    missing = [
        sentence
        for sentence in missing_evidence(session, has_tests=has_tests(session))
        if sentence != _("Il manque le rapport de la session.")
    ]
    blocks: list[Block] = [
        Table(
            head=(_("Pièce"), _("Fichier"), _("Déposée le"), _("Empreinte SHA-256")),
            rows=rows,
            wide=(0, 1, 3),
        )
        if rows
        else Text(_("Aucune pièce déposée."), is_note=True)
    ]
    return [*blocks, Bullets(tuple(missing))] if missing else blocks


def flag_figures(session: TrainingSession) -> list[Block]:
    """The red flags by nature; who they name is in the annex."""
    counts = Counter(flag.code for flag in red_flags(session))
    if not counts:
        return [Text(_("Aucun signal."))]
    labels = {
        "OVERLAPPING_SESSIONS": _("Personnes présentes dans deux sessions aux mêmes dates"),
        "TRAINER_DOUBLE_BOOKED": _("Formateur annoncé dans deux sessions aux mêmes dates"),
        "MARKS_BEYOND_SEATS": _("Plus de présents que de places"),
        "SHARED_PHONE": _("Un même numéro de téléphone pour plusieurs personnes"),
        "CONTRADICTORY_MARKS": _("Pointages qui se contredisent"),
        "IDENTICAL_SHEETS": _("Copies identiques, erreurs comprises"),
    }
    other = _("Autre signal à examiner")
    return [
        Bullets(tuple(f"{labels.get(code, other)} : {n}" for code, n in sorted(counts.items())))
    ]


def spending_figures(session: TrainingSession) -> list[Block]:
    """What was spent, in FCFA; nothing where nothing was typed."""
    spent = list(Expense.objects.filter(session=session, voided_at=None).order_by("spent_on", "pk"))
    if not spent:
        return []
    rows = [
        (
            one.label,
            _day(one.spent_on),
            _("oui") if one.proof_id else _("non"),
            _thousands(one.amount),
        )
        for one in spent
    ]
    rows.append((_("Total"), "", "", _thousands(sum(one.amount for one in spent))))
    return [
        Table(
            head=(_("Objet"), _("Date"), _("Justificatif"), _("Montant (FCFA)")),
            rows=tuple(rows),
            has_total=True,
        )
    ]


def follow_up_figures(session: TrainingSession) -> list[Block]:
    """Questions sent at 3 and 6 months, with their rate; nothing before the first one."""
    rows = [row for row in session_follow_ups(session) if row.figures.sent]
    if not rows:
        return []
    return [
        Table(
            head=(_("Délai"), _("Envoyées"), _("Réponses"), _("Taux"), _("Oui, des réponses")),
            rows=tuple(
                (
                    _("%(months)s mois") % {"months": row.months},
                    str(row.figures.sent),
                    str(row.figures.answered),
                    _percent(row.figures.response_rate),
                    _percent(row.figures.yes_rate),
                )
                for row in rows
            ),
            note=_("Un silence n'est jamais un oui."),
        )
    ]


def rule_figures(session: TrainingSession) -> list[Block]:
    """By which thresholds people were counted."""
    rules = session.rule_set
    return [
        Facts(
            (
                (
                    _("Règles de comptage"),
                    _("version %(version)s, en vigueur depuis le %(day)s")
                    % {"version": rules.version, "day": _day(rules.effective_on)},
                ),
                (
                    _("Formé"),
                    _("contact : %(hours)s h au moins ; assiduité : %(share)s %% au moins")
                    % {"hours": figure(float(rules.min_hours)), "share": rules.min_attendance},
                ),
                (
                    _("Certifié"),
                    _("formé, et %(share)s %% au moins au post-test") % {"share": rules.mastery},
                ),
            )
        )
    ]


def people_of(session: TrainingSession) -> list[Participation]:
    """The participations with what is frozen in them; one query."""
    return list(
        Participation.objects.filter(session=session)
        .select_related("person", "profession__category", "organization", "territory__parent")
        .order_by("pk")
    )


def _region(one: Participation) -> str:
    territory = one.territory
    if territory is None:
        return ""
    parent = territory.parent
    is_cercle = territory.region_id is not None and territory.region_id != territory.pk
    return parent.name if is_cercle and parent else territory.name


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= STEM_LENGTH else f"{words[: STEM_LENGTH - 1].rstrip()}…"


def _share(part: int, whole: int) -> str:
    return f"{figure(part * 100 / whole, 0)} %" if whole else NOTHING


def _percent(value: float | None) -> str:
    return NOTHING if value is None else f"{figure(value)} %"


def _value(value: float | None, decimals: int = 1) -> str:
    return NOTHING if value is None else figure(value, decimals)


def _thousands(amount: int) -> str:
    return f"{amount:,}".replace(",", "\u202f")


def _day(day: datetime.date) -> str:
    """« 1er janvier 2023 »: the first of a month is an ordinal."""
    return f"{day.day}{'er' if day.day == 1 else ''} {date_format(day, 'F Y')}"
