"""What a new database begins with: the county's townships, and invented data to look around in."""

from data.seed.calendar import WORKING_DAY
from data.seed.county import County, county
from data.seed.demonstration import Batch, batches_of, demonstration
from data.seed.townships import townships

__all__ = ["WORKING_DAY", "Batch", "County", "batches_of", "county", "demonstration", "townships"]
