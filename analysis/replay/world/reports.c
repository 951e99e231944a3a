/* What no sanitizer sees, and the driver does: said as they say it, with the calls that led there. */
void __sanitizer_print_stack_trace(void) __attribute__((weak));

static void replay_tell(const char* code, const char* what) {
    const char* parts[] = {"ERROR: gnomon: ", code, ": ", what, "\n"};
    for (int i = 0; i < 5; ++i) fputs(parts[i], stderr);
}

static void replay_report(const char* code, const char* what) {
    replay_tell(code, what);
    if (__sanitizer_print_stack_trace) __sanitizer_print_stack_trace();
    fputs("\n", stderr);
}
