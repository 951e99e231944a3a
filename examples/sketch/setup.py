"""Builds `sketch._sketch`: `python setup.py build_ext --inplace`."""

from setuptools import Extension, setup

setup(
    name="sketch",
    version="0.1",
    packages=["sketch"],
    ext_modules=[Extension("sketch._sketch", ["src/module.c", "src/histogram.c"], depends=["src/histogram.h"])],
)
