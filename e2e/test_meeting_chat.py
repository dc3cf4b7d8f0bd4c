"""No control of a meeting's chat does nothing, nor any in the menu of a message."""

from harness import chat_tables
from harness.calls import Call
from harness.chat_tables import FIRST, OWN, write
from harness.controls import know_each, press_each
from harness.outcomes import more, opened_by, shut


class TestChat:
    async def test_each_row_at_an_own_message_acts(self, call: Call) -> None:
        chat = opened_by("Chat", inside=more(call))
        for seat in (call.guest, call.host):
            await chat(seat)
        await write(call.host, FIRST)
        opened = opened_by(OWN, inside=chat)
        await press_each(call.host, opened, chat_tables.own_menu(call))
        for seat in (call.guest, call.host):
            await shut(seat, "Chat")

    async def test_each_control_acts(self, call: Call) -> None:
        chat = opened_by("Chat", inside=more(call))
        for seat in (call.guest, call.host):
            await chat(seat)
        await write(call.host, FIRST)
        await press_each(call.host, chat, chat_tables.panel(call))
        await shut(call.guest, "Chat")

    async def test_the_guest_has_no_row_that_is_unknown(self, call: Call) -> None:
        chat = opened_by("Chat", inside=more(call))
        await chat(call.host)
        await write(call.host, FIRST)
        opened = opened_by("Menu for the message of Adi", inside=chat)
        await know_each(call.guest, opened, chat_tables.others_menu(call))
        await shut(call.guest, "Menu for the message of Adi")
        for seat in (call.guest, call.host):
            await shut(seat, "Chat")
