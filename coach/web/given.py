"""What handlers ask for by the names `coach`, `store` and `runs`; `coach.web.app` gives it."""

from litestar.di import NamedDependency
from litestar.params import SkipValidation

from coach.ports import Store
from coach.service import Coach
from coach.web.runs import Runs

TheCoach = SkipValidation[NamedDependency[Coach]]
TheStore = SkipValidation[NamedDependency[Store]]
TheRuns = SkipValidation[NamedDependency[Runs]]
