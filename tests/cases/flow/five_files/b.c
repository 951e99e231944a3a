void c(int data);
void b(int data) { c(data + 1); }
