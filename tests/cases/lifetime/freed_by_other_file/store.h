int *store_new(int value);
void store_drop(int *v);
