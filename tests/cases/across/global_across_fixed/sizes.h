extern int size;
void set_size(void);
int use_size(void);
