"""What an export says of itself, in the language of its person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from jumpa.kit.languages import Language

README: Final[Mapping[Language, str]] = {"en": "README.txt", "id": "BACA SAYA.txt"}

_HEAD: Final[Mapping[Language, str]] = {
    "en": """Your data
=========

This is what this server knew of you on {at:%Y-%m-%d %H:%M} UTC.

Each file that ends in .json is a list of records; any text editor opens it. Times are in UTC.
Passwords, keys, tokens and other secrets are not here, nor are whole numbers of telephones and
addresses of webhooks, which are stored sealed.
Keep the file where nobody else can open it.

""",
    "id": """Data Anda
=========

Inilah yang diketahui server ini tentang Anda pada {at:%Y-%m-%d %H:%M} UTC.

Setiap berkas yang berakhiran .json adalah daftar catatan; penyunting teks apa pun bisa membukanya.
Waktu ditulis dalam UTC. Kata sandi, kunci, token, dan rahasia lain tidak ada di sini, begitu juga
nomor telepon yang utuh dan alamat webhook, karena disimpan tersegel.
Simpan berkas ini di tempat yang tidak bisa dibuka orang lain.

""",
}

CONTENTS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "profile": "your name, address and role",
        "settings": "what you chose in the settings",
        "sessions": "where you were signed in, and when",
        "passkeys": "names of your passkeys",
        "one_time_codes": "when you turned on one-time codes",
        "sign_in_providers": "who you are at your organisation's provider",
        "contacts": "people whom you noted as contacts",
        "rooms": "rooms that are yours",
        "room_settings": "what you chose for your rooms",
        "places": "rooms in which you have a place",
        "attendance": "when you were in meetings, and how long",
        "ratings": "how meetings sounded and looked to you",
        "meetings": "meetings that you planned",
        "meeting_exceptions": "times of your series that were moved, added or left out",
        "invitations_sent": "whom you invited, and their answers",
        "invitations_received": "meetings to which you were invited, and your answers",
        "answers_to_single_times": "your answers for single times of series",
        "guest_links": "links for guests of your meetings",
        "calendar_feeds": "calendars that you subscribed to",
        "groups": "groups of people whom you invite together",
        "group_members": "who is in your groups",
        "colleagues_invited": "whom you invited into the organisation",
        "messages": "messages that you wrote",
        "reactions": "your reactions to messages",
        "files": "files that you sent",
        "notifications": "notifications that you got",
        "notification_choices": "where and when you want to be told",
        "push_devices": "devices that take notifications",
        "telephone": "your telephone: its last digits",
        "text_messages": "messages to your telephone, without their words",
        "webhooks": "your webhooks",
        "webhook_deliveries": "what was sent to your webhooks",
        "calendars": "calendars of other services that you connected",
        "calendar_entries": "what was written into those calendars",
        "slack": "who you are in Slack",
        "deeds": "what you did, as the audit log tells it",
    },
    "id": {
        "profile": "nama, alamat, dan peran Anda",
        "settings": "pilihan Anda di pengaturan",
        "sessions": "di mana dan kapan Anda masuk",
        "passkeys": "nama kunci sandi Anda",
        "one_time_codes": "kapan Anda menyalakan kode sekali pakai",
        "sign_in_providers": "siapa Anda di penyedia akun organisasi",
        "contacts": "orang yang Anda catat sebagai kontak",
        "rooms": "ruang milik Anda",
        "room_settings": "pilihan Anda untuk ruang Anda",
        "places": "ruang tempat Anda terdaftar",
        "attendance": "kapan Anda berada di rapat, dan berapa lama",
        "ratings": "pendapat Anda tentang suara dan gambar rapat",
        "meetings": "rapat yang Anda rencanakan",
        "meeting_exceptions": "waktu rapat berulang yang dipindah, ditambah, atau ditiadakan",
        "invitations_sent": "siapa yang Anda undang, dan jawaban mereka",
        "invitations_received": "rapat yang mengundang Anda, dan jawaban Anda",
        "answers_to_single_times": "jawaban Anda untuk satu waktu dari rapat berulang",
        "guest_links": "tautan untuk tamu rapat Anda",
        "calendar_feeds": "kalender yang Anda langgani",
        "groups": "kelompok orang yang Anda undang bersama",
        "group_members": "siapa saja di kelompok Anda",
        "colleagues_invited": "siapa yang Anda undang ke organisasi",
        "messages": "pesan yang Anda tulis",
        "reactions": "reaksi Anda pada pesan",
        "files": "berkas yang Anda kirim",
        "notifications": "pemberitahuan yang Anda terima",
        "notification_choices": "di mana dan kapan Anda ingin diberi tahu",
        "push_devices": "perangkat yang menerima pemberitahuan",
        "telephone": "telepon Anda: angka terakhirnya",
        "text_messages": "pesan ke telepon Anda, tanpa isinya",
        "webhooks": "webhook Anda",
        "webhook_deliveries": "yang dikirim ke webhook Anda",
        "calendars": "kalender layanan lain yang Anda hubungkan",
        "calendar_entries": "yang ditulis ke kalender itu",
        "slack": "siapa Anda di Slack",
        "deeds": "yang Anda lakukan, menurut catatan audit",
    },
}
_OTHERS: Final[Mapping[Language, str]] = {
    "en": "picture.webp: your picture\nfiles/: the files themselves, each with its id\n",
    "id": "picture.webp: foto Anda\nfiles/: berkasnya sendiri, masing-masing dengan id-nya\n",
}


def readme(language: Language, at: datetime) -> str:
    """Return the page that tells what is in the other files."""
    lines = (f"{name}.json: {what}\n" for name, what in CONTENTS[language].items())
    return _HEAD[language].format(at=at) + "".join(lines) + _OTHERS[language]
