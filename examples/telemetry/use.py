"""What the library is for: run `make` first, then this."""

from telemetry import Board, Ring, celsius, checksum, low_bits, mask, scale, unit

with Ring(4) as ring:
    ring.rename("boiler")
    for reading in (20, 22, 25, 21, 24):
        ring.push(reading)
    ring[0] = 23
    ring.each(lambda value, tick: print(f"{tick}: {value}"))
    print("mean", ring.mean(), "middle", ring.middle(), "peak", ring.peak(100), "oldest", ring[0])
    summary = ring.summary()
    print("total", summary.total if summary else 0)

board = Board("boiler room")
board.add(3, 1500)
print("scaled", scale(20, board.gain(3)), 4 in board)
board.close()
print(f"{mask(3):#x} {low_bits(5):#x} {checksum('akpp'):#x} {unit('21.5 C')} {celsius(212.0):.0f}")
