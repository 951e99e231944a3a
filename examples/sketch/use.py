"""What the extension is for: run `python setup.py build_ext --inplace` first, then this."""

from sketch import _sketch, bucket, head, histogram_of, middle

print(head("sun dial"), middle(3, 10), bucket("gnomon"), _sketch.code("gnomon"), _sketch.distance(3, 10))
print(_sketch.ends(b"shadow"), _sketch.roughness(b"shadow"), _sketch.low(0xABCD, 8))
histogram = histogram_of([1, 2, 2, 9], 4, 3)
histogram.rename("hours")
histogram.set(-1, 5)
print(histogram, len(histogram), histogram.total, histogram.width, histogram.count(0), histogram.count(-1))
histogram.clear()
