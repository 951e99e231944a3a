/* What functions expect of the long doubles that they are given. */

int rounded(long double x) { return (int)x; }  //~ latent[arith.conversion]: passes x =

int halved(long double x) { return x > 0 && x < 100 ? (int)(x / 2) : 0; }

/* No double is greater than the lower bound and less than 256. */
unsigned char between(long double x) {
    if (!(x > 255.99999999999999L && x < 256.00000000000001L)) return 0;
    return (unsigned char)x;  //~ latent[arith.conversion]: passes x = 256
}

unsigned char below(long double x) {
    if (!(x > 255.99999999999999L && x < 256)) return 0;
    return (unsigned char)x;
}

int main(void) { return halved(3) + below(1) - 1; }
