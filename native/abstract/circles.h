// Circles of calls.
#pragma once

#include <cstdint>
#include <vector>

namespace gnomon::abstract {

// Strongly connected components of a graph, given by the nodes that each node leads to: those that are led to come
// before those that lead there. A node that is in no circle is one by itself.
std::vector<std::vector<std::uint32_t>> circles(const std::vector<std::vector<std::uint32_t>>& next);

}  // namespace gnomon::abstract
