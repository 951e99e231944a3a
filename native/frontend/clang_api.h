// The part of libclang's C ABI that the frontend uses, declared here and resolved at run time from the wheel's library
// (its file name is not its soname, so it cannot be linked). Layouts and numbers are those of libclang 22.
#pragma once

#include <memory>
#include <string>

namespace gnomon::frontend {

using CXIndex = void*;
using CXTranslationUnit = void*;
using CXFile = void*;
using CXPrintingPolicy = void*;
using CXEvalResult = void*;
using CXDiagnostic = void*;

struct CXString {
    const void* data;
    unsigned private_flags;
};
struct CXCursor {
    int kind;
    int xdata;
    const void* data[3];
};
struct CXType {
    int kind;
    void* data[2];
};
struct CXSourceLocation {
    const void* ptr_data[2];
    unsigned int_data;
};
struct CXSourceRange {
    const void* ptr_data[2];
    unsigned begin_int_data;
    unsigned end_int_data;
};
struct CXToken {
    unsigned int_data[4];
    void* ptr_data;
};
struct CXUnsavedFile {
    const char* Filename;
    const char* Contents;
    unsigned long Length;
};

struct CXIndexOptions {
    unsigned Size;
    unsigned char ThreadBackgroundPriorityForIndexing;
    unsigned char ThreadBackgroundPriorityForEditing;
    unsigned ExcludeDeclarationsFromPCH : 1;
    unsigned DisplayDiagnostics : 1;
    unsigned StorePreamblesInMemory : 1;
    unsigned : 13;
    const char* PreambleStoragePath;
    const char* InvocationEmissionPath;
};

namespace kind {  // CXCursorKind
enum : int {
    struct_declaration = 2,
    union_declaration = 3,
    enum_declaration = 5,
    field = 6,
    enum_constant = 7,
    function = 8,
    variable = 9,
    parameter = 10,
    typedef_declaration = 20,
    member_reference = 47,
    label_reference = 48,
    unexposed_expression = 100,
    declaration_reference = 101,
    member_expression = 102,
    call = 103,
    integer_literal = 106,
    floating_literal = 107,
    imaginary_literal = 108,
    string_literal = 109,
    character_literal = 110,
    parenthesis = 111,
    unary_operator = 112,
    subscript = 113,
    binary_operator = 114,
    compound_assignment = 115,
    conditional = 116,
    c_cast = 117,
    compound_literal = 118,
    initialiser_list = 119,
    label_address = 120,
    statement_expression = 121,
    generic_selection = 122,
    gnu_null = 123,
    unary_trait = 136,  // sizeof, alignof
    unexposed_statement = 200,
    label = 201,
    compound = 202,
    case_label = 203,
    default_label = 204,
    if_statement = 205,
    switch_statement = 206,
    while_statement = 207,
    do_statement = 208,
    for_statement = 209,
    goto_statement = 210,
    indirect_goto = 211,
    continue_statement = 212,
    break_statement = 213,
    return_statement = 214,
    assembly = 215,
    null_statement = 230,
    declaration_statement = 231,
    annotation = 406,
};
}

namespace type_kind {  // CXTypeKind
enum : int {
    invalid = 0,
    void_ = 2,
    boolean = 3,
    char_unsigned = 4,
    unsigned_char = 5,
    char16 = 6,
    char32 = 7,
    unsigned_short = 8,
    unsigned_int = 9,
    unsigned_long = 10,
    unsigned_long_long = 11,
    unsigned_int128 = 12,
    char_signed = 13,
    signed_char = 14,
    wide_char = 15,
    short_ = 16,
    int_ = 17,
    long_ = 18,
    long_long = 19,
    int128 = 20,
    float_ = 21,
    double_ = 22,
    long_double = 23,
    pointer = 101,
    record = 105,
    enumeration = 106,
    typedef_ = 107,
    function_no_prototype = 110,
    function_prototype = 111,
    constant_array = 112,
    incomplete_array = 114,
    variable_array = 115,
    atomic = 177,
};
}

enum class BinaryKind : int {  // CXBinaryOperatorKind
    multiply = 3,
    divide,
    remainder,
    add,
    subtract,
    shift_left,
    shift_right,
    less = 11,
    greater,
    less_equal,
    greater_equal,
    equal,
    not_equal,
    bit_and,
    bit_xor,
    bit_or,
    logical_and,
    logical_or,
    assign,
    multiply_assign,
    divide_assign,
    remainder_assign,
    add_assign,
    subtract_assign,
    shift_left_assign,
    shift_right_assign,
    and_assign,
    xor_assign,
    or_assign,
    comma,
};
enum class UnaryKind : int {  // CXUnaryOperatorKind
    post_increment = 1,
    post_decrement,
    pre_increment,
    pre_decrement,
    address_of,
    dereference,
    plus,
    minus,
    bit_not,
    logical_not,
    real,
    imaginary,
    extension,
};

using CXFieldVisitor = int (*)(CXCursor field, void* client);
using CXCursorVisitor = int (*)(CXCursor cursor, CXCursor parent, void* client);
using CXInclusionVisitor = void (*)(CXFile file, CXSourceLocation* stack, unsigned depth, void* client);

// X(result, name, parameters)
#define GNOMON_CLANG_FUNCTIONS(X)                                                                              \
    X(CXIndex, createIndexWithOptions, (const CXIndexOptions*))                                                \
    X(void, disposeIndex, (CXIndex))                                                                           \
    X(int, parseTranslationUnit2,                                                                              \
      (CXIndex, const char*, const char* const*, int, CXUnsavedFile*, unsigned, unsigned, CXTranslationUnit*)) \
    X(int, reparseTranslationUnit, (CXTranslationUnit, unsigned, CXUnsavedFile*, unsigned))                    \
    X(void, disposeTranslationUnit, (CXTranslationUnit))                                                       \
    X(int, saveTranslationUnit, (CXTranslationUnit, const char*, unsigned))                                    \
    X(CXSourceLocation, getLocationForOffset, (CXTranslationUnit, CXFile, unsigned))                           \
    X(CXCursor, getTranslationUnitCursor, (CXTranslationUnit))                                                 \
    X(unsigned, visitChildren, (CXCursor, CXCursorVisitor, void*))                                             \
    X(const char*, getCString, (CXString))                                                                     \
    X(void, disposeString, (CXString))                                                                         \
    X(CXString, getCursorSpelling, (CXCursor))                                                                 \
    X(CXString, getCursorPrettyPrinted, (CXCursor, CXPrintingPolicy))                                          \
    X(unsigned, Cursor_hasAttrs, (CXCursor))                                                                   \
    X(CXString, getCursorUSR, (CXCursor))                                                                      \
    X(CXString, getTypeSpelling, (CXType))                                                                     \
    X(CXString, Cursor_getRawCommentText, (CXCursor))                                                          \
    X(CXType, getCursorType, (CXCursor))                                                                       \
    X(CXType, getCanonicalType, (CXType))                                                                      \
    X(CXType, getPointeeType, (CXType))                                                                        \
    X(CXType, getArrayElementType, (CXType))                                                                   \
    X(long long, getArraySize, (CXType))                                                                       \
    X(CXType, getResultType, (CXType))                                                                         \
    X(int, getNumArgTypes, (CXType))                                                                           \
    X(CXType, getArgType, (CXType, unsigned))                                                                  \
    X(unsigned, isFunctionTypeVariadic, (CXType))                                                              \
    X(unsigned, isConstQualifiedType, (CXType))                                                                \
    X(unsigned, isVolatileQualifiedType, (CXType))                                                             \
    X(CXType, getUnqualifiedType, (CXType))                                                                    \
    X(CXType, getTypedefDeclUnderlyingType, (CXCursor))                                                        \
    X(CXCursor, getTypeDeclaration, (CXType))                                                                  \
    X(CXType, getEnumDeclIntegerType, (CXCursor))                                                              \
    X(long long, getEnumConstantDeclValue, (CXCursor))                                                         \
    X(long long, Type_getSizeOf, (CXType))                                                                     \
    X(long long, Type_getAlignOf, (CXType))                                                                    \
    X(long long, Cursor_getOffsetOfField, (CXCursor))                                                          \
    X(long long, Type_getOffsetOf, (CXType, const char*))                                                      \
    X(unsigned, Type_visitFields, (CXType, CXFieldVisitor, void*))                                             \
    X(CXType, Type_getValueType, (CXType))                                                                     \
    X(int, getFieldDeclBitWidth, (CXCursor))                                                                   \
    X(unsigned, Cursor_isBitField, (CXCursor))                                                                 \
    X(unsigned, Cursor_isAnonymous, (CXCursor))                                                                \
    X(CXCursor, getCursorReferenced, (CXCursor))                                                               \
    X(CXCursor, getCursorDefinition, (CXCursor))                                                               \
    X(CXCursor, getCanonicalCursor, (CXCursor))                                                                \
    X(CXCursor, getCursorSemanticParent, (CXCursor))                                                           \
    X(unsigned, isCursorDefinition, (CXCursor))                                                                \
    X(unsigned, equalCursors, (CXCursor, CXCursor))                                                            \
    X(int, getCursorBinaryOperatorKind, (CXCursor))                                                            \
    X(int, getCursorUnaryOperatorKind, (CXCursor))                                                             \
    X(int, Cursor_getStorageClass, (CXCursor))                                                                 \
    X(int, getCursorLinkage, (CXCursor))                                                                       \
    X(int, Cursor_getNumArguments, (CXCursor))                                                                 \
    X(CXCursor, Cursor_getArgument, (CXCursor, unsigned))                                                      \
    X(CXCursor, Cursor_getVarDeclInitializer, (CXCursor))                                                      \
    X(int, Cursor_isNull, (CXCursor))                                                                          \
    X(CXEvalResult, Cursor_Evaluate, (CXCursor))                                                               \
    X(int, EvalResult_getKind, (CXEvalResult))                                                                 \
    X(long long, EvalResult_getAsLongLong, (CXEvalResult))                                                     \
    X(unsigned, EvalResult_isUnsignedInt, (CXEvalResult))                                                      \
    X(unsigned long long, EvalResult_getAsUnsigned, (CXEvalResult))                                            \
    X(double, EvalResult_getAsDouble, (CXEvalResult))                                                          \
    X(const char*, EvalResult_getAsStr, (CXEvalResult))                                                        \
    X(void, EvalResult_dispose, (CXEvalResult))                                                                \
    X(CXSourceLocation, getCursorLocation, (CXCursor))                                                         \
    X(CXSourceRange, getCursorExtent, (CXCursor))                                                              \
    X(CXSourceLocation, getRangeStart, (CXSourceRange))                                                        \
    X(CXSourceLocation, getRangeEnd, (CXSourceRange))                                                          \
    X(void, getExpansionLocation, (CXSourceLocation, CXFile*, unsigned*, unsigned*, unsigned*))                \
    X(void, getSpellingLocation, (CXSourceLocation, CXFile*, unsigned*, unsigned*, unsigned*))                 \
    X(int, Location_isInSystemHeader, (CXSourceLocation))                                                      \
    X(int, Location_isFromMainFile, (CXSourceLocation))                                                        \
    X(CXString, getFileName, (CXFile))                                                                         \
    X(const char*, getFileContents, (CXTranslationUnit, CXFile, std::size_t*))                                 \
    X(void, tokenize, (CXTranslationUnit, CXSourceRange, CXToken**, unsigned*))                                \
    X(void, disposeTokens, (CXTranslationUnit, CXToken*, unsigned))                                            \
    X(CXString, getTokenSpelling, (CXTranslationUnit, CXToken))                                                \
    X(CXSourceLocation, getTokenLocation, (CXTranslationUnit, CXToken))                                        \
    X(void, getInclusions, (CXTranslationUnit, CXInclusionVisitor, void*))                                     \
    X(unsigned, getNumDiagnostics, (CXTranslationUnit))                                                        \
    X(CXDiagnostic, getDiagnostic, (CXTranslationUnit, unsigned))                                              \
    X(int, getDiagnosticSeverity, (CXDiagnostic))                                                              \
    X(CXSourceLocation, getDiagnosticLocation, (CXDiagnostic))                                                 \
    X(CXString, getDiagnosticSpelling, (CXDiagnostic))                                                         \
    X(void, disposeDiagnostic, (CXDiagnostic))

struct ClangApi {
#define GNOMON_DECLARE(result, name, parameters) result(*name) parameters = nullptr;
    GNOMON_CLANG_FUNCTIONS(GNOMON_DECLARE)
#undef GNOMON_DECLARE

    // Throws std::runtime_error when the library, or one of its functions, is missing.
    explicit ClangApi(const std::string& path);

    std::string text(CXString string) const;  // takes it over

  private:
    std::shared_ptr<void> library_;
};

}  // namespace gnomon::frontend
