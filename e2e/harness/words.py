"""What stands on the buttons, in both languages: tests say it in English."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "id"]
TAGS: dict[Language, str] = {"en": "en-GB", "id": "id-ID"}

INDONESIAN = {
    "About the meeting": "Tentang rapat",
    "Admit Citra": "Izinkan Citra",
    "Background": "Latar",
    "Camera devices": "Perangkat kamera",
    "Celebrate": "Selamat",
    "Chat": "Obrolan",
    "Close": "Tutup",
    "Done": "Selesai",
    "End for everyone?": "Akhiri untuk semua?",
    "Hide my picture": "Sembunyikan gambar saya",
    "Join": "Gabung",
    "Leave": "Keluar",
    "Lower hand": "Turunkan tangan",
    "Make co-host": "Jadikan tuan rumah bersama",
    "Make participant": "Jadikan peserta",
    "Meeting controls": "Kendali rapat",
    "Menu for Budi": "Menu Budi",
    "More": "Lainnya",
    "Move your picture to another corner": "Pindahkan gambar Anda ke sudut lain",
    "Next page": "Halaman berikutnya",
    "Options for Adi": "Pilihan untuk Adi",
    "Options for Budi": "Pilihan untuk Budi",
    "People": "Peserta",
    "Pin": "Sematkan",
    "Pin Adi": "Sematkan Adi",
    "Pin Budi": "Sematkan Budi",
    "Pin me for everyone": "Sematkan saya untuk semua",
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
    "Show again": "Tampilkan lagi",
    "Small window": "Jendela kecil",
    "Sound devices": "Perangkat suara",
    "Start a meeting": "Mulai rapat",
    "Stop sharing": "Berhenti berbagi",
    "Test the speaker": "Coba speaker",
    "The host knows you are here": "Tuan rumah sudah tahu Anda di sini",
    "To the meeting controls": "Ke kendali rapat",
    "Turn off camera": "Matikan kamera",
    "Turn off microphone": "Matikan mikrofon",
    "Turn on camera": "Nyalakan kamera",
    "Turn on microphone": "Nyalakan mikrofon",
    "Unpin": "Lepas sematan",
    "Unpin Budi": "Lepas Budi",
    "Unpin me for everyone": "Lepas saya untuk semua",
    "Waiting room": "Ruang tunggu",
    "Write a message": "Tulis pesan",
    "You": "Anda",
    "You are now a co-host": "Anda sekarang tuan rumah bersama",
    "You are now a participant": "Anda sekarang peserta",
    "Your name": "Nama Anda",
    "raised a hand": "angkat tangan",
    "Playing a tone": "Memutar nada",
    "inside": "sudah di dalam",
    "microphone off": "mikrofon mati",
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
