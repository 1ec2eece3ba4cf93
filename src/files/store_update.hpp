// Changing a store: one transaction that other programs see whole or not at all.
//
// Guarantees: a kill at any moment leaves the store as it was before or as it is after; a store of
// an older schema is copied beside itself ("<name>.v1.sqlite") before it is brought up to date;
// readers go on reading until the commit, and wait no longer than the commit takes.
#pragma once

#include "files/sqlite.hpp"

#include <functional>

namespace diaban::files {

// A store to be read. An import that was killed while it committed leaves its journal behind; then
// the store is first brought back to what it was before, as any program that opens it for writing
// would. Throws Error Input, Database; does not look at the schema version.
Database open_store(const std::filesystem::path& file, base::JobContext* ctx = nullptr);

struct StoreUpdate {
    std::filesystem::path backup; // of the store before its schema was raised; empty if it was not
};

// How much is about to be written: a large change is made in a copy that then takes the store's
// place, because readers would wait too long for a large commit.
enum class ChangeSize { Small, Large };

// `change` writes within the transaction and returns whether anything is to be kept: if not, the
// file stays untouched. Throws Error Input, Database ("error.store.not_a_store",
// "error.store.newer", locked), Write (read-only, full disk), and what `change` throws.
StoreUpdate update_store(const std::filesystem::path& file, ChangeSize size,
                         const std::function<bool(const Database&)>& change, base::JobContext& ctx);

// A small change that says how many rows it touched; none leaves the file as it was.
std::size_t update_rows(const std::filesystem::path& file, base::JobContext& ctx,
                        const std::function<std::size_t(const Database&)>& change);

} // namespace diaban::files
