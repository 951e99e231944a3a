#include "explore/memory.h"

#include <algorithm>

namespace gnomon::explore {

namespace {

template <class T>
T& unshared(std::shared_ptr<T>& pointer) {
    if (pointer.use_count() > 1) pointer = std::make_shared<T>(*pointer);
    return *pointer;
}

}  // namespace

ObjectId object_of(ir::GlobalId global) {
    return static_cast<ObjectId>(static_cast<std::uint32_t>(ObjectId::first_global) +
                                 static_cast<std::uint32_t>(global));
}

ObjectId object_of(ir::FunctionId function) {
    return static_cast<ObjectId>(static_cast<std::uint32_t>(ObjectId::first_function) +
                                 static_cast<std::uint32_t>(function));
}

bool Memory::contains(ObjectId id) const { return id < ObjectId::first_global || fixed_.contains(id); }

const Object& Memory::at(ObjectId id) const {
    if (id < ObjectId::first_global) return *made_[static_cast<std::size_t>(id) - 1];
    return *fixed_.find(id)->second;
}

Object& Memory::writable(ObjectId id) {
    if (id < ObjectId::first_global) return unshared(made_[static_cast<std::size_t>(id) - 1]);
    return unshared(fixed_.find(id)->second);
}

ObjectId Memory::create(Object object) {
    made_.push_back(std::make_shared<Object>(std::move(object)));
    return static_cast<ObjectId>(made_.size());
}

void Memory::define(ObjectId id, Object object) { fixed_[id] = std::make_shared<Object>(std::move(object)); }

void Memory::redirect(ObjectId from, ObjectId to) {
    const auto holds = [from](const auto& page) {
        return std::ranges::any_of(*page.second, [from](const Cell& cell) { return cell.object == from; });
    };
    const auto visit = [&](std::shared_ptr<Object>& object) {
        if (std::ranges::none_of(object->pages, holds)) return;
        for (auto& page : unshared(object).pages) {
            if (!holds(page)) continue;
            for (Cell& cell : unshared(page.second))
                if (cell.object == from) cell.object = to;
        }
    };
    for (std::shared_ptr<Object>& object : made_) visit(object);
    for (auto& [id, object] : fixed_) visit(object);
}

std::vector<ObjectId> Memory::escaped() const {
    std::vector<ObjectId> found;
    for (std::size_t i = 0; i < made_.size(); ++i)
        if (made_[i]->is_escaped) found.push_back(static_cast<ObjectId>(i + 1));
    for (const auto& [id, object] : fixed_)
        if (object->is_escaped) found.push_back(id);
    return found;
}

std::vector<ObjectId> Memory::globals() const {
    std::vector<ObjectId> found;
    for (const auto& [id, object] : fixed_) found.push_back(id);
    return found;
}

std::vector<ObjectId> Memory::changed_since(const Memory& before) const {
    std::vector<ObjectId> changed;
    for (std::size_t i = 0; i < before.made_.size(); ++i)
        if (made_[i] != before.made_[i]) changed.push_back(static_cast<ObjectId>(i + 1));
    for (const auto& [id, object] : fixed_) {
        const auto known = before.fixed_.find(id);
        if (known == before.fixed_.end() || known->second != object) changed.push_back(id);
    }
    return changed;
}

const Cell* Memory::find(const Object& object, std::uint64_t index) {
    const auto page = object.pages.find(index / page_size);
    if (page == object.pages.end()) return nullptr;
    const Cell& cell = (*page->second)[index % page_size];
    return cell.value == nullptr ? nullptr : &cell;
}

void Memory::write(Object& object, std::uint64_t index, Cell cell) {
    std::shared_ptr<Page>& page = object.pages[index / page_size];
    if (page == nullptr) page = std::make_shared<Page>();
    cell.age = static_cast<std::uint32_t>(object.symbolic_writes.size());
    unshared(page)[index % page_size] = cell;
}

}  // namespace gnomon::explore
