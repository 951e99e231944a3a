/* The builtins of GNU C that real code uses. */
#include <limits.h>
#include <stddef.h>

#include "report.h"

struct pair {
    int a, b;
};
static int variable = 5;
static volatile int effect;

static void overflow(int n) {
    int sum;
    report(__builtin_add_overflow(INT_MAX, n, &sum));
    report(sum);
    report(__builtin_sub_overflow(n, 3, &sum));
    report(sum);
    unsigned char small;
    report(__builtin_add_overflow(n, 254, &small));
    report(small);
    report(__builtin_mul_overflow(1000, 3, &small));
    report(small);
    unsigned u;
    report(__builtin_add_overflow(-2, 1u, &u));
    report(u);
    report(__builtin_sub_overflow(1u, 2u, &u));
    report(u);
    report(__builtin_add_overflow(n, -1, &u));
    report(u);
    long l;
    report(__builtin_mul_overflow(0x100000000, 0x7fffffff, &l));
    report(l);
    report(__builtin_mul_overflow(0x100000000, 0x80000000, &l));
    report(l);
    unsigned long ul;
    report(__builtin_mul_overflow(0xfffffffffffffffful, 2ul, &ul));
    report(ul);
    report(__builtin_mul_overflow(-1, 1, &ul));
    report(ul);
    report(__builtin_add_overflow(0xfffffffffffffffful, 1, &ul));
    report(ul);
    report(__builtin_sub_overflow(LONG_MIN, 1, &l));
    report(l);
    report(__builtin_sadd_overflow(1, 2, &sum) + sum);
    report(__builtin_uaddl_overflow(1, -1ul, &ul) + ul);
    report(__builtin_umul_overflow(70000, 70000, &u));
    report(__builtin_smulll_overflow(3, 4, (long long *)&l) + l);
    report(__builtin_usubll_overflow(3, 4, (unsigned long long *)&ul));
}

static void bits(unsigned n, unsigned long l) {
    report(__builtin_popcount(n));
    report(__builtin_popcountl(l));
    report(__builtin_popcountll(~0ull));
    report(__builtin_clz(n));
    report(__builtin_clzl(l));
    report(__builtin_clzll(1));
    report(__builtin_ctz(n));
    report(__builtin_ctzl(l));
    report(__builtin_ctzll(1ull << 63));
    report(__builtin_ffs((int)n) + __builtin_ffs(0) + __builtin_ffsl((long)l) + __builtin_ffsll(0));
    report(__builtin_parity(n) + __builtin_parityl(l) * 2);
    report(__builtin_clrsb(-1) + __builtin_clrsb(100) + __builtin_clrsbl(-2));
    report(__builtin_bswap16((unsigned short)n));
    report(__builtin_bswap32(n));
    report(__builtin_bswap64(l));
}

static void hints(int n) {
    if (__builtin_expect(n > 3, 1)) report(1);
    if (__builtin_expect_with_probability(n, 1, 0.9)) report(2);
    report(__builtin_constant_p(4) * 10 + __builtin_constant_p(n));
    report(__builtin_types_compatible_p(int, __typeof__(n)) + __builtin_types_compatible_p(int, long) * 2);
    report(__builtin_choose_expr(1, n, "no"));
    report(__builtin_choose_expr(sizeof(int) == 2, 1, n + 1));
    report(__builtin_offsetof(struct pair, b));
    report(__builtin_object_size(&variable, 0) == (size_t)-1 || __builtin_object_size(&variable, 0) == 4);
    int *aligned = __builtin_assume_aligned(&variable, 4);
    report(*aligned);
    if (n < 0) __builtin_unreachable();
    __builtin_prefetch(&variable, 0, 1);
    report(__builtin_classify_type(1.0) != __builtin_classify_type(1));
    (void)__builtin_assume_aligned(aligned, 4);
}

static void memory(void) {
    char text[16], other[16];
    __builtin_memset(text, 'x', 15);
    text[15] = 0;
    __builtin_memcpy(text, "abc", 3);
    __builtin_memmove(text + 2, text, 5);
    report(__builtin_strlen(text));
    report(text[2] + text[4]);
    __builtin_strcpy(other, text);
    report(__builtin_strcmp(other, text) + __builtin_memcmp(other, text, 16));
    report(__builtin_strncmp("abc", "abd", 2));
    report(__builtin_strchr(text, 'c') - text);
    report(__builtin_abs(-4) + __builtin_labs(-5l));
    void *block = __builtin_malloc(8);
    __builtin_bzero(block, 8);
    report(((char *)block)[7]);
    __builtin_free(block);
}

static void numbers(double d) {
    report_double(__builtin_inf());
    report_double(__builtin_huge_val());
    report(__builtin_isnan(__builtin_nan("")) != 0);
    report(__builtin_isinf(__builtin_inff()) != 0);
    report(__builtin_isfinite(d) != 0);
    report(__builtin_signbit(-d) != 0);
    report_double(__builtin_fabs(-d));
    report_double(__builtin_copysign(d, -1.0));
    report(__builtin_isgreater(d, 1.0) + __builtin_isunordered(d, __builtin_nan("")) * 2);
    report(__builtin_isless(1.0, d) + __builtin_islessequal(d, d) * 2 + __builtin_isgreaterequal(d, 9.0) * 4 +
           __builtin_islessgreater(d, 9.0) * 8);
}

int main(void) {
    overflow(1);
    bits(0x00f0a000, 0x123456789abcdef0);
    hints(5);
    memory();
    numbers(2.5);
    return finish(0);
}
