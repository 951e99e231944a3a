struct item {
    int key;
    int *value;
};
extern int tentative, defined_here, defined_there;
extern struct item items[];
extern int table[];
extern int common;
extern const char *const words[];
int from_other(int x);
int other_hidden(void);
int read_tentative(void);
int item_sum(void);
void bump(void);
const char *other_word(void);
int call_back(int x);
static inline int square(int x) { return x * x; }
