"""What a new database begins with: the county's townships, and invented data to look around in."""

from data.seed.calendar import WORKING_DAY
from data.seed.demonstration import Batch, demonstration
from data.seed.townships import townships

__all__ = ["WORKING_DAY", "Batch", "demonstration", "townships"]
