#include "frontend/clang_api.h"

#include <dlfcn.h>

#include <stdexcept>

namespace gnomon::frontend {

ClangApi::ClangApi(const std::string& path) {
    void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle) throw std::runtime_error("libclang cannot be loaded: " + std::string(dlerror()));
    library_ = std::shared_ptr<void>(handle, [](void* library) { dlclose(library); });
#define GNOMON_RESOLVE(result, name, parameters)                                  \
    name = reinterpret_cast<result(*) parameters>(dlsym(handle, "clang_" #name)); \
    if (!name) throw std::runtime_error("libclang at " + path + " lacks clang_" #name);
    GNOMON_CLANG_FUNCTIONS(GNOMON_RESOLVE)
#undef GNOMON_RESOLVE
}

std::string ClangApi::text(CXString string) const {
    const char* characters = getCString(string);
    std::string copy = characters ? characters : "";
    disposeString(string);
    return copy;
}

}  // namespace gnomon::frontend
