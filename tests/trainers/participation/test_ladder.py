from decimal import Decimal

import pytest

from trainers.enums import LadderStatus
from trainers.participation.ladder import Rung, Status, Thresholds, climb

HALF_DAY = 210  # 3 h 30 in minutes


def rung(attended, *, kind="TRAINING", slots=(HALF_DAY,) * 4, post=None, over=True, rule=None):
    return climb(
        session_type=kind,
        slot_minutes=slots,
        attended_minutes=attended,
        post_percent=post,
        thresholds=rule or Thresholds(),
        is_over=over,
    )


@pytest.mark.parametrize(
    ("attended", "kind", "post", "over", "status"),
    [
        ([], "TRAINING", None, False, "ENROLLED"),
        ([], "TRAINING", 100.0, True, "ENROLLED"),
        ([], "AWARENESS", None, True, "ENROLLED"),
        ([HALF_DAY], "TRAINING", None, False, "PRESENT"),
        ([HALF_DAY], "TRAINING", None, True, "INFORMED"),
        ([HALF_DAY] * 3, "TRAINING", 100.0, True, "INFORMED"),
        ([HALF_DAY] * 4, "TRAINING", None, True, "TRAINED"),
        ([HALF_DAY] * 4, "TOT", 69.99, True, "TRAINED"),
        ([HALF_DAY] * 4, "TRAINING", 70.0, True, "CERTIFIED"),
        ([HALF_DAY] * 4, "TRAINING", 70.0, False, "CERTIFIED"),
        ([HALF_DAY] * 4, "AWARENESS", 100.0, True, "INFORMED"),
        ([HALF_DAY], "AWARENESS", None, False, "INFORMED"),
    ],
)
def test_ladder_puts_a_participation_on_its_rung(attended, kind, post, over, status):
    assert rung(attended, kind=kind, post=post, over=over).status == status


def test_ladder_tells_the_figures_behind_the_rung():
    assert rung([HALF_DAY] * 3) == Rung("INFORMED", 630, 75.0, False)


def test_ladder_counts_exactly_six_hours():
    assert rung([180, 180], slots=[180, 180]).status == "TRAINED"
    assert rung([180, 179], slots=[180, 179]).status == "INFORMED"


def test_ladder_counts_exactly_eighty_percent():
    # Four of five slots of 2 h: 8 h of 10 h are 80 %.
    assert rung([120] * 4, slots=[120] * 5).status == "TRAINED"
    # 480 of 601 minutes are 79.87 %.
    assert rung([120] * 4, slots=[120, 120, 120, 120, 121]).status == "INFORMED"


def test_ladder_weighs_slots_by_their_minutes():
    # Three slots of four, but 600 of 720 minutes: 83.3 %.
    assert rung([240, 240, 120], slots=[240, 240, 120, 120]).status == "TRAINED"


def test_ladder_marks_fifteen_contact_hours():
    assert rung([225] * 4, slots=[225] * 4).is_donor_hours is True
    assert rung([225, 225, 225, 224], slots=[225] * 4).is_donor_hours is False


def test_ladder_follows_another_version_of_the_rule():
    rule = Thresholds(min_hours=Decimal("3.5"), min_attendance=Decimal(50), mastery=Decimal(60))
    assert rung([HALF_DAY, HALF_DAY], post=60.0, rule=rule).status == "CERTIFIED"


def test_ladder_gives_mastery_to_a_score_that_binary_fractions_shorten():
    assert rung([HALF_DAY] * 4, post=0.7 * 100).status == "CERTIFIED"
    assert rung([HALF_DAY] * 4, post=69.9999999999).status == "CERTIFIED"


def test_ladder_of_a_session_without_slots_stays_at_the_foot():
    assert rung([], slots=[]) == Rung("ENROLLED", 0, 0.0, False)


def test_ladder_uses_the_codes_of_the_records():
    assert set(Status.__args__) == set(LadderStatus.values)
