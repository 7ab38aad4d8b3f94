"""The file that the demo plays on: a small web shop's TODO.md, its times counted back from now.

Pure. Every glyph is in DejaVu Sans Mono, so that pictures of the demo need no other font.
"""

from __future__ import annotations

from datetime import timedelta

from todo_tui.board.times import write_time
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

AGENTS: Final = (
    "eng-backend@7f3a",
    "eng-frontend@c41d",
    "design-ux@09be",
    "eng-search@e5d2",
    "qa@51aa",
    "ops@b8c3",
    "docs@2f60",
    "eng-mobile@d94e",
)
"""The agents of the demo with their sessions, in the order in which they come to work."""


class _Item(NamedTuple):
    """A task of the shop; ``holder`` counts in AGENTS, ``note`` is what was said last."""

    number: int
    title: str
    priority: str
    agent: str | None = None
    status: str = "todo"
    holder: int | None = None
    needs: tuple[int, ...] = ()
    note: str = ""


_FOUNDATIONS: Final = (
    _Item(1, "Set up the repository, linters and CI", "high", "ops", "done", 5),
    _Item(2, "Choose a payment provider: fees, payouts, refunds", "high", None, "done", 0),
    _Item(3, "Database schema for products, carts and orders", "high", "eng-backend", "done", 0),
    _Item(4, "Design tokens: colours, type scale, spacing", "medium", "design-ux", "done", 2),
    _Item(5, "Product page: gallery, price, stock, add to cart", "high", "eng-frontend", "done", 1),
    _Item(6, "Seed data: 40 teapots with honest descriptions", "low", None, "done", 6),
    _Item(7, "Session login with e-mail and a one-time code", "high", "eng-backend", "done", 0),
    _Item(8, "Error pages that say what to do next (404, 500)", "low", "design-ux", "done", 2),
    _Item(9, "Nightly backup, and a restore that was tried once", "critical", "ops", "done", 5),
)

_CHECKOUT: Final = (
    _Item(10, "Cart survives a closed tab and a second device", "high", None, "done", 1, (3,)),
    _Item(11, "Shipping address form with postcode look-up", "medium", "eng-frontend", "done", 1),
    _Item(
        12,
        "Taxes: net, gross, and the rounding of one cent",
        "high",
        "eng-backend",
        "in_progress",
        0,
        (3,),
    ),
    _Item(
        13,
        "Pay by card: 3-D Secure, declined cards, retries",
        "critical",
        "eng-backend",
        "todo",
        None,
        (2, 12),
    ),
    _Item(14, "Order confirmation mail, plain text first", "medium", None, "claimed", 3, (3,)),
    _Item(15, "Voucher codes: one per order, never below zero", "low", None, "todo", None, (12,)),
    _Item(
        16,
        "Reserve stock for 15 minutes while paying",
        "high",
        "eng-backend",
        "blocked",
        0,
        (3,),
        "the payment provider's sandbox is down until tomorrow",
    ),
    _Item(
        17,
        "Checkout in one page: fewer steps, same fields",
        "medium",
        "design-ux",
        "in_progress",
        2,
        (11,),
    ),
    _Item(18, "Guest checkout without an account", "medium", None, "todo", None, (11,)),
    _Item(19, "Refund an order from the back office", "medium", None, "todo", None, (13,)),
)

_SEARCH: Final = (
    _Item(20, "Search index: title, maker, material", "high", "eng-search", "done", 3, (6,)),
    _Item(
        21, "Spelling: find «teapot» for «tepot»", "medium", "eng-search", "in_progress", 3, (20,)
    ),
    _Item(22, "Filter by price, size and colour", "medium", "eng-frontend", "todo", None, (20,)),
    _Item(
        23, "Empty result: suggest something, never a dead end", "low", None, "todo", None, (20,)
    ),
    _Item(24, "Sort by newest without losing the page", "low", None, "todo", None, (22,)),
    _Item(
        25, "Search answers in under 100 ms at 10,000 products", "high", None, "todo", None, (20,)
    ),
)

