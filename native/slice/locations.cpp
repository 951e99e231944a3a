#include "slice/locations.h"

namespace gnomon::slice {

namespace {

constexpr std::size_t most_known = 64;                          // places of one object
constexpr std::int64_t largest_offset = std::int64_t{1} << 31;  // bytes

}  // namespace

ObjectIndex Locations::add(AbstractObject object) {
    const auto index = static_cast<ObjectIndex>(objects_.size());
    objects_.push_back(object);
    anywhere_.push_back(static_cast<LocationIndex>(locations_.size()));
    locations_.push_back({index, Location::anywhere});
    known_.emplace_back();
    return index;
}

LocationIndex Locations::at(ObjectIndex object, std::int64_t offset) {
    if (object == anything || offset < 0 || offset > largest_offset) return anywhere(object);
    std::map<std::int64_t, LocationIndex>& known = known_[object];
    if (const auto found = known.find(offset); found != known.end()) return found->second;
    if (known.size() >= most_known) return anywhere(object);
    const auto index = static_cast<LocationIndex>(locations_.size());
    locations_.push_back({object, offset});
    known.emplace(offset, index);
    return index;
}

LocationIndex Locations::moved(LocationIndex from, std::int64_t by) {
    const Location location = locations_[from];
    return location.is_known() ? at(location.object, location.offset + by) : from;
}

}  // namespace gnomon::slice
