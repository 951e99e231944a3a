void d(const int *data);
void c(int data) { d(&data); }
