from setuptools import Extension, setup

setup(name="jars", version="1", ext_modules=[Extension("jars", ["jars.c"])])
