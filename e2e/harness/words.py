"""What stands on the buttons, in both languages: tests say it in English."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "id"]
TAGS: dict[Language, str] = {"en": "en-GB", "id": "id-ID"}

INDONESIAN = {
    "Admit Citra": "Izinkan Citra",
    "Background": "Latar",
    "Celebrate": "Selamat",
    "Chat": "Obrolan",
    "Close": "Tutup",
    "Done": "Selesai",
    "Join": "Gabung",
    "Leave": "Keluar",
    "Lower hand": "Turunkan tangan",
    "Make co-host": "Jadikan tuan rumah bersama",
    "Make participant": "Jadikan peserta",
    "Meeting controls": "Kendali rapat",
    "Menu for Budi": "Menu Budi",
    "More": "Lainnya",
    "Next page": "Halaman berikutnya",
    "People": "Peserta",
    "Pin": "Sematkan",
    "Porch": "Teras",
    "Previous page": "Halaman sebelumnya",
    "Raise hand": "Angkat tangan",
    "Reactions": "Reaksi",
    "Reconnecting…": "Menyambung lagi…",
    "Reduce noise": "Redam bising",
    "Room settings": "Pengaturan ruang",
    "Send": "Kirim",
    "Share screen": "Bagikan layar",
    "Shortcuts": "Pintasan",
    "Small window": "Jendela kecil",
    "Sound devices": "Perangkat suara",
    "Start a meeting": "Mulai rapat",
    "Stop sharing": "Berhenti berbagi",
    "Test the speaker": "Coba speaker",
    "The host knows you are here": "Tuan rumah sudah tahu Anda di sini",
    "Turn off camera": "Matikan kamera",
    "Turn off microphone": "Matikan mikrofon",
    "Turn on camera": "Nyalakan kamera",
    "Turn on microphone": "Nyalakan mikrofon",
    "Unpin": "Lepas sematan",
    "Waiting room": "Ruang tunggu",
    "Write a message": "Tulis pesan",
    "You": "Anda",
    "You are now a co-host": "Anda sekarang tuan rumah bersama",
    "You are now a participant": "Anda sekarang peserta",
    "Your name": "Nama Anda",
    "raised a hand": "angkat tangan",
    "Playing a tone": "Memutar nada",
    "inside": "sudah di dalam",
    "is waiting outside": "menunggu di luar",
    "pinned": "disematkan",
}


@dataclass(frozen=True)
class Words:
    """Says a text in the language that somebody reads."""

    language: Language

    def __call__(self, text: str) -> str:
        return text if self.language == "en" else INDONESIAN[text]

    @property
    def tag(self) -> str:
        return TAGS[self.language]
