extern int *data;
void choose(int kind);
void sink(void);
