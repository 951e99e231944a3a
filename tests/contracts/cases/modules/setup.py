from setuptools import Extension, setup

setup(
    name="cases",
    ext_modules=[
        Extension("cases._misnamed", ["misnamed.c"]),
        Extension("cases._named", ["named.c"]),
        Extension("cases._first", ["shared.c"], define_macros=[("NAME", "_first")]),
        Extension("cases._second", ["shared.c"], define_macros=[("NAME", "_second")]),
    ],
)
