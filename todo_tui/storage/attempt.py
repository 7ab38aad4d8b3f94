"""A commit under way: rounds of look, plan, put in place, look again, until what stands is meant.

Owns what happens when a writer that takes no lock slips in: its version goes back at once, and the
change is planned anew on it. Should yet another writer have come just then, who saw the file
without the first one's edit, three versions are merged. Two things end an attempt: what the new
file displaced is what it was made from, or the plan refuses; then the file holds what others wrote,
and nothing of ours.
Must not take the lock, and must not know what a plan means.

Whatever kills the process leaves the old file or the new one. Should it die after it displaced
somebody's version and before it put a file in place that holds it, the next commit puts that
version back (``recovery``).
"""

from __future__ import annotations

import contextlib
import os

from todo_tui.errors import TodoError
from todo_tui.named_tuple import NamedTuple
from todo_tui.static import TYPE_CHECKING, Final, TypeAlias
from todo_tui.storage import beside, disk, exchange, late, recovery, replace, steady
from todo_tui.storage import draft as drafts
from todo_tui.storage.record import Pending, carried_name
from todo_tui.storage.recovery import stamp_of, still_stands
from todo_tui.storage.steady import SYSTEM, Look, Stamp, Timing

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import StrPath

    from todo_tui.storage import lock
    from todo_tui.storage.draft import Draft

Planner: TypeAlias = "Callable[[bytes], bytes | None]"
"""The bytes of a file to the bytes it should have; None where nothing is to change. Refuses by
raising TodoError. May be called several times; the last call is the one that counts."""

ROUNDS: Final = 100
"""How often others may slip in before the commit is refused as ``changed``."""

LONGEST: Final = 3.0
"""For how many seconds they may: others wait for the lock."""


class Written(NamedTuple):
    """What a commit came to: what stands, whether it is new, whether others were merged into it.

    ``kept``: a sentence about a version of others that could not be merged and was kept aside.
    """

    look: Look
    changed: bool
    merged: bool
    kept: str | None = None


def refuse_unwritable(path: StrPath) -> None:
    """Raise TodoError where the file cannot be replaced; one that is absent is waited for."""
    try:
        replace.refuse_unwritable(path)
    except FileNotFoundError:
        # It is waited for.
        return
    except OSError as error:
        raise disk.unwritable(path, error) from error


