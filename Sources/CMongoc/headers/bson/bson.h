// libmongoc's headers say <bson/bson.h>; this finds it without a search path of its own.
#include <libbson-1.0/bson/bson.h>
