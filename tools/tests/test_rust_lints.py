"""Each rule of the Rust lints catches a planted violation, and clean code passes."""

import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOC = "//! A planted crate.\n\n/// Planted.\n"
PLANTED = {
    "unwrap_used": "pub fn f(x: Option<u8>) -> u8 {\n    x.unwrap()\n}\n",
    "expect_used": 'pub fn f(x: Option<u8>) -> u8 {\n    x.expect("there")\n}\n',
    "panic": 'pub fn f() {\n    panic!("no");\n}\n',
    "indexing_slicing": "pub fn f(x: &[u8]) -> u8 {\n    x[0]\n}\n",
    "disallowed_methods": "pub fn f() -> std::time::Instant {\n    std::time::Instant::now()\n}\n",
    "too_many_lines": "pub fn f(mut x: u8) -> u8 {\n" + "    x ^= 1;\n" * 70 + "    x\n}\n",
    "print_stdout": 'pub fn f() {\n    println!("hello");\n}\n',
    "allow_attributes": '#[allow(dead_code, reason = "no")]\npub fn f() {}\n',
    "unsafe_code": "pub fn f(x: *const u8) -> u8 {\n    unsafe { *x }\n}\n",
    "missing_docs": "pub fn f() {}\n\npub fn undocumented() {}\n",
}


@pytest.fixture
def crate(tmp_path: Path) -> Path:
    """A crate without dependencies under the lints of the workspace."""
    workspace = (ROOT / "Cargo.toml").read_text()
    lints = workspace[workspace.index("[workspace.lints.rust]") :]
    manifest = '[workspace]\n[package]\nname = "planted"\nversion = "0.0.0"\nedition = "2024"\n'
    (tmp_path / "Cargo.toml").write_text(f"{manifest}[lints]\nworkspace = true\n{lints}")
    assert tomllib.loads((tmp_path / "Cargo.toml").read_text())["workspace"]["lints"]["clippy"]
    shutil.copy(ROOT / "clippy.toml", tmp_path)
    (tmp_path / "src").mkdir()
    return tmp_path


def clippy(crate: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["cargo", "clippy", "--quiet", "--offline", "--", "-D", "warnings"],
        cwd=crate,
        check=False,
        env={**os.environ, "CARGO_TARGET_DIR": str(crate / "target")},
        capture_output=True,
        text=True,
    )


class TestClippy:
    @pytest.mark.parametrize("rule", PLANTED)
    def test_catches(self, rule: str, crate: Path) -> None:
        (crate / "src" / "lib.rs").write_text(DOC + PLANTED[rule])

        result = clippy(crate)

        assert result.returncode != 0
        assert rule.replace("_", "-") in result.stderr.replace("_", "-")

    def test_passes_clean_code(self, crate: Path) -> None:
        (crate / "src" / "lib.rs").write_text(DOC + "pub fn f(x: u8) -> u8 {\n    x ^ 1\n}\n")

        result = clippy(crate)

        assert result.returncode == 0, result.stderr
