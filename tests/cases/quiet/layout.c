/* Right programs about layout, initialisers and names: nothing may be said about them. Wrong semantics divide by zero. */
//~ run: anon_designated(2)
//~ run: anon_global(2)
//~ run: anon_flat(2)
//~ run: ranges(2)
//~ run: same_names(2)
//~ run: other_t(2)
//~ run: rows(2)
//~ run: macro_for(2)
//~ run: macro_for2(2)
//~ run: macro_for3(2)
//~ run: atom(2)
//~ run: flexglobal(2)
//~ run: consts(2)
//~ run: fnull(2)
//~ run: msg(2)
//~ run: pk(2)
//~ run: pb(2)
//~ run: eb(2)
//~ run: inits(2)
//~ run: inits2(2)
//~ run: arrinit(2)
//~ run: order(2)
//~ run: nestedtern(2)
//~ run: postinc(2)
//~ run: swapx(2)
//~ run: strs("ab")
//~ run: sizeofstr(2)
//~ run: minusone(2)
//~ run: shadowing(2)
//~ run: ext(2)
//~ run: bits_wrap(2)
//~ run: bits_step(2)
//~ run: opaque_bytes(1.5)
#include <stdlib.h>
#include <string.h>
#include <stddef.h>
struct anon { int k; union { int i; char c[4]; }; struct { int z; unsigned f : 3; }; };
int anon_designated(int n) { struct anon a = {.k = 1, .i = n, .z = 4}; struct anon b = {1, {2}, {3, 5}}; if (a.k != 1 || a.z != 4 || b.z != 3 || b.i != 2 || b.f != 5) return 1 / 0; int t[256] = {0}; return t[(unsigned char)a.c[0]]; }
static struct anon ga = {.k = 1, .z = 7, .i = 2}; static int *gp = &ga.z;
int anon_global(int n) { struct anon *p = &ga; if (p->z != 7 || p->i != 2 || *gp != 7) return 1 / 0; return n; }
int anon_flat(int n) { struct anon a = {1, 2, 3, 4}; if (a.i != 2 || a.z != 3 || a.f != 4) return 1/0; return n; }
int ranges(int n) { switch (n) { case 1 ... 3: return 1; case -5 ... -4: return 3; default: break; } if ((n >= 1 && n <= 3) || n == -5) return 1 / 0; return 0; }
int same_names(int n) { int s = 0; { static int t[2] = {1, 1}; s += t[1]; } { static int t[9] = {2}; s += t[8]; } { static int t[3] = {3, 3, 4}; static int *p = t + 2; s += *p; } return s == 5 ? n : 1 / 0; }
int t[1] = {5};
int other_t(int n) { static int t[4] = {1, 2, 3, 4}; static int *p = &t[3]; return *p == 4 ? n : 1 / 0; }
static int sum_rows(int n, int m, int v[n][m]) { int s = 0; for (int i = 0; i < n; i++) for (int j = 0; j < m; j++) s += v[i][j]; return s; }
int rows(int n) { int v[2][2] = {{1, 2}, {3, 4}}; return sum_rows(2, 2, v) == 10 ? n : 1 / 0; }
#define UNTIL(c) for (; !(c);)
#define EACH(i, n) ; i < n; i++
int macro_for(int n) { int i = 0, t[4] = {0}; UNTIL(i == 4) { t[i] = 1; i++; } return t[3] == 1 ? n : 1 / 0; }
int macro_for2(int n) { int i = 0, t[4] = {0}; for (EACH(i, 4)) { t[i] = 1; ; } return t[3] / t[3]; }
int macro_for3(int n) { int i = 0, t[4] = {0}; for (;;) { if (i == 4) break; t[i++] = 1; } for (i = 0; i < 4;) { t[i] = 1; i++; } for (; i > 0; i--) t[i - 1] = 2; for (i = 0;; i++) { if (i > 3) break; t[i] = 1; } return t[0] / t[3]; }
int atom(int n) { _Atomic int x; x = 3; x += 2; x++; if (x != 6) return 1 / 0; memset((void *)&x, 0, sizeof x); return n; }
struct flexg { int n; int v[]; };
static struct flexg fg = {3, {1, 2, 3}};
int flexglobal(int n) { return fg.v[2] == 3 ? n : 1 / 0; }
static double fd = 3; static float ff = 0.5; static int fi = 2.7; static unsigned char uc = 300 & 255; static _Bool gb = 5; static double big = 18446744073709551615UL; static char ch = '\xff'; static long neg = -1; static unsigned long un = -1;
int consts(int n) { if (fd != 3.0 || ff * 2 != 1 || fi != 2 || uc != 44 || gb != 1 || big < 1e19 || ch != -1 || neg != -1 || un != ~0ul) return 1 / 0; return n; }
static int (*const fns[])(int) = {[1] = abs};
int fnull(int n) { return fns[0] ? 1 / 0 : n; }
static const char *msgs[][2] = {{"a", "bb"}, {"ccc", NULL}};
int msg(int n) { return strlen(msgs[1][0]) == 3 && !msgs[1][1] && msgs[0][1][1] == 'b' ? n : 1 / 0; }
struct packed { char c; int x; short s; } __attribute__((packed));
int pk(int n) { struct packed p = {1, n, 3}; if (sizeof p != 7 || p.x != n || p.s != 3) return 1 / 0; return 0; }
struct pbf { unsigned a : 7; unsigned b : 12; unsigned c : 13; } __attribute__((packed));
int pb(int n) { struct pbf p = {127, 0, 0}; p.b = n; p.c = 8191; if (p.a != 127 || p.c != 8191 || p.b != (n & 4095)) return 1 / 0; return 0; }
enum e { E0, E1 }; struct ebf { enum e a : 2; int : 0; signed char s : 4; long long l : 33; };
int eb(int n) { struct ebf p = {E1, -3, -5}; p.a = 3; p.l = n; if (p.a != 3 || p.s != -3 || p.l != n) return 1 / 0; return 0; }
struct in { int a[2]; struct { int x; } s; }; 
int inits(int n) { struct in v[2] = {[1].a[1] = 5, [0] = {{1, 2}, {3}}, [1].s.x = 9}; struct in w = {.a = {1}, .a[1] = 7}; return v[1].a[1] == 5 && v[0].s.x == 3 && v[1].s.x == 9 && v[1].a[0] == 0 && w.a[0] == 1 && w.a[1] == 7 ? n : 1 / 0; }
struct elems { int x; char name[4]; };
int inits2(int n) { struct elems v[] = {1, "abc", 2, "d"}; struct elems w[] = {{1, "abc"}, {2, {'d'}}}; return sizeof v == 16 && v[1].x == 2 && v[0].name[2] == 'c' && v[1].name[1] == 0 && w[1].name[0] == 'd' ? n : 1 / 0; }
int arrinit(int n) { int a[] = {[5] = 1, 2, [0] = 3}; int b[2][3] = {1, 2, 3, 4}; return sizeof a == 28 && a[6] == 2 && a[0] == 3 && b[1][0] == 4 && b[1][1] == 0 ? n : 1 / 0; }
static int side(int *p) { return (*p)++; }
int order(int n) { int i = 0; int a = side(&i) ? 5 : side(&i); return a == 1 && i == 2 ? n : 1 / 0; }
int nestedtern(int n) { int a = n > 0 ? 1 : n < 0 ? -1 : 0; int t[3] = {0}; return t[a + 1]; }
int postinc(int n) { int t[3] = {1, 2, 3}; int *p = t; int a = *p++; int b = *++p; int c = (*p)--; return a == 1 && b == 3 && c == 3 && t[2] == 2 ? n : 1 / 0; }
int swapx(int n) { int x = n, y = 1; int z = x; x = y; y = z; return x == 1 && y == n ? 0 : 1 / 0; }
int strs(const char *s) { char b[4] = ""; strncat(b, s, 3); return b[strlen(b)] + (b[3] ? 1 / 0 : 0); }
int sizeofstr(int n) { char b[] = "ab\0cd"; return sizeof b == 6 && b[4] == 'd' && "x\x41y"[1] == 'A' && "\101\"\\"[2] == '\\' && "\u00e9"[0] == (char)0xc3 ? n : 1 / 0; }
int minusone(unsigned n) { unsigned char b[4] = {0}; for (unsigned i = 4; i-- > 0;) b[i] = 1; return b[0] + n * 0; }
int shadowing(int n) { int x = 1; { int x = 2; x++; } for (int x = 0; x < 2; x++) ; int *p = &x; return *p == 1 ? n : 1 / 0; }
int ext(int n) { extern int t[1]; return t[0] == 5 ? n : 1 / 0; }
struct bits { unsigned a : 4; unsigned b : 4; int c : 3; unsigned d : 21; };
int bits_wrap(unsigned n) { struct bits s = {0}; int t[16] = {0}; s.a = n; s.a++; int v = ++s.a; int w = s.a += 7; return t[v] + t[w] + t[s.a]; }
int bits_step(int n) { struct bits s = {15, 0, 3, 0}; int v = ++s.a; int w = ++s.c; int u = --s.b; return v == 0 && w == -4 && u == 15 ? n : 1 / 0; }
int opaque_bytes(double d) { _Complex double z; memset(&z, 0, sizeof z); return ((char *)&z)[15]; }
