"""The wall between units holds on every address, and the command leaves nothing behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gongkai.orgs.checks import doors, faults
from gongkai.running import wall_matrix

PARTS = 4  # the whole takes minutes: each worker tries some of the roles


@pytest.mark.feature("X01")
def test_every_address_is_guarded(db: None) -> None:
    assert faults() == []
    assert sum(not door.is_library for door in doors()) > 20


@pytest.mark.feature("X01")
@pytest.mark.parametrize("part", range(PARTS))
def test_matrix_has_no_leak(db: None, part: int) -> None:
    result = wall_matrix.run(roles=wall_matrix.EVERYBODY[part::PARTS])
    assert result.leaks == []
    assert result.broken == []
    assert result.cells >= 500
    # The canaries can be seen at all, and the table lets somebody in: an empty matrix would prove nothing.
    assert result.own_rows_seen > 20
    assert result.granted > 100


def test_command_gives_figures_and_leaves_no_row(tmp_path: Path) -> None:
    import os

    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | {
        "DATA_DIR": str(tmp_path)
    }
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "wall", "--json", "--under", "/workbench/documents/"],
        env=env,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    assert set(found) == {"urls", "cells", "leaks"}
    assert found["leaks"] == 0 and found["cells"] >= 200
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []
