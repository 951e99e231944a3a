/* Python says which library is loaded. */
//~ run: is_there("/nowhere/libfirst.so")
#include <dlfcn.h>
#include <stddef.h>

int is_there(const char *name) {
    void *library = dlopen(name, RTLD_NOW);  //~ error[taint.command]: loads a library whose name comes from outside when name =
    if (library == NULL) return 0;
    return dlclose(library) == 0;
}
