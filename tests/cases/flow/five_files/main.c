/* A value goes through five files. */
void a(int data);

int main(void) {
    a(20);
    return 0;
}
