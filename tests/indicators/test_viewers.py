import datetime

import pytest

from accounts.enums import Role
from accounts.models import Territory
from indicators.measured import Status
from indicators.plan_loading import PlanTotals
from indicators.tallies import Dimension
from indicators.viewers import viewer_of
from tests.factories.accounts import make_cercle, make_region, make_user
from tests.factories.indicators import crowd, figures, held_session, make_committee, measured

pytestmark = pytest.mark.django_db
BY = tuple(Dimension)


def test_viewer_of_follows_the_role(plan: PlanTotals) -> None:
    focal = viewer_of(make_user(Role.FOCAL_POINT, territory=make_region()))
    partner = viewer_of(make_user(Role.PARTNER))
    trainer = viewer_of(make_user(Role.TRAINER))

    assert (focal.is_scoped, focal.sees_names, focal.is_committee) == (True, True, False)
    assert (partner.is_scoped, partner.sees_names, partner.is_committee) == (False, False, False)
    assert trainer.territory_ids == frozenset()


def test_regions_offered_are_those_the_reader_may_look_at(plan: PlanTotals) -> None:
    focal = viewer_of(make_user(Role.FOCAL_POINT, territory=make_cercle()))

    assert [region.code for region in focal.regions()] == ["segou"]
    assert viewer_of(make_user(Role.PARTNER)).regions() == []
    assert len(viewer_of(make_committee()).regions()) == 20


def test_narrowing_never_widens_a_territory(plan: PlanTotals) -> None:
    cercle = make_cercle()
    focal = viewer_of(make_user(Role.FOCAL_POINT, territory=cercle))

    assert focal.narrowed(make_region()).territory_ids == {cercle.pk}
    assert focal.narrowed(Territory.objects.get(code="kayes")).territory_ids == frozenset()


def test_a_focal_point_counts_its_territory_only(plan: PlanTotals) -> None:
    segou, kayes = make_region(), Territory.objects.get(code="kayes")
    held_session(
        "A",
        [*crowd(5, territory=make_cercle(segou)), *crowd(7, territory=kayes)],
        validated_by=make_committee(),
    )
    held_session("B", crowd(9, territory=segou))
    focal = make_user(Role.FOCAL_POINT, territory=segou)

    measure = measured("1.1.2-b", viewer=viewer_of(focal), by=BY)

    assert figures(measure) == (5, 5, 5)
    assert (measure.pending_sessions, measure.status) == (0, Status.NO_TARGET)
    assert [cell.label for cell in measure.by[Dimension.REGION]] == ["Ségou"]


def test_small_cells_are_masked_outside_the_committee(plan: PlanTotals) -> None:
    held_session(
        "A", [*crowd(9, sex="F"), *crowd(2, sex="M"), *crowd(8, sex="")],
        validated_by=make_committee(),
    )  # fmt: skip
    partner = make_user(Role.PARTNER)

    cells = measured("1.1.2-b", viewer=viewer_of(partner), by=BY).by[Dimension.SEX]

    assert [(cell.label, cell.all.participations, cell.is_masked) for cell in cells] == [
        ("Femme", 9, False), ("Homme", None, True), ("Non renseigné", None, True)
    ]  # fmt: skip
    assert [cell.validated.unique_persons for cell in cells] == [9, None, None]


def test_a_small_total_is_masked_with_everything_beside_it(plan: PlanTotals) -> None:
    held_session("A", crowd(4, pre=40, post=90), validated_by=make_committee())
    partner = make_user(Role.PARTNER)

    measure = measured("1.1-a", viewer=viewer_of(partner), by=BY)

    assert (measure.status, measure.all.value, measure.pairing) == (Status.MASKED, None, None)
    assert measure.by == {dimension: [] for dimension in BY}
    assert measure.warnings == ()


def test_the_plan_is_masked_where_a_year_could_be_found_by_subtraction(plan: PlanTotals) -> None:
    committee, partner = make_committee(), make_user(Role.PARTNER)
    held_session("A", crowd(9), validated_by=committee)
    held_session("B", crowd(3), validated_by=committee, starts_on=datetime.date(2024, 5, 6))

    seen = {
        period: measured("1.1.2-b", period, viewer=viewer_of(partner)).status
        for period in ("2024", "2025", "plan")
    }

    assert seen == {"2024": "MASKED", "2025": "REACHED", "plan": "MASKED"}
    assert measured("1.1.2-b", "plan").all.value == 12


def test_a_partner_sees_validated_figures_only(plan: PlanTotals) -> None:
    held_session("A", crowd(6), validated_by=make_committee())
    held_session("B", crowd(8))

    measure = measured("1.1.2-b", viewer=viewer_of(make_user(Role.PARTNER)))

    assert figures(measure) == (6, 6, 6)
    assert (measure.pending_sessions, measure.warnings) == (0, [])
