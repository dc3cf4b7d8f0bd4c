"""Sessions, tokens and links that open nothing any more are forgotten."""

from jumpa.domains.auth.repository import ProofRepository, SessionRepository
from jumpa.domains.auth.service.sessions import KEPT_AFTER_END
from jumpa.kit.context import Context


async def forget_ended(ctx: Context) -> None:
    """Forget them, of everybody whom the actor may see."""
    now = ctx.clock()
    sessions = SessionRepository(ctx.session)
    await sessions.remove_all_ended(now - KEPT_AFTER_END)
    await sessions.remove_expired_tokens(now)
    await ProofRepository(ctx.session).remove_expired(now)
