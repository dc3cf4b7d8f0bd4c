"""What a file is, by its name and its beginning."""

import io
import zipfile

import pytest

from jumpa.domains.chat.errors import FileTypeRefusedError, FileTypeWrongError
from jumpa.domains.chat.service.file_types import EXTENSIONS, media_type_of

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 40
PDF = b"%PDF-1.7\n" + b"x" * 100
MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 40
WAV = b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40
OGG = b"OggS\0\2" + b"\0" * 22 + b"\x01\x13OpusHead"
WEBM = bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d") + b"\0" * 40
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100
PROGRAM = b"MZ\x90\0" + b"\0" * 100
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 100
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def packed(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return packed.getvalue()


OFFICE = packed("[Content_Types].xml", "word/document.xml")


class TestMediaTypeOf:
    @pytest.mark.parametrize(
        ("name", "content", "media_type"),
        [
            ("a.png", PNG, "image/png"),
            ("a.png", JPEG, "image/jpeg"),
            ("a.JPG", JPEG, "image/jpeg"),
            ("a.gif", b"GIF89a\1\0\1\0" + b"\0" * 20, "image/gif"),
            ("a.webp", b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 30, "image/webp"),
            ("a.avif", b"\0\0\0\x1cftypavif\0\0\0\0mif1", "image/avif"),
            ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
            ("a.pdf", PDF, "application/pdf"),
            ("a.zip", packed("a.txt"), "application/zip"),
            ("a.mp4", MP4, "video/mp4"),
            ("a.mov", b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video/quicktime"),
            ("a.m4a", b"\0\0\0\x20ftypM4A \0\0\0\0M4A ", "audio/mp4"),
            ("a.webm", WEBM, "video/webm"),
            ("a.wav", WAV, "audio/wav"),
            ("a.flac", b"fLaC\0\0\0\x22", "audio/flac"),
            ("a.opus", OGG, "audio/ogg"),
            ("a.ogg", OGG, "audio/ogg"),
            ("a.mp3", b"ID3\x03\0\0\0\0\0\x21" + b"\0" * 30, "audio/mpeg"),
            ("a.mp3", b"\xff\xfb\x90\x64" + b"\0" * 40, "audio/mpeg"),
            ("a.doc", OLE, "application/msword"),
            ("a.xls", OLE, "application/vnd.ms-excel"),
            ("a.ppt", OLE, "application/vnd.ms-powerpoint"),
            ("a.rtf", b"{\\rtf1\\ansi", "application/rtf"),
            ("a.txt", "Tea,\ncoffee, çay\n".encode(), "text/plain"),
            ("a.txt", b"caf\xe9", "text/plain"),
            ("a.csv", b"a,b\r\n1,2\r\n", "text/plain"),
            ("a.json", b'{"a": 1}', "text/plain"),
            ("a.md", b"\xef\xbb\xbf# Tea\n", "text/plain"),
        ],
    )
    def test_is_what_stands_at_the_beginning(
        self, name: str, content: bytes, media_type: str
    ) -> None:
        assert media_type_of(name, content) == media_type

    @pytest.mark.parametrize("ending", ["docx", "xlsx", "pptx", "odt", "ods", "odp"])
    def test_knows_office_files(self, ending: str) -> None:
        assert media_type_of(f"a.{ending}", OFFICE).startswith("application/vnd.o")

    @pytest.mark.parametrize(
        "name",
        ["a.exe", "a.html", "a.svg", "a.js", "a.docm", "a.pdf.exe", "pdf", "a.pdf.", "a.PHP", ""],
    )
    @pytest.mark.parametrize("content", [PDF, b"Tea"])
    def test_refuses_names_that_end_otherwise(self, name: str, content: bytes) -> None:
        with pytest.raises(FileTypeRefusedError):
            media_type_of(name, content)

    @pytest.mark.parametrize("ending", EXTENSIONS)
    @pytest.mark.parametrize("content", [PROGRAM, ELF, SVG, b"#!/bin/sh\nrm", b" <!DOCTYPE html>"])
    def test_refuses_what_a_machine_would_run(self, ending: str, content: bytes) -> None:
        with pytest.raises(FileTypeWrongError):
            media_type_of(f"a.{ending}", content)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.png", PDF),
            ("a.png", WAV),
            ("a.pdf", b"Tea"),
            ("a.docx", packed("META-INF/MANIFEST.MF", "A.class")),
            ("a.zip", packed("AndroidManifest.xml")),
            ("a.csv", b"\xef\xbb\xbf<html>"),
            ("a.txt", b"a\x00b"),
            ("a.mp4", PDF),
        ],
    )
    def test_refuses_what_the_name_hides(self, name: str, content: bytes) -> None:
        with pytest.raises(FileTypeWrongError):
            media_type_of(name, content)
