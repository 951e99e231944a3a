/* <pthread.h>: a thread runs at once and to its end, as one that is scheduled so does. What waits for another is not
   followed. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>

#include "gnomon.h"

static unsigned long last_thread;

int pthread_create(pthread_t* restrict thread, const pthread_attr_t* restrict attributes, void* (*run)(void*),
                   void* restrict argument) {
    (void)attributes;
    unsigned long number = ++last_thread;
    *thread = number;
    run(argument);
    return 0;
}

/* What the thread gave is gone: who asks for it is not followed. */
int pthread_join(pthread_t thread, void** result) {
    (void)thread;
    if (result) __gnomon_not_modelled("the result of a thread");
    return 0;
}

int pthread_detach(pthread_t thread) {
    (void)thread;
    return 0;
}

/* The first word of a mutex holds whether it is locked. */
static int* lock_of(pthread_mutex_t* mutex) { return &mutex->__data.__lock; }

int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes) {
    (void)attributes;
    __gnomon_fill(mutex, 0, sizeof *mutex);
    return 0;
}

int pthread_mutex_destroy(pthread_mutex_t* mutex) {
    __gnomon_touch(mutex, sizeof *mutex);
    return 0;
}

int pthread_mutex_lock(pthread_mutex_t* mutex) {
    if (*lock_of(mutex)) __gnomon_not_modelled("a thread that waits");
    *lock_of(mutex) = 1;
    return 0;
}

int pthread_mutex_trylock(pthread_mutex_t* mutex) {
    if (*lock_of(mutex)) return EBUSY;
    *lock_of(mutex) = 1;
    return 0;
}

int pthread_mutex_unlock(pthread_mutex_t* mutex) {
    *lock_of(mutex) = 0;
    return 0;
}

int pthread_cond_init(pthread_cond_t* restrict condition, const pthread_condattr_t* restrict attributes) {
    (void)attributes;
    __gnomon_fill(condition, 0, sizeof *condition);
    return 0;
}

int pthread_cond_destroy(pthread_cond_t* condition) {
    __gnomon_touch(condition, sizeof *condition);
    return 0;
}

int pthread_cond_signal(pthread_cond_t* condition) {
    __gnomon_touch(condition, sizeof *condition);
    return 0;
}

int pthread_cond_broadcast(pthread_cond_t* condition) { return pthread_cond_signal(condition); }

int pthread_cond_wait(pthread_cond_t* restrict condition, pthread_mutex_t* restrict mutex) {
    (void)condition, (void)mutex;
    __gnomon_not_modelled("a thread that waits");
    return 0;
}
