"""What handlers ask for by the names `coach` and `store`; `coach.web.app` gives it."""

from litestar.di import NamedDependency
from litestar.params import SkipValidation

from coach.ports import Store
from coach.service import Coach

TheCoach = SkipValidation[NamedDependency[Coach]]
TheStore = SkipValidation[NamedDependency[Store]]
