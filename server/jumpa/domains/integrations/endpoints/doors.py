"""What these endpoints are joined to."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from jumpa.domains.integrations.service.parts import IntegrationParts
from jumpa.kit.http.rates import Rates
from jumpa.kit.quotas import Quota


@dataclass(frozen=True, slots=True)
class IntegrationDoors:
    """Given by the composition root."""

    parts: IntegrationParts
    rates: Rates
    connections: Quota
    commands: Quota


async def _doors(request: Request) -> IntegrationDoors:
    doors: IntegrationDoors = request.app.state.integrations
    return doors


Doors = Annotated[IntegrationDoors, Depends(_doors)]
