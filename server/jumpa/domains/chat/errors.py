"""What can go wrong with messages."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class MessageNotFoundError(JumpaError):
    """There is no such message in this room."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "message_not_found"


class MessageTooLongError(JumpaError):
    """This message is too long."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "message_too_long"


class MessageForeignError(JumpaError):
    """Somebody else wrote this message."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "message_foreign"


class ChatNotAllowedError(JumpaError):
    """You may not write in this room now."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "chat_not_allowed"


class PlaceMissingError(JumpaError):
    """Join the room before you write in it."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "place_missing"


class TooManyReactionsError(JumpaError):
    """This message has as many kinds of reactions as it may have."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "too_many_reactions"


class FileNotSentError(JumpaError):
    """There is no such file in this room."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "file_not_found"


class FilesNotAllowedError(JumpaError):
    """You may not send files in this room now."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "files_not_allowed"


class FileSizeMissingError(JumpaError):
    """Say how large the file is; send it with a Content-Length."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "file_size_missing"


class FileIncompleteError(JumpaError):
    """Not all of the file arrived; send it again."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "file_incomplete"


class FileEmptyError(JumpaError):
    """This file is empty."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "file_empty"


class FileTypeRefusedError(JumpaError):
    """Files of this type cannot be sent."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "file_type_refused"


class FileTypeWrongError(JumpaError):
    """This file is not what the end of its name says."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "file_type_wrong"


class RoomFilesFullError(JumpaError):
    """This room has no space for more files; delete some of them first."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "room_files_full"


class FileMessageFixedError(JumpaError):
    """A message with a file cannot be worded anew; take it back instead."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "file_message_fixed"
