"""Pictures of people: whatever was sent is drawn again, small, without what it told besides."""

import hashlib
import io
import warnings

from PIL import Image, ImageOps

from jumpa.domains.users.errors import AvatarNotFoundError, AvatarUnusableError
from jumpa.domains.users.models import User
from jumpa.domains.users.repository import AvatarRepository
from jumpa.domains.users.service import people
from jumpa.kit.context import Context

MEDIA_TYPE = "image/webp"
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_MOST_PIXELS = 40_000_000


def redraw(content: bytes, side: int) -> bytes:
    """Return a square WebP; blocks, and raises AvatarUnusableError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            square = _square(content, side)
    except Exception as error:  # whatever a decoder raises at what it cannot read
        raise AvatarUnusableError from error
    drawn = io.BytesIO()
    square.save(drawn, "WEBP", quality=85)
    return drawn.getvalue()


def _square(content: bytes, side: int) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
        # The size stands in the header; nothing large is unpacked to learn it.
        if image.width * image.height > _MOST_PIXELS:
            raise AvatarUnusableError
        upright = ImageOps.exif_transpose(image).convert("RGBA")
        return ImageOps.fit(upright, (side, side))


async def replace(ctx: Context, user: User, content: bytes) -> User:
    """Keep a drawn picture."""
    await AvatarRepository(ctx.session).replace(user.id, content)
    user.avatar = hashlib.sha256(content).hexdigest()[:16]
    people.touch(ctx, user)
    return user


async def remove(ctx: Context, user: User) -> None:
    """Forget the picture; doing so again changes nothing."""
    await AvatarRepository(ctx.session).remove(user.id)
    if user.avatar is not None:
        user.avatar = None
        people.touch(ctx, user)


async def get(ctx: Context, user: User) -> bytes:
    """Return the picture; raises AvatarNotFoundError."""
    kept = await AvatarRepository(ctx.session).by_user(user.id)
    if kept is None:
        raise AvatarNotFoundError
    return kept.content
