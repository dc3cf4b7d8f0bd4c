"""What these endpoints are joined to, and who stands before them."""

from typing import Annotated

from fastapi import Depends, Request

from jumpa.domains.administration.errors import ServerAdministratorNeededError
from jumpa.domains.administration.service.parts import AdministrationParts
from jumpa.domains.organisations.models import HOME
from jumpa.kit.actor import Actor
from jumpa.kit.http.callers import Administrator


async def _parts(request: Request) -> AdministrationParts:
    parts: AdministrationParts = request.app.state.administration
    return parts


async def _of_server(actor: Administrator) -> Actor:
    if actor.organisation_id != HOME:
        raise ServerAdministratorNeededError
    return actor


Parts = Annotated[AdministrationParts, Depends(_parts)]
ServerAdministrator = Annotated[Actor, Depends(_of_server)]
