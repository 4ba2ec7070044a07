"""What handlers ask for by name; `coach.web.app` gives it."""

from litestar.di import NamedDependency
from litestar.params import SkipValidation

from coach.batch.runner import Runner
from coach.charter import Charter
from coach.ports import Store
from coach.service import Coach
from coach.web.runs import Runs

TheCoach = SkipValidation[NamedDependency[Coach]]
TheStore = SkipValidation[NamedDependency[Store]]
TheRuns = SkipValidation[NamedDependency[Runs]]
TheRunner = SkipValidation[NamedDependency[Runner]]
TheCharter = SkipValidation[NamedDependency[Charter | None]]
