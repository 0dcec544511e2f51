"""What all tables of a programme share, and the counts in them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Table(BaseModel):
    """A table of the programme: immutable, and an unknown key is an error."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        arbitrary_types_allowed=True,
        defer_build=True,
    )


Minutes = Annotated[int, Field(ge=0, le=1440, strict=True)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000, strict=True)]
