/* Memory of the stack that alloca gave. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *word(void) {
    char *w = malloc(8);
    if (w) strcpy(w, "word");
    return w;
}

int main(void) {
    char *w = word();
    if (!w) return 1;
    char *end = w + strlen(w);
    free(w);
    end[-1] = '\0'; //~ error[lifetime.use-after-free]
    return end != NULL;
}
