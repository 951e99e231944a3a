/* What callers settle is expected of nobody; of static functions all callers are known. */

static int kept(unsigned n) { return (int)(10 / n); }
int keeps(unsigned n) { return n ? kept(n) : 0; }

static int kept_above(unsigned n) { return (int)(10 / n); }
static int hands_on(unsigned n) { return kept_above(n); }
int keeps_above(unsigned n) { return hands_on(n | 1); }

static int left(unsigned n) { return (int)(10 / n); }  //~ latent[arith.div-zero]: passes n = 0
int keeps_left(unsigned n) { return n ? left(n) : 0; }
int does_not(unsigned m) { return left(m); }

static int broken(unsigned n) { return (int)(10 / n); }  //~ error[arith.div-zero]
int breaks(void) { return broken(0); }

int public(unsigned n) { return (int)(10 / n); }  //~ latent[arith.div-zero]: passes n = 0
int keeps_public(unsigned n) { return n ? public(n) : 0; }

static int named(unsigned n) { return (int)(10 / n); }  //~ latent[arith.div-zero]: passes n = 0
int keeps_named(unsigned n) { return n ? named(n) : 0; }
int (*handler)(unsigned) = named;

static int run(unsigned n) { return (int)(10 / n); }
//~ run: ./program
//~ run: ./program x
int main(int argc, char **argv) {
    (void)argv;
    return argc > 1 ? breaks() : run(5) - 2;
}
