from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Folder

if TYPE_CHECKING:
    from pathlib import Path

BOARD = """\
# Shop

```yaml
- TASK_001: "Build the till"
  priority: high
  assigned_agent: eng
  status: done
  created_at: "2026-11-01T10:00:00Z"
- TASK_002: "Sell tea"
  priority: low
  assigned_agent: null
  status: todo
  dependencies: [TASK_001]
  created_at: "2026-11-01T11:00:00Z"
- TASK_003: "Brew tea"
  priority: high
  assigned_agent: eng
  status: todo
  created_at: "2026-11-01T12:00:00+02:00"
  estimated_hours: 3
- TASK_004: "Wash the cups"
  priority: medium
  assigned_agent: qa
  status: in_progress
  claimed_by: qa@1
  created_at: "2026-11-01T13:00:00Z"
- TASK_005: "Count the money"
  priority: critical
  assigned_agent: null
  status: todo
  dependencies: [TASK_004]
  created_at: "2026-11-01T14:00:00Z"
```

## Session History

- 2026-11-02T08:00:00Z: TASK_001 claimed by eng (todo -> claimed)
- 2026-11-02T09:00:00Z: TASK_001 started by eng (claimed -> in_progress)
- 2026-11-02T10:00:00Z: TASK_001 finished by eng (in_progress -> done): it rings
- 2026-11-03T08:00:00Z: TASK_004 claimed by qa@1 (todo -> claimed)
- 2026-11-03T09:00:00Z: TASK_004 started by qa@1 (claimed -> in_progress)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty folder that is the root of its repository."""
    (tmp_path / ".git").mkdir()
    return Folder(tmp_path)


@pytest.fixture
def shop(folder: Folder) -> Folder:
    """A folder with a small board."""
    return folder.write(BOARD)
