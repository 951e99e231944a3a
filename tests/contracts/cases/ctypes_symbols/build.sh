# The library's source is not part of the project.
printf 'int push(int x) { return x; }\nstatic int hidden(void) { return 1; }\nint (*shown)(void) = hidden;\n' | gcc -g -shared -fPIC -x c - -o libring.so
