/* <wctype.h> in the C locale: nothing but ASCII has a class. */
#include <ctype.h>
#include <wctype.h>

#define ASCII 128

int iswalnum(wint_t letter) { return letter < ASCII && isalnum((int)letter); }
int iswalpha(wint_t letter) { return letter < ASCII && isalpha((int)letter); }
int iswblank(wint_t letter) { return letter < ASCII && isblank((int)letter); }
int iswcntrl(wint_t letter) { return letter < ASCII && iscntrl((int)letter); }
int iswdigit(wint_t letter) { return letter < ASCII && isdigit((int)letter); }
int iswgraph(wint_t letter) { return letter < ASCII && isgraph((int)letter); }
int iswlower(wint_t letter) { return letter < ASCII && islower((int)letter); }
int iswprint(wint_t letter) { return letter < ASCII && isprint((int)letter); }
int iswpunct(wint_t letter) { return letter < ASCII && ispunct((int)letter); }
int iswspace(wint_t letter) { return letter < ASCII && isspace((int)letter); }
int iswupper(wint_t letter) { return letter < ASCII && isupper((int)letter); }
int iswxdigit(wint_t letter) { return letter < ASCII && isxdigit((int)letter); }

wint_t towlower(wint_t letter) { return letter < ASCII ? (wint_t)tolower((int)letter) : letter; }
wint_t towupper(wint_t letter) { return letter < ASCII ? (wint_t)toupper((int)letter) : letter; }
