/* The maker of the object may return null; the user in the third file does not ask. */
#include "box.h"

//~ run: ./program x
int main(int argc, char **argv) {
    (void)argv;
    struct box *box = box_new(argc > 1 ? -1 : 3);
    return show(box);
}
