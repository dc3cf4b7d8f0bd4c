"""Builds what gives people their data."""

from datetime import timedelta

from jumpa.app.accounts import Accounts
from jumpa.app.foundation import Running
from jumpa.domains.exports.endpoints import ExportDoors
from jumpa.domains.exports.service.parts import ExportParts
from jumpa.kit.context import UnitOfWork
from jumpa.kit.quotas import Quota

_DAY_S = 86_400


def export_doors(given: Running, work: UnitOfWork, accounts: Accounts) -> ExportDoors:
    """Return what the endpoints are joined to."""
    settings = given.settings
    kept = timedelta(seconds=settings.accounts.export_s)
    return ExportDoors(
        ExportParts(work, given.objects, accounts.doors.auth.audit, kept),
        accounts.rates,
        Quota("export", settings.rates.exports_per_day, _DAY_S),
    )
