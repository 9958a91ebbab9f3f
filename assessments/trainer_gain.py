"""The paired gain of the participants of one trainer's sessions: no ranking."""

from assessments.figures import figure
from assessments.gain import INCONCLUSIVE
from assessments.results_board import gain_board
from assessments.session_results import knowledge_gain
from trainers.models import Participation, Trainer
from trainers.registry.activity import animated_sessions
from trainers.registry.figures import TrainerGain


def trainer_gain(trainer: Trainer) -> TrainerGain:
    """The gain over all sessions that the trainer animated and that are over.

    The interval is shown with the verdict that the counts allow (domain §4): under 10 pairs or 70 %
    paired it is « non concluant », and no figure is shown.
    """
    people = Participation.objects.filter(session__in=animated_sessions(trainer))
    report = knowledge_gain(people)
    board, gain = gain_board(report), report.gain
    is_shown = gain.verdict != INCONCLUSIVE and gain.gain is not None and gain.ci95 is not None
    low, high = gain.ci95 if gain.ci95 is not None else (0.0, 0.0)
    return TrainerGain(
        n_pre=board["n_pre"],
        n_post=board["n_post"],
        n_paired=board["n_paired"],
        pairing_rate=board["pairing_rate"],
        gain=figure(gain.gain) if is_shown and gain.gain is not None else "",
        interval=f"{figure(low)} à {figure(high)}" if is_shown else "",
        verdict=board["verdict"],
        verdict_kind=board["verdict_kind"],
        verdict_reason=board["verdict_reason"],
    )
