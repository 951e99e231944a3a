/* At most one allocation of a run fails, where one may: of the C library's or of the interpreter's. */
#pragma once

int gnomon_let_allocation_fail(int let); /* one of those that come; what was let before */
int gnomon_may_allocation_fail(void);
