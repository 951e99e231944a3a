"""What is passed to the functions of an extension: expressions of Python, the plainest first (classes: objects.py)."""

from __future__ import annotations

PLAIN = """\
None
True
0
1
-1
5
''
'a'
b''
b'abc'
[]
[1, 2]
()
(1,)
{}
{'a': 1}
['a', 'b']
0.5
object()
""".splitlines()

ODD = """\
1000
2**30
2**31
-2**31
2**63 - 1
-2**63
2**64
10**400
float('nan')
float('inf')
'\\xe9'
'\\u0394'
'\\U0001f600'
'\\udc80'
'a' * 300
'12'
'1' * 40
'\\0a'
bytearray(b'abc')
memoryview(b'abcd')
b'a' * 300
('a', 'b')
[('a', 'b')]
[['a', 1], ['c', 'd']]
[[1], 'a', None, 0.5]
{1: 2}
{'a': {'b': [1, 'c']}}
{b'a': None}
{None: [], 2.5: ()}
{1, 2}
iter([1, 2])
iter(['a'])
range(5)
slice(None)
slice(None, None, 2)
slice(5, 1, -1)
slice(1, 4)
int
str
len
failing
first
wrapped
broken()
io.BytesIO(b'abc')
io.StringIO('[1]')
Any()
Any(RuntimeError)
Any(0, RuntimeError)
Any(1, RuntimeError)
Any('a')
Any('a', RuntimeError)
Any([])
Any(b'a')
Any(None)
Any(-1)
Any(2**62)
Any(Any())
[Any(RuntimeError)]
{'a': Any(RuntimeError)}
{Any(): 1}
('a', Any(RuntimeError))
FailingText('a')
[FailingText('a')]
{FailingText: 1}
[('a', FailingText('b'))]
decimal.Decimal('1.5')
2**40
Collecting()
[Collecting()]
Nameless()
[Nameless()]
FailingNumber(5)
{'key': Nameless()}
{fresh('key'): fresh('value')}
{(1,): fresh('value')}
{fresh(10**30): 1}
[fresh('abc'), fresh(10**30)]
map(wrapped, range(3))
map(str, range(300, 303))
(object() for _ in range(2))
Any(2, [], RuntimeError)
list(range(1000))
{str(i): i for i in range(100)}
[(str(i), i) for i in range(100)]
'a' * 70000
[['a' * 70000, object()]]
worded
{Any(RuntimeError): 1}
{b'key': 1}
{0: b'1', 'b': '0'}
Printed(RuntimeError)
Printed('\\udcff')
{Printed(RuntimeError): 1}
{Printed('key'): 1}
[Printed(RuntimeError)]
Any(failing)
Any(worded)
""".splitlines()

# Nobody may keep such an exception to himself.
INTERRUPTING = """\
Any(KeyboardInterrupt)
Any(0, KeyboardInterrupt)
Any('a', KeyboardInterrupt)
[Any(KeyboardInterrupt)]
Any(Any(KeyboardInterrupt))
{'a': Any(KeyboardInterrupt)}
('a', Any(KeyboardInterrupt))
Nameless(KeyboardInterrupt)
[Nameless(KeyboardInterrupt)]
InterruptingNumber(5)
Printed(KeyboardInterrupt)
{Printed(KeyboardInterrupt): 1}
InterruptingText('a')
[InterruptingText('a')]
[('a', InterruptingText('b'))]
""".splitlines()

# Who empties what is at hand.
CHANGING = """\
Changing()
Changing(1)
Changing('a')
[Changing(), 1, 2]
[Changing('a'), 'b', 'c']
Text('a')
[Text('a'), 'b', 'c']
[(Text('a'), 1), ('b', 2), ('c', 3)]
{'a': Changing(), 'b': 1}
{Changing(): 1}
[Changing(RuntimeError), 1]
{'a': Changing(RuntimeError), 'b': 1}
[Number(5), 1, 2]
{Number(5): 1, 'b': 2}
[(Text('a'), 1)] * 20
{fresh('key'): Changing(), 'b': 1}
[Changing()] * 20
""".splitlines()

# For arguments that have names: most are flags, numbers, texts or functions.
NAMED = """\
True
None
5
'a'
wrapped
failing
""".splitlines()
