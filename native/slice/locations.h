// Where pointers may point: abstract objects, and places inside them.
//
// An object stands for all that an instruction creates, for a local, a global or a function. Object 0 stands for
// anything: what the parameters of an entry may point to.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "slice/call_graph.h"

namespace gnomon::slice {

using ObjectIndex = std::uint32_t;
using LocationIndex = std::uint32_t;

struct AbstractObject {
    enum class Kind : std::uint8_t { anything, made, local, global, function };
    Kind kind = Kind::anything;
    Node site;             // made: by which instruction; local: `index` is the local
    std::uint32_t id = 0;  // of the global or the function
};

struct Location {
    static constexpr std::int64_t anywhere = -1;
    ObjectIndex object = 0;
    std::int64_t offset = anywhere;  // bytes from the object's begin
    bool is_known() const { return offset != anywhere; }
};

// Bytes of an object. `all_bytes` where a place or a size is not known.
struct Range {
    std::int64_t begin = 0, end = 0;
    bool contains(Range other) const { return begin <= other.begin && other.end <= end; }
    bool overlaps(Range other) const { return begin < other.end && other.begin < end; }
};
inline constexpr Range all_bytes{0, std::numeric_limits<std::int64_t>::max()};

class Locations {
  public:
    static constexpr ObjectIndex anything = 0;

    Locations() { add({}); }
    ObjectIndex add(AbstractObject object);
    const std::vector<AbstractObject>& objects() const { return objects_; }

    const Location& operator[](LocationIndex index) const { return locations_[index]; }
    LocationIndex anywhere(ObjectIndex object) const { return anywhere_[object]; }
    // An object has a bounded number of known places; those that come later are anywhere.
    LocationIndex at(ObjectIndex object, std::int64_t offset);
    LocationIndex moved(LocationIndex from, std::int64_t by);

  private:
    std::vector<AbstractObject> objects_;
    std::vector<Location> locations_;
    std::vector<LocationIndex> anywhere_;  // by object
    std::vector<std::map<std::int64_t, LocationIndex>> known_;
};

}  // namespace gnomon::slice
