"""What is done afterwards."""

from pydantic import Field

from jumpa.config.groups import Group, Seconds


class WorkSettings(Group):
    """Jobs: letters, reminders and whatever else is done after the request that asks for it."""

    kept_s: Seconds = Field(
        7 * 86_400, description="How long jobs are listed after they ended, and made only once."
    )
    chores_after_s: Seconds = Field(
        60, description="How long after its start a server begins to clean up."
    )