_POLISH: Final = (
    _Item(26, "Keyboard: everything reachable, focus visible", "high", "design-ux"),
    _Item(27, "Alt texts for all product pictures", "medium", "docs", "claimed", 6),
    _Item(28, "Dark mode without washed-out photographs", "low", "design-ux", "todo", None, (4,)),
    _Item(29, "Load test: 200 buyers at 8 p.m. on a Friday", "high", "qa", "todo", None, (13,)),
    _Item(30, "End-to-end test of a whole purchase", "critical", "qa", "in_progress", 4, (10,)),
    _Item(31, "Rate limits for login and voucher guessing", "high", None, "todo", None, (7,)),
    _Item(32, "Content security policy, reported before enforced", "medium", "ops"),
    _Item(33, "Alert when no order came in for two hours", "medium", "ops"),
    _Item(34, "README: from clone to first order in ten minutes", "medium", "docs"),
    _Item(35, "Privacy page in words that people use", "medium", None),
    _Item(36, "Delete my account: what goes, what must stay", "high", None, "todo", None, (7,)),
    _Item(37, "Prices in a second currency: ask before building", "low", None),
    _Item(38, "Small screens: the cart button under the thumb", "medium", "eng-mobile"),
    _Item(39, "Newsletter: double opt-in, one click to leave", "low", None),
    _Item(40, "Gift wrapping, and a note of 200 characters", "low", None, "todo", None, (10,)),
    _Item(41, "Release notes for 1.0", "low", "docs", "todo", None, (13, 25, 30)),
)

_ALL: Final = (*_FOUNDATIONS, *_CHECKOUT, *_SEARCH, *_POLISH)

_STEPS: Final = {
    "todo": (),
    "claimed": (("claimed", "todo -> claimed"),),
    "in_progress": (
        ("claimed", "todo -> claimed"),
        ("started", "claimed -> in_progress"),
    ),
    "blocked": (
        ("claimed", "todo -> claimed"),
        ("started", "claimed -> in_progress"),
        ("blocked", "in_progress -> blocked"),
    ),
    "done": (
        ("claimed", "todo -> claimed"),
        ("started", "claimed -> in_progress"),
        ("finished", "in_progress -> done"),
    ),
}


def text(now: datetime) -> str:
    """The whole file as it is at ``now``, an aware time."""
    return f"""\
# Teapots & Co.

The shop's one list. Claim a task before you work on it; say in the history what happened.

## Foundations

```yaml
{_items(_FOUNDATIONS, now)}
```

## EPIC_CHECKOUT: From cart to confirmation

```yaml
id: EPIC_CHECKOUT
priority: high
status: in_progress
tasks:
{_items(_CHECKOUT, now, "  ")}
```

## EPIC_SEARCH: Find the right teapot

```yaml
id: EPIC_SEARCH
priority: medium
status: in_progress
dependencies: [TASK_006]
tasks:
{_items(_SEARCH, now, "  ")}
```

## Polish and launch

```yaml
{_items(_POLISH, now)}
```

## Session History

{_history(now)}
"""


def _items(items: Iterable[_Item], now: datetime, indent: str = "") -> str:
    lines: list[str] = []
    for item in items:
        created = now - timedelta(days=12, minutes=-37 * item.number)
        lines += [
            f'- {_id(item.number)}: "{item.title}"',
            f"  priority: {item.priority}",
            f"  assigned_agent: {item.agent or 'null'}",
            f"  status: {item.status}",
        ]
        if item.holder is not None:
            lines.append(f"  claimed_by: {AGENTS[item.holder]}")
        if item.status == "blocked":
            lines.append(f'  blocker_reason: "{item.note}"')
        if item.needs:
            lines.append(f"  dependencies: [{', '.join(map(_id, item.needs))}]")
        lines.append(f'  created_at: "{write_time(created)}"')
    return "\n".join(indent + line for line in lines)


def _history(now: datetime) -> str:
    """What led to the statuses, oldest first: what is done long ago, what is held just now."""
    entries: list[tuple[datetime, str]] = []
    for item in _ALL:
        steps = _STEPS[item.status]
        if item.holder is None:
            continue
        if item.status == "done":
            last = now - timedelta(days=10 - item.number * 0.4, minutes=item.number * 13)
            stride = timedelta(hours=2, minutes=item.number * 7 % 50)
        else:
            last = now - timedelta(minutes=3 + item.number * 11 % 50)
            stride = timedelta(minutes=9 + item.number * 5 % 30)
        for count, (event, step) in enumerate(reversed(steps)):
            note = f": {item.note}" if event == "blocked" else ""
            line = f"{_id(item.number)} {event} by {AGENTS[item.holder]} ({step}){note}"
            entries.append((last - stride * count, line))
    return "\n".join(f"- {write_time(at)}: {line}" for at, line in sorted(entries))


def _id(number: int) -> str:
    return f"TASK_{number:03}"
