#include "bindings/bind.h"

NB_MODULE(_engine, m) {
    m.doc() = "Gnomon's native engine: C to IR, slices, symbolic execution, concrete interpretation.";
    gnomon::bindings::bind_source_facts(m);
    gnomon::bindings::bind_checking(m);
    gnomon::bindings::bind_engine(m);
    gnomon::bindings::bind_debuginfo(m);
}
