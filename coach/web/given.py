"""What handlers ask for by the names `coach` and `store`; `coach.web.app` gives it."""

from litestar.di import NamedDependency

from coach.ports import Store
from coach.service import Coach

TheCoach = NamedDependency[Coach]
TheStore = NamedDependency[Store]
