"""Whose copy is this? One participant of the session, beyond doubt, or a sentence (domain §3)."""

from django.utils.translation import gettext as _

from accounts.matching import Candidate, Match, MatchKind, PersonIndex, SoughtPerson
from accounts.models import Person
from accounts.names import fold, shared_tokens
from assessments.result_rows import ResultRow
from trainers.models import Participation, TrainingSession


class ParticipantUnknown(LookupError):
    """The row is nobody's, or perhaps several people's; the text is a French sentence."""


class ParticipantFinder:
    """The participants of one session, by phone, by matricule and by name; one query."""

    def __init__(self, session: TrainingSession) -> None:
        self._participations: dict[int, Participation] = {}
        self._by_matricule: dict[str, set[int]] = {}
        self._index = PersonIndex()
        people = Participation.objects.filter(session=session).select_related(
            "person__merged_into", "session"
        )
        for participation in people.order_by("pk"):
            self._participations[participation.pk] = participation
            for known in (participation.person, participation.person.merged_into):
                if known is not None:
                    self._add(participation, known)

    @property
    def has_people(self) -> bool:
        """Whether anybody is enrolled."""
        return bool(self._participations)

    def find(self, row: ResultRow) -> Participation:
        """The only participant that this row can be: by phone, then matricule, then name.

        Raises ParticipantUnknown when two of them name different people, when several people fit,
        or when nobody of the session does.
        """
        match = self._index.match(SoughtPerson(row.phone, row.name_key))
        by_matricule = self._by_matricule.get(fold(row.matricule), set())
        if match.kind is MatchKind.SAME:
            found = int(str(match.candidate_id))
            if by_matricule and found not in by_matricule:
                raise ParticipantUnknown(
                    _("Le téléphone ou le nom désigne %(one)s, le matricule désigne %(other)s.")
                    % {"one": self._names({found}), "other": self._names(by_matricule)}
                )
            return self._participations[found]
        fitting = {one for one in by_matricule if self._may_be(one, row, match)}
        if len(fitting) == 1:
            return self._participations[fitting.pop()]
        raise ParticipantUnknown(self._refusal(match, by_matricule))

    def _add(self, participation: Participation, person: Person) -> None:
        self._index.add(Candidate(participation.pk, person.phone or None, person.name_key))
        if fold(person.matricule):
            self._by_matricule.setdefault(fold(person.matricule), set()).add(participation.pk)

    def _may_be(self, participation_id: int, row: ResultRow, match: Match) -> bool:
        """A matricule alone is not enough: neither the name nor the phone may say otherwise."""
        others = {int(str(one)) for one in match.others}
        if others and participation_id not in others:
            return False
        known = self._participations[participation_id].person.name_key
        return not row.name_key or bool(shared_tokens(row.name_key, known))

    def _refusal(self, match: Match, by_matricule: set[int]) -> str:
        if match.kind is MatchKind.NEW and not by_matricule:
            return _("Cette personne n'est pas inscrite à la session : copie non enregistrée.")
        doubtful = {int(str(one)) for one in match.others} | by_matricule
        reason = match.reason if match.others else _("Le matricule est celui d'un autre nom.")
        return _("%(reason)s À vérifier : %(names)s.") % {
            "reason": reason,
            "names": self._names(doubtful),
        }

    def _names(self, ids: set[int]) -> str:
        return ", ".join(str(self._participations[one].person) for one in sorted(ids))
