// The numbers of the DWARF standard (2 to 5) and of GNU's extensions that the reader knows.
#pragma once

#include <cstdint>

namespace gnomon::debuginfo {

namespace tag {
enum : std::uint32_t {
    array_type = 0x01,
    class_type = 0x02,
    enumeration_type = 0x04,
    formal_parameter = 0x05,
    lexical_block = 0x0b,
    member = 0x0d,
    pointer_type = 0x0f,
    reference_type = 0x10,
    compile_unit = 0x11,
    string_type = 0x12,
    structure_type = 0x13,
    subroutine_type = 0x15,
    typedef_ = 0x16,
    union_type = 0x17,
    unspecified_parameters = 0x18,
    inheritance = 0x1c,
    inlined_subroutine = 0x1d,
    module = 0x1e,
    ptr_to_member_type = 0x1f,
    set_type = 0x20,
    subrange_type = 0x21,
    base_type = 0x24,
    const_type = 0x26,
    enumerator = 0x28,
    file_type = 0x29,
    packed_type = 0x2d,
    subprogram = 0x2e,
    variant_part = 0x33,
    variable = 0x34,
    volatile_type = 0x35,
    restrict_type = 0x37,
    interface_type = 0x38,
    namespace_ = 0x39,
    unspecified_type = 0x3b,
    shared_type = 0x40,
    type_unit = 0x41,
    rvalue_reference_type = 0x42,
    template_alias = 0x43,
    coarray_type = 0x44,
    dynamic_type = 0x46,
    atomic_type = 0x47,
    call_site = 0x48,
    immutable_type = 0x4b,
    gnu_call_site = 0x4109,
};
}  // namespace tag

namespace form {
enum : std::uint32_t {
    addr = 0x01,
    block2 = 0x03,
    block4 = 0x04,
    data2 = 0x05,
    data4 = 0x06,
    data8 = 0x07,
    string = 0x08,
    block = 0x09,
    block1 = 0x0a,
    data1 = 0x0b,
    flag = 0x0c,
    sdata = 0x0d,
    strp = 0x0e,
    udata = 0x0f,
    ref_addr = 0x10,
    ref1 = 0x11,
    ref2 = 0x12,
    ref4 = 0x13,
    ref8 = 0x14,
    ref_udata = 0x15,
    indirect = 0x16,
    sec_offset = 0x17,
    exprloc = 0x18,
    flag_present = 0x19,
    strx = 0x1a,
    addrx = 0x1b,
    ref_sup4 = 0x1c,
    strp_sup = 0x1d,
    data16 = 0x1e,
    line_strp = 0x1f,
    ref_sig8 = 0x20,
    implicit_const = 0x21,
    loclistx = 0x22,
    rnglistx = 0x23,
    ref_sup8 = 0x24,
    strx1 = 0x25,
    strx2 = 0x26,
    strx3 = 0x27,
    strx4 = 0x28,
    addrx1 = 0x29,
    addrx2 = 0x2a,
    addrx3 = 0x2b,
    addrx4 = 0x2c,
    gnu_addr_index = 0x1f01,
    gnu_str_index = 0x1f02,
    gnu_ref_alt = 0x1f20,
    gnu_strp_alt = 0x1f21,
};
}  // namespace form

namespace unit_type {
enum : std::uint8_t { compile = 1, type = 2, partial = 3, skeleton = 4, split_compile = 5, split_type = 6 };
}

namespace operation {
enum : std::uint8_t {
    addr = 0x03,
    constu = 0x10,
    plus = 0x22,
    plus_uconst = 0x23,
    addrx = 0xa1,
    gnu_addr_index = 0xfb,
};
}

}  // namespace gnomon::debuginfo
