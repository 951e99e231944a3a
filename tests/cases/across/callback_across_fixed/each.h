void each(int n, void (*visit)(int));
