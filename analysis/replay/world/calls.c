/* Calls of a function that is not there: the sanitizers and memcheck pass over the frame that makes them. */
void __sanitizer_symbolize_pc(void* address, const char* format, char* text, size_t size) __attribute__((weak));

static void replay_crash(int number, siginfo_t* what, void* context) {
    (void)what;
    const mcontext_t* machine = &((const ucontext_t*)context)->uc_mcontext;
#if defined __x86_64__
    const char* at = (const char*)machine->gregs[16 /* rip */];
    const char* back = at ? NULL : *(char**)machine->gregs[15 /* rsp */];
#elif defined __aarch64__
    const char* at = (const char*)machine->pc;
    const char* back = at ? NULL : (const char*)machine->regs[30];
#else
    const char *at = NULL, *back = NULL;
#endif
    signal(number, SIG_DFL);
    if (!back || !__sanitizer_symbolize_pc) return; /* and it comes again */
    char place[1024] = "";
    __sanitizer_symbolize_pc((void*)(back - 1), "    #0 %p in %f %s:%l", place, sizeof place);
    replay_tell("null.deref", "a null pointer is called");
    fputs(place, stderr);
    fputs("\n\n", stderr);
}

static void replay_watch_calls(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = replay_crash;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &action, NULL);
}