class Attempt:
    """A commit under way.

    ``target`` is what the file should become. It was planned on ``base``, which is all that others
    wrote. ``stood`` is the newest version of others that stood at the path, ``older`` the one
    before. ``ours`` is our last version that stood there, if only for a moment, and ``planned``
    what that was planned on. ``carried`` are files with versions that ``base`` holds and ``stood``
    does not. ``opened`` are displaced files that somebody has open still. ``temporary`` are all
    temporary files that were made. ``placing`` is the target that was about to be put in place,
    unless it is known not to stand there, and ``replacing`` what it was to displace. ``kept`` says
    where a version of others is kept aside. ``announce`` is told the name of each replacement
    before it is put in place, and may raise OSError.
    """

    def __init__(
        self,
        path: StrPath,
        folder: StrPath,
        plan: Planner,
        holding: lock.Lock,
        timing: Timing = SYSTEM,
        draft: Draft | None = None,
        announce: Callable[[str], None] | None = None,
    ) -> None:
        self.path = path
        self.folder = folder
        self.plan = plan
        self.holding = holding
        self.timing = timing
        self.draft = draft
        self.announce = announce
        self.base = self.stood = self.older = self.target = b""
        self.ours: bytes | None = None
        self.planned = b""
        self.carried: list[str] = []
        self.refusal: TodoError | None = None
        self.changed = True
        self.merged = False
        self.opened: list[str] = []
        self.temporary: list[str] = []
        self.placing: Look | None = None
        self.replacing: Stamp | None = None
        self.kept: str | None = None

    def make(self, seen: Look | None) -> Written:
        """Clear away what is left of others' commits, and make this one. Raises TodoError.

        The record says still what was put in place, until nothing remains to be said about it.
        """
        try:
            names = self._tidy()
            refuse_unwritable(self.path)
            return self.run(seen, names)
        except OSError as error:
            return self.after(error)
        except BaseException:
            with contextlib.suppress(OSError):
                self._tidy()
            raise

    def _tidy(self) -> set[str]:
        """Clear away what is left of others' commits; the names that are in the folder."""
        names = recovery.names_in(self.folder)
        self.keep(recovery.tidy(self.holding, self.folder, self.path, names))
        return names

    def run(self, seen: Look | None, names: set[str]) -> Written:
        """Rounds until what stands is the target; ``names`` are in the folder.

        Raises TodoError, OSError.
        """
        stands = self._first(seen)
        self.stood = self.older = self.base = stands.data
        for written in late.written(self.folder, names):
            self._add_late(written)
        self._plan_on(self.base)
        end = self.timing.monotonic() + LONGEST
        for _ in range(ROUNDS):
            if self.target == stands.data:
                return self._end(stands)
            try:
                stands = self._round(stands)
            except FileNotFoundError:
                # Others have taken the file away, perhaps to put a new one there; or our folder,
                # with what we have just displaced in it.
                if self.placing is None and not os.path.isdir(self.folder):
                    raise
                found = self._read(stands)
                if self._holds_ours(found.data):
                    self.merged = self.merged or found.data != self.target
                    self.target = found.data
                    return self._end(found)
                self.placing = None
                stands = self._found(found)
            if self.timing.monotonic() > end:
                break
        if self.target == stands.data:
            # It was made in the last round, or in one that took long: others have kept still.
            return self._end(stands)
        raise TodoError(
            "changed", f"{self.path} is being rewritten without pause; try again when it is quiet."
        )

    def after(self, error: OSError) -> Written:
        """What a commit that the disk interrupted came to, where it was made all the same.

        What it displaced of others is put back first. Raises TodoError ``disk`` where it was not
        made, or where that cannot be told.
        """
        try:
            self._tidy()
            made = self.placing is not None and still_stands(self.path, self.placing.stamp)
        except OSError as second:
            if self.placing is None:
                raise disk.unwritable(self.path, error) from error
            raise disk.unknown(self.path, second) from error
        if self.placing is not None and made:
            return self._end(self.placing)
        if self.placing is not None and not self._is_as_it_was():
            # Others have gone on from it, or have taken its place.
            raise disk.unknown(self.path, error) from error
        raise disk.unwritable(self.path, error) from error

    def _is_as_it_was(self) -> bool:
        """Whether what was to be displaced stands there still. Raises OSError."""
        return self.replacing is not None and still_stands(self.path, self.replacing)

    def _first(self, seen: Look | None) -> Look:
        """What stands now; what was seen before where that is known to stand still."""
        if seen is not None:
            with contextlib.suppress(FileNotFoundError):
                if seen.still(stamp_of(self.path)):
                    return seen
        return self._read(seen)

    def _round(self, stands: Look) -> Look:
        """Put the target in place; what stands there afterwards."""
        fresh = None
        if self.draft is not None:
            fresh = drafts.take(self.draft, self.path, self.target)
            self.draft = None
        if fresh is None:
            fresh = replace.write_fresh(self.folder, self.target, self.path)
        name = os.path.basename(fresh.path)
        self.temporary.append(name)
        now = self._current(stands)
        if now.data != stands.data:
            os.unlink(fresh.path)
            return self._found(now)
        if self.announce is not None:
            self.announce(name)
        pending = Pending(name, fresh.stamp, now.stamp)
        self.holding.write(self.holding.record._replace(pending=pending))
        self.placing, self.replacing = Look(self.target, fresh.stamp), now.stamp
        displaced = self._put(fresh.path, now)
        if displaced.data == now.data:
            return self._verified(self.placing)
        return self._give_back(fresh.path, self.placing, displaced)

    def _put(self, fresh: str, now: Look) -> Look:
        """Put ``fresh`` in the place of the file; what stood there, which ``fresh`` names then."""
        handle = exchange.put(fresh, self.path)
        try:
            data, is_open = replace.settle(handle, now, self.timing)
            if is_open:
                self.opened.append(late.keep(fresh, now.data))
            return Look(data, Stamp.of(os.fstat(handle)))
        finally:
            steady.close(handle)

    def _verified(self, placed: Look) -> Look:
        """What stands there after nobody had slipped in."""
        self.ours, self.planned = placed.data, self.base
        found = self._current(placed)
        if found.data == placed.data:
            self.holding.record = self.holding.record._replace(last=found.stamp)
            return found
        from todo_tui.storage import merge

        if merge.nearest(found.data, (placed.data, self.base)) == 0:
            # Somebody has edited what we have just put there: it stands in their text.
            self.merged, self.target = True, found.data
            return found
        self.placing = None
        return self._found(found)

    def _holds_ours(self, data: bytes) -> bool:
        """Whether all of the change that was about to be put in place stands in ``data``.

        Where we hold what others wrote besides, that is not all that has to stand there.
        """
        if self.placing is None or self.carried:
            return False
        from todo_tui.storage import merge

        return merge.merge(self.base, self.placing.data, data) == data

    def _give_back(self, fresh: str, placed: Look, displaced: Look) -> Look:
        """Put what others slipped in back at once, before anybody reads the file without it.

        Then plan on it. What has been written over our version in that moment is taken in, too.
        """
        planned = self.base
        try:
            back = self._put(fresh, placed)
        except FileNotFoundError:
            self._carry(fresh)
            self._take_in(displaced.data)
            self.ours, self.planned = placed.data, planned
            raise
        self._take_in(displaced.data)
        self.ours, self.planned = placed.data, planned
        if back.data != placed.data:
            self._carry(fresh)
            self._take_in(back.data, stood=False)
        self.placing = None
        return displaced

    def _carry(self, displaced: str) -> None:
        """Keep hold of a version of others until the file at the path holds it, too."""
        folder, name = os.path.split(displaced)
        carried = os.path.join(folder, carried_name(name))
        os.replace(displaced, carried)
        self.carried.append(carried)

    def _end(self, stands: Look) -> Written:
        for path in self.carried:
            late.drop(path)
        if self.refusal:
            self.holding.record = self.holding.record._replace(pending=None)
            raise self.refusal
        return Written(stands, self.changed, self.merged, self.kept)

    def _found(self, now: Look) -> Look:
        """Others have put ``now`` over what we knew."""
        self._take_in(now.data)
        return now

    def _add_late(self, written: late.Late) -> None:
        """Plan also on what somebody wrote to a file that an earlier commit had displaced."""
        from todo_tui.storage import merge

        joined = merge.merge(written.base, self.base, written.data)
        if joined is None:
            aside = self._keep_aside(written.data)
            self.keep(
                f"{self.path} was edited by somebody who had opened it before others changed the"
                f" same lines; these stand. The edit is kept in {aside}."
            )
        else:
            self.merged, self.base = self.merged or joined != self.base, joined
        self.carried.append(written.path)

    def _take_in(self, theirs: bytes, *, stood: bool = True) -> None:
        """Plan on what others wrote; where it was made from a version of before, on both.

        ``stood``: it stood at the path, and not only over a version of ours.
        """
        self.merged = True
        joined: bytes | None = theirs
        clean = theirs
        if self.ours is not None or self.base != self.stood:
            from todo_tui.storage import merge
        if self.ours is None:
            if self.base != self.stood:
                joined = merge.merge(self.stood, self.base, theirs)
        else:
            ancestors = (self.ours, self.stood, self.older)
            parent = merge.nearest(theirs, ancestors)
            ancestor = ancestors[parent]
            if parent == 0:
                ancestor = self.planned
                without = merge.merge(self.ours, ancestor, theirs)
                if without is None:
                    self._part(theirs)
                    return
                clean = without
            joined = merge.merge(ancestor, self.base, clean)
        if joined is None:
            self._keep_base()
            joined = clean
        if stood:
            self.older, self.stood = self.stood, theirs
        self._plan_on(joined)

    def _part(self, theirs: bytes) -> None:
        """Somebody has edited our change itself: it stands as they wrote it."""
        if self.base != self.planned:
            self._keep_base()
        self.base = self.target = theirs
        self.refusal, self.changed = None, True

    def _keep_aside(self, data: bytes) -> str:
        aside = os.path.join(self.folder, f"unmerged-{os.getpid()}-{os.urandom(4).hex()}")
        try:
            like = os.stat(self.path)
        except FileNotFoundError:
            like = os.stat(self.folder)
        beside.create(aside, data, like)
        return aside

    def _keep_base(self) -> None:
        aside = self._keep_aside(self.base)
        self.keep(
            f"{self.path} was edited twice by others at the same lines; the later edit stands."
            f" The earlier one is kept in {aside}."
        )

    def keep(self, sentence: str | None) -> None:
        """Add a sentence about what is kept aside to what will be said."""
        self.kept = " ".join(filter(None, (self.kept, sentence))) or None

    def _plan_on(self, base: bytes) -> None:
        self.base = base
        self.refusal, self.changed = None, True
        try:
            target = self.plan(base)
        except TodoError as refusal:
            self.refusal, target = refusal, None
        if target is None:
            self.changed = False
        self.target = base if target is None else target

    def _current(self, expected: Look) -> Look:
        """What stands at the path, read only where its stamp is not the expected one.

        The look at what is displaced sees a change that the stamp does not show.
        """
        stamp = stamp_of(self.path)
        if stamp.same_content(expected.stamp):
            return expected._replace(stamp=stamp)
        return self._read(expected)

    def _read(self, previous: Look | None) -> Look:
        return steady.read(
            self.path,
            previous=previous,
            believed=lambda: self.holding.record.last,
            timing=self.timing,
        )
