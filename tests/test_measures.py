"""Which way is better for a measure, and what is possible: by its words, or left open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.okr import Draft
from coach.reading.draft import KeyResultLine, ReadDraft
from coach.reading.metrics import Polarity, asks_for_all, may_be, over_scale, polarity

HIGHER = """
    Deliveries arriving on schedule | Parents satisfied with the after-school club
    Seats filled at matinees | Volunteers who stay a second year | Machine availability
    Loans repaid in full | Applicants answered within a week | Invoices paid without a reminder
    Cases closed within 30 days | Gross margin on spare parts | Exam candidates who pass
    Lab results correct at first run | Bottles recycled | Customer satisfaction
    Requests solved without a second call | On-time delivery | Retention of first-year nurses
    Orders picked without error | Share of customers who would recommend us | Trains on time
    Test coverage of the payment module | Patients seen within 4 hours | Net revenue retention
    Attendance at evening classes | Complaints answered within 48 h | Grant applications accepted
    Defect detection rate | Cost savings from shared vans
"""
LOWER = """
    Missed appointments | Pupils absent on Mondays | Staff turnover on wards | Scrap per shift
    Rent arrears | Books returned late | Customers who cancel within 90 days | CO2 per delivery
    Time from order to delivery | Wait for an MRI | Complaints per 1,000 guests | Trains cancelled
    Beds blocked by patients fit to leave | Machines idle for lack of parts | Food thrown away
    Water lost in the network | Crop lost to hail | Volunteers who drop out
    Passengers left standing | Tickets reopened | Orders with errors | Stock-outs in the shop
    Bugs escaping to production | Calls abandoned | Cost per hire | Sick days per employee
    Patients readmitted within 30 days | Deploys rolled back | Users locked out of their account
    Accounts closed in the first year | Average wait at the till | Lead time for spare parts
    Share of deliveries arriving damaged | Applications left without an answer | Dropped calls
    Time-to-first-value | Shifts that had to be cancelled | Searches that end with no result
"""
OPEN = """
    Near misses reported | Calls per agent | Meetings per week | Price per litre | Tax returns filed
    Defects found in review | Hours of training | Stops with ramps | Minutes with the patient
    Households sorting waste | Staff who know the emergency number | Lost property returned
    Complaints that end with a thank-you | Time between failures | Hit rate of the fraud alarm
    Shifts filled by agency staff | Customers who use a second product | Cases per adviser
"""


def listed(text: str) -> list[str]:
    return [each.strip() for line in text.strip().splitlines() for each in line.split("|") if each]


@pytest.mark.parametrize("named", listed(HIGHER))
def test_more_is_better(named: str) -> None:
    assert polarity(named.lower()) == 1


@pytest.mark.parametrize("named", listed(LOWER))
def test_less_is_better(named: str) -> None:
    assert polarity(named.lower()) == -1


@pytest.mark.parametrize("named", listed(OPEN))
def test_nothing_is_said_where_words_do_not_tell(named: str) -> None:
    assert polarity(named.lower()) == 0


@pytest.mark.parametrize(
    ("named", "side"),
    [*((named, 1) for named in listed(HIGHER)), *((named, -1) for named in listed(LOWER))],
)
def test_a_quick_look_misses_no_measure_that_tells(named: str, side: Polarity) -> None:
    (line,) = ReadDraft(Draft("", (f"{named}: 4 → 9",))).key_results
    assert may_be(side, line)


@given(st.text(max_size=80))
def test_any_words_get_an_answer(named: str) -> None:
    assert polarity(named) in (-1, 0, 1)


def measure_of(text: str) -> tuple[str, float | None]:
    (line,) = ReadDraft(Draft("", (text,))).key_results
    assert isinstance(line, KeyResultLine)
    return line.measure.kind.id, line.measure.scale


@pytest.mark.parametrize(
    ("text", "kind", "scale"),
    [
        ("Uptime of the till from 99.5 % to 99.9 %", "availability", None),
        ("NPS of day guests from 20 to 35", "promoter score", None),
        ("Guests rate the breakfast: 3.9/5 → 4.4/5", "rating", 5),
        ("Newsletter conversion from 2 % to 3 %", "conversion", None),
        ("Seeds that germinate: 71 % → 85 %", "share", None),
        ("Water per kg of paper: 31 → 28 litres", "intensity", None),
        ("Net revenue retention from 98 % to 112 %", "amount", None),
        ("Letters a day: 400 → 250", "amount", None),
    ],
)
def test_kind_tells_what_is_possible(text: str, kind: str, scale: float | None) -> None:
    assert measure_of(text) == (kind, scale)


def test_rating_over_its_scale_is_found() -> None:
    assert over_scale("guest rating from 4.4/5 to 5.5/5") == (27, 32)
    assert over_scale("guest rating from 4.4/5 to 4.8/5") is None
    assert over_scale("open on 24/7, lines 3/4") is None


@pytest.mark.parametrize(
    "text", ["Everybody finds a mentor", "Stop all late trips", "Faults from 30 to none at all"]
)
def test_all_or_nothing_is_found(text: str) -> None:
    assert asks_for_all(text.lower())


def test_some_is_not_all() -> None:
    assert asks_for_all("all 46 crane drivers trained (30 so far)") is None
    assert asks_for_all("calls that need no second visit: 60 % → 80 %") is None
