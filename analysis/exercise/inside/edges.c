/* Which edges of the extension ran: gcc calls this at each of them (-fsanitize-coverage=trace-pc). */
#include <string.h>

#define SIZE (1u << 18)

static unsigned char ran[SIZE], seen[SIZE];
unsigned long gnomon_base; /* places are counted from there, so that they are the same in each run */

void __sanitizer_cov_trace_pc(void)
{
    unsigned long place = (unsigned long)__builtin_return_address(0) - gnomon_base;
    ran[place & (SIZE - 1)] = 1;
}

void gnomon_forget(void)
{
    memset(ran, 0, SIZE);
}

void gnomon_know(unsigned place)
{
    seen[place] = 1;
}

/* Those that ran and were not known, which now they are; how many there are, at most `most`. */
unsigned gnomon_new(unsigned *places, unsigned most)
{
    unsigned count = 0;
    for (unsigned word = 0; word < SIZE; word += sizeof(unsigned long)) {
        unsigned long any;
        memcpy(&any, ran + word, sizeof any);
        for (unsigned i = word; any != 0 && i < word + sizeof any; i++) {
            if (ran[i] && !seen[i] && count < most) {
                seen[i] = 1;
                places[count++] = i;
            }
        }
    }
    return count;
}
