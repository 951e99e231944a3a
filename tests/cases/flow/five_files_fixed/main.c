/* A value goes through five files. */
void a(int data);

int main(void) {
    a(2);
    return 0;
}
