#include <stddef.h>
#include <stdint.h>
#define LIMIT 6
#define MASK (1u << 4)
#define LABEL "lib"
#define WIDTH sizeof(int)
enum color { RED, GREEN = 5, BLUE };
typedef enum { SMALL = 1, LARGE = 2 } extent;
struct sample { int value; uint32_t tick; };
struct spread { char kind; double weight; };
typedef struct { short kind; double weight; } item;
struct more { int first; int second; int third; };
typedef struct queue queue;
int level(struct sample *s, int by);
size_t length(const char *text);
void nothing(void);
queue *make(int size);
int twice(int value);
int cut(short value);
void each(int (*f)(int, void *), void *context);
int fill(int *numbers, size_t count);
typedef short number;
typedef struct { number first; short second; } unsure;
typedef unsigned long window;
void show(window w);
