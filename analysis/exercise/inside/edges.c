/* Which edges of the extension ran: gcc calls this at each of them (-fsanitize-coverage=trace-pc). */
#define SIZE (1u << 18)
#define MOST 4096u

static unsigned char seen[SIZE];
static unsigned last[SIZE], now = 1;        /* in which call each ran last */
unsigned gnomon_places[MOST], gnomon_count; /* those that ran for the first time since they were last forgotten */
unsigned long gnomon_path;                  /* of all that ran since then, in any order */
unsigned long gnomon_base;                  /* places are counted from there, so that they are the same in each run */

void __sanitizer_cov_trace_pc(void)
{
    unsigned long place = ((unsigned long)__builtin_return_address(0) - gnomon_base) & (SIZE - 1);
    if (last[place] == now)
        return;
    last[place] = now;
    gnomon_path += (place + 1) * 0x9E3779B97F4A7C15ul;
    if (seen[place] || gnomon_count == MOST)
        return;
    seen[place] = 1;
    gnomon_places[gnomon_count++] = (unsigned)place;
}

/* They count as never run. */
void gnomon_forget(void)
{
    while (gnomon_count > 0)
        seen[gnomon_places[--gnomon_count]] = 0;
    gnomon_path = 0;
    now++;
}

void gnomon_know(unsigned place)
{
    seen[place] = 1;
}
