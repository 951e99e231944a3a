/* What no sanitizer sees, and the driver does: said as they say it, with the calls that led there. */
void __sanitizer_print_stack_trace(void) __attribute__((weak));

static void replay_report(const char* code, const char* what) {
    fprintf(stderr, "==%d==ERROR: gnomon: %s: %s\n", (int)getpid(), code, what);
    if (__sanitizer_print_stack_trace) __sanitizer_print_stack_trace();
    fprintf(stderr, "\n");
}
