"""Values: dataclasses that nobody changes, and that cost little to make.

Type checkers see the ordinary ``dataclass`` and hold every value frozen. At run time nothing stands watch: a frozen
dataclass is made by one call for each field, and a request makes hundreds of them, which took a third as long as all
its statements to the database.
"""

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen, **options):  # noqa: ANN001, ANN003, ANN201 - the checkers read the other one
        """Make the class a value: compared and hashed by its fields."""
        return dataclasses.dataclass(unsafe_hash=frozen, **options)


__all__ = ["dataclass"]
