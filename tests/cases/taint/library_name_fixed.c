/* Python says which one of two libraries is loaded. */
//~ run: is_there("first")
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

int is_there(const char *name) {
    const char *path = strcmp(name, "first") == 0 ? "/nowhere/libfirst.so" : "/nowhere/libsecond.so";
    void *library = dlopen(path, RTLD_NOW);
    if (library == NULL) return 0;
    return dlclose(library) == 0;
}
