void bad(int data);
void good(int data);
void sink(int data);
