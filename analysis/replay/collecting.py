"""Parts of scripts that ask whether others are told the truth of an object: the collector of what it owns, weak
references of its end.

They print a line that `sanitizer.py` reads. `calls` gives back the object.
"""

COLLECTED = '''\
class Node:
    """Something that is seen to go."""


def tied(value, made):
    """A new node, which goes with the value, and refers to `made`."""
    node = Node()
    node.made = made
    if isinstance(value, list):
        value.append(node)
    elif isinstance(value, dict):
        value["node"] = node
    elif isinstance(value, Any):
        value.__dict__["node"] = node
    else:
        return lambda: None
    return weakref.ref(node)


def is_there(position, refers_back, is_held):
    """The node, once nobody has the object any more: with what was passed itself, or not."""
    given = arguments()
    made = next(iter(try_to_call(*given)), None)
    value = given[position]
    node = tied(value, made if refers_back else None)
    del given, made
    if not is_held:
        del value
    gc.collect()
    return node() is not None


# Expected: what is passed stays for ever as soon as it refers to the object, or is cleared while somebody has it.
for position in range(len(arguments())):
    if not is_there(position, False, False) and is_there(position, True, False):
        print("ERROR: gnomon: CODE: calls leave an object behind that nobody has")
    if is_there(position, False, True) and not is_there(position, True, True):
        print("ERROR: gnomon: CODE: calls clear an object that somebody has")
'''

UNTOLD = """\
owners = sys.getrefcount(made) - 1
{last}
if owners == 1 and not gone:
    print("ERROR: gnomon: {code}: calls leave a weak reference to an object that is gone")
"""
