void b(int data);
void a(int data) { b(data + 1); }
