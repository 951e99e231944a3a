/* An index that is computed as a long double, and rounded up. */
//~ run: level(100)

static const int levels[100] = {1, 2, 4, 8};

int level(int percent) {
    if (percent < 0 || percent > 100) return 0;
    return levels[(int)(percent + 0.5L)];  //~ error[bounds.read]
}
