#include "bindings/bind.h"

NB_MODULE(_engine, m) {
    // What a worker still holds when it ends is no leak, and its words would come to the editor's log.
    nanobind::set_leak_warnings(false);
    m.doc() = "Gnomon's native engine: C to IR, slices, symbolic execution, concrete interpretation.";
    gnomon::bindings::bind_source_facts(m);
    gnomon::bindings::bind_checking(m);
    gnomon::bindings::bind_engine(m);
    gnomon::bindings::bind_debuginfo(m);
}
