"""Drafts to try the coach with: the kinds that people really write."""

from typing import NamedTuple

from coach.okr import Context, Draft


class Sample(NamedTuple):
    """A draft to try. `name` stands in addresses, `title` and `about` on the page."""

    name: str
    title: str
    about: str
    draft: Draft


SAMPLES = {
    sample.name: sample
    for sample in (
        Sample(
            "first-draft",
            "A first draft",
            "good will, few numbers",
            Draft(
                "Improve the onboarding experience",
                (
                    "Improve activation",
                    "Launch the new welcome tour",
                    "Support calls in the first week from 31 to 18",
                ),
            ),
        ),
        Sample(
            "project-plan",
            "A project in disguise",
            "things to ship instead of what they change",
            Draft(
                "Roll out the customer portal and migrate all accounts",
                (
                    "Migrate 240 accounts to the portal",
                    "Hold 12 training sessions",
                    "Go live by 30 September",
                ),
                Context(cycle="2026-Q3", team="Customer operations"),
            ),
        ),
        Sample(
            "sound",
            "A sound one",
            "to see what the coach leaves in peace",
            Draft(
                "New tenants feel at home within their first month",
                (
                    "Tenants whose heating and keys work on the first day from 74 % to 95 %",
                    "Tenants who call us twice about the same thing from 22 % to 8 %",
                    "Leases renewed after the first year from 61 % to 70 %",
                ),
                Context(
                    why="A good first month decides whether families stay, and an empty flat "
                    "costs everyone in the house",
                    cycle="2026-Q4",
                    type="aspirational",
                    team="Tenant care",
                ),
            ),
        ),
    )
}
