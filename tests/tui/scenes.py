"""The boards of the text screens and the screenshots, written as a file would have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_tui.board.reading import read
from todo_tui.document.document import Document

if TYPE_CHECKING:
    from todo_tui.board.board import Board

_OPEN = """\
# Web shop

Tasks for the agents. Claim before you work.

## Checkout

```yaml
- TASK_014: "Refuse a coupon that has expired"
  priority: critical
  assigned_agent: null
  status: todo
  created_at: "2026-03-02T13:53:00Z"
- TASK_015: "Show why a card was declined, and what to try next"
  priority: high
  assigned_agent: eng-frontend
  status: todo
  created_at: "2026-03-02T13:51:00Z"
- TASK_016: "Release notes for 0.4"
  priority: high
  status: todo
  created_at: "2026-03-01T09:00:00Z"
  dependencies: [TASK_011, TASK_012]
- TASK_017: "Widen the address form to names without a family name"
  priority: medium
  status: todo
  created_at: "2026-03-01T08:30:00Z"
- TASK_018: "Document the webhook's three retries"
  priority: low
  status: todo
  created_at: "2026-02-28T10:00:00Z"
- TASK_019: "Colour table in the style guide"
  status: todo
  created_at: "2026-02-28T09:00:00Z"
- TASK_020: "Retire the old price calculator"
  priority: low
  status: todo
  created_at: "2026-02-27T09:00:00Z"
  dependencies: [TASK_018]
- TASK_021: "Try the checkout with a screen reader, from the cart to the receipt"
  priority: medium
  assigned_agent: design-ux
  status: todo
  created_at: "2026-02-27T08:00:00Z"
- TASK_022: "Fewer fonts on the landing page"
  priority: low
  status: todo
  created_at: "2026-02-26T08:00:00Z"
- TASK_009: "Keep the cart when the session ends"
  priority: high
  assigned_agent: eng-backend
  status: claimed
  claimed_at: "2026-03-02T14:01:00Z"
- TASK_010: "Round totals as the bank does"
  priority: medium
  assigned_agent: eng-backend
  claimed_by: eng-backend@7f3a
  status: claimed
  claimed_at: "2026-03-02T13:43:00Z"
- TASK_011: "Merge guest and account orders"
  priority: critical
  assigned_agent: eng-frontend
  status: in_progress
  started_at: "2026-03-02T13:17:00Z"
  description: |
    A guest who signs in later finds both orders in one list, newest first,
    and the receipt names the account.
  acceptance_criteria:
    - one list, newest first
    - the receipt names the account
    - nothing is merged twice
  estimated_hours: 6
- TASK_012: "Property test for the tax table"
  priority: high
  assigned_agent: qa
  status: in_progress
  started_at: "2026-03-02T11:58:00Z"
- TASK_013: "Ask the bank about refunds"
  priority: medium
  assigned_agent: alice
  status: in_progress
  started_at: "2026-03-02T13:56:00Z"
"""

_DONE = """\
- TASK_008: "Show delivery dates in the buyer's time zone"
  priority: medium
  assigned_agent: eng-frontend
  status: done
  completed_at: "2026-03-02T13:59:30Z"
- TASK_007: "Name the missing field, not the form"
  assigned_agent: eng-backend
  status: done
  completed_at: "2026-03-02T13:46:00Z"
- TASK_006: "Exit codes for the importer"
  priority: high
  assigned_agent: alice
  status: done
  completed_at: "2026-03-02T12:40:00Z"
- TASK_005: "Golden files for the receipts"
  assigned_agent: qa
  status: done
  completed_at: "2026-03-02T12:20:00Z"
"""

_HISTORY = """\
```

## Session History

- 2026-03-02T13:59:30Z: TASK_008 finished by eng-frontend (in_progress -> done)
- 2026-03-02T13:17:00Z: TASK_011 started by eng-frontend (claimed -> in_progress)
- 2026-03-02T13:15:00Z: TASK_011 noted by alice (human) (claimed -> claimed): keep the receipts
- 2026-03-02T13:02:00Z: TASK_011 claimed by eng-frontend (todo -> claimed)
- **2026-03-01 09:00**: planned the checkout, TASK_009 to TASK_022
"""


def board(text: str) -> Board:
    """The board that a file with this text states."""
    return read(Document.decode(text.encode("utf-8", "surrogateescape")))


def shop(extra: str = "") -> Board:
    """A shop's board in the middle of the day; ``extra`` are more items in the same fence."""
    older = "".join(
        f'- TASK_{90 - number:03}: "Finished work number {90 - number}"\n'
        f"  assigned_agent: {('eng-backend', 'qa', 'design-ux')[number % 3]}\n"
        f'  status: done\n  completed_at: "2026-02-{28 - number // 3:02}T10:00:00Z"\n'
        for number in range(30)
    )
    return board(_OPEN + _DONE + older + extra + _HISTORY)


def shop_with_faults() -> Board:
    """The shop, after a planner has started to count anew and an agent has slipped."""
    return shop(
        '- TASK_014: "Translate the receipts"\n  status: todo\n  priority: medium\n'
        "- TASK_023: Fix: the tax table\n  status: todo\n  priority: high\n"
        '- TASK_024: "Warm the cache"\n  status: reviewing\n  dependencies: [TASK_300]\n'
        '- TASK_025: "Send the invoices"\n  status: blocked\n  claimed_by: qa\n'
        '  blocker_reason: "no access to the mail server"\n'
        '- TASK_026: "Take stock"\n  status: claimed\n'
    )
