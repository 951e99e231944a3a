"""Parts of scripts that make the same calls many times, and count references that nobody can account for.

They print lines that `sanitizer.py` reads.
"""

from __future__ import annotations

from gnomon.analysis.replay.names import FAIL_MALLOC


def fail_malloc_of(path: str) -> list[str]:
    """Lines: what lets an allocation fail in the extension that is at an expression's file."""
    return [f"fail_malloc = ctypes.CDLL({path}).{FAIL_MALLOC}", "fail_malloc.argtypes = [ctypes.c_long]", "", ""]


ATTEMPT = """\
def try_to_call(*given):
    try:
        return calls(*given)
    except Exception:
        return []
"""

# The allocation whose number is `number`, and none after it. Collecting empties the lists of objects that are made
# without one.
FAILING = """\
gc.freeze()


def try_to_call(*given):
    gc.collect()
    _testcapi.set_nomemory(number, number + 1)
    taken = (given, given)  # the tuple that this call left there
    try:
        return calls(*given) or []
    except SystemError:
        raise
    except Exception:
        return []
    finally:
        _testcapi.remove_mem_hooks()
"""

# The same of the C library's, in code that is linked for it.
FAILING_MALLOC = """\
def try_to_call(*given):
    fail_malloc(number)
    try:
        return calls(*given) or []
    except SystemError:
        raise
    except Exception:
        return []
    finally:
        fail_malloc(-1)
"""

# Expected: the counts of what is passed and returned fall. All of it is kept, so that nothing is freed too early.
GIVEN_BACK = '''\
CALLS = REPEATED


def direct_parts(value):
    """The collector is not told of keys that are texts."""
    return [*value, *value.values()] if isinstance(value, dict) else gc.get_referents(value)


def inside(*roots):
    """How many references to each object there are inside, and 1000 more: small numbers are counted themselves."""
    found, seen, pending = collections.defaultdict(lambda: 1000), set(), [*roots]
    while pending:
        value = pending.pop()
        if isinstance(value, (CONTAINERS)) and id(value) not in seen:
            seen.add(id(value))
            parts = direct_parts(value)
            for part in parts:
                found[id(part)] += 1
            pending += parts
    return found


def parts_of(value):
    yield value
    if isinstance(value, (CONTAINERS)):
        for part in direct_parts(value):
            yield from parts_of(part)


def count_calls():
    """Expected: references that are held without being counted, one or more for each call."""
    given = [arguments() for _ in range(CALLS)]
    watched = {id(part): part for part in [None, True, False, *(p for one in given for p in parts_of(one))]}
    spare = [*watched.values()] * 4 + [None, True, False] * CALLS
    kept = []

    def others():
        """References of others than the objects that are passed and returned."""
        if sys.version_info < (3, 12):
            sys._clear_type_cache()  # which refers to None where it is empty
        counted = sum(map(sys.getrefcount, watched.values()))  # before there are numbers of what is inside
        held = inside(given, kept)
        return counted - sum(held[key] for key in watched)

    before = others()
    for one in given:
        kept += try_to_call(*one)
    fell = before - others()
    claimed = collections.Counter(map(id, kept))
    for result in {id(result): result for result in kept if id(result) not in watched}.values():
        fell += max(0, claimed[id(result)] - (sys.getrefcount(result) - 3))
    if fell >= 0.9 * CALLS:
        print(f"ERROR: gnomon: CODE: in {CALLS} calls the counts of what is passed and returned fell by {fell}")
    sys.stdout.flush()
    os._exit(0)  # whoever looks at the objects now, comes to those that were freed too early
'''

LOST = '''\
CALLS = REPEATED


def direct_parts(value):
    """The collector is not told of keys that are texts."""
    return [*value, *value.values()] if isinstance(value, dict) else gc.get_referents(value)


def parts_of(value):
    yield value
    if isinstance(value, (CONTAINERS)):
        for part in direct_parts(value):
            yield from parts_of(part)


def count_calls():
    """Expected: a block or a reference that nobody has any more, or several, for each call."""
    tracemalloc.start()
    one, other = list(parts_of(arguments())), list(parts_of(arguments()))
    same = {id(part) for part in one} & {id(part) for part in other}
    shared = [None, True, False, *{id(part): part for part in one if id(part) in same}.values()]
    del one, other, same

    def alive():
        gc.collect()
        if sys.version_info < (3, 12):
            sys._clear_type_cache()  # which refers to None where it is empty
        return len(tracemalloc.take_snapshot().traces), [*map(sys.getrefcount, shared)]

    for _ in range(10):  # what is made once
        try_to_call(*arguments())
    blocks, references = alive()
    for _ in range(CALLS):
        try_to_call(*arguments())
    blocks_now, references_now = alive()
    more_blocks = blocks_now - blocks
    more_references = max(now - before for now, before in zip(references_now, references))
    if max(more_blocks, more_references) >= 0.9 * CALLS:
        print(f"ERROR: gnomon: CODE: {CALLS} calls leaked {more_blocks} blocks and {more_references} references")
        return True
'''
