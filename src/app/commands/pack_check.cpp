// Numbers that stand on several pages of a pack are held against each other.
#include "app/commands/json.hpp"
#include "app/commands/pack_parts.hpp"
#include "map/page.hpp"

#include <map>

namespace diaban::app {
namespace {

// What a page tells of something, as it stands there.
struct PackClaim {
    std::string key, label, said;
    std::optional<std::size_t> count;
};

PackClaim claim_of(std::string key, std::string label, std::size_t count) {
    return {std::move(key), std::move(label), std::to_string(count), count};
}

// Rows of a legend count what is drawn; a unit without a shape is in the numbers all the same.
void add_legend_claims(const PackPage& page, std::vector<PackClaim>& out) {
    const auto& scene = page.page.scene;
    const auto& style = scene.style;
    const auto faces = scene.vintage->coverage->faces();
    std::vector<std::size_t> counts;
    for (const auto& entry : style.entries) counts.push_back(entry.count);
    for (std::size_t i = 0; i < style.entry_of.size(); ++i)
        if (faces[i].ring_count == 0) ++counts[style.entry_of[i]];
    std::map<std::string, PackClaim> by_key;
    for (std::size_t e = 0; e < page.legend_keys.size(); ++e) {
        const auto& key = page.legend_keys[e];
        if (key.empty()) continue;
        const auto [at, fresh] =
            by_key.try_emplace(key, claim_of(key, style.entries[e].label, counts[e]));
        if (!fresh) *at->second.count += counts[e];
    }
    for (auto& [key, claim] : by_key) {
        claim.said = std::to_string(*claim.count);
        out.push_back(std::move(claim));
    }
    if (page.unit_key.empty()) return;
    for (std::size_t i = 0; i < style.entry_of.size(); ++i)
        out.push_back({page.unit_key + std::to_string(i), scene.vintage->units.name[i],
                       style.entries[style.entry_of[i]].label, std::nullopt});
}

// What a row is about: the first words in it.
std::string label_of(const std::vector<PackCell>& row) {
    for (const auto& cell : row)
        if (!cell.text.empty()) return cell.text;
    return {};
}

void add_table_claims(const PackPage& page, std::vector<PackClaim>& out) {
    for (const auto& row : page.table.rows)
        for (const auto& cell : row) {
            if (cell.key.empty()) continue;
            if (cell.count)
                out.push_back(claim_of(cell.key, label_of(row), *cell.count));
            else
                out.push_back({cell.key, label_of(row), cell.text, std::nullopt});
        }
}

std::vector<PackClaim> claims_of_page(const PackPage& page) {
    std::vector<PackClaim> out;
    if (page.kind == PackPage::Kind::Map) add_legend_claims(page, out);
    add_table_claims(page, out);
    for (const auto& figure : page.figures)
        if (!figure.key.empty()) out.push_back(claim_of(figure.key, figure.label, figure.count));
    return out;
}

[[noreturn]] void sum_fails(const PackPage& page, const PackCell& sum, std::size_t found) {
    throw base::Error(base::ErrorKind::Data, "error.pack.sum",
                      {{"page", page.page.text.title},
                       {"sum", as_count(sum.count.value_or(0))},
                       {"found", as_count(found)}});
}

void check_table_sums(const PackPage& page) {
    const auto& rows = page.table.rows;
    if (!page.table.sums || rows.empty()) return;
    const auto columns = rows.front().size();
    for (const auto& row : rows) {
        std::size_t found = 0;
        for (std::size_t c = 1; c + 1 < columns; ++c) found += row[c].count.value_or(0);
        if (row.back().count != found) sum_fails(page, row.back(), found);
    }
    for (std::size_t c = 1; c < columns; ++c) {
        std::size_t found = 0;
        for (std::size_t r = 0; r + 1 < rows.size(); ++r) found += rows[r][c].count.value_or(0);
        if (rows.back()[c].count != found) sum_fails(page, rows.back()[c], found);
    }
}

} // namespace

void check_pack(const Pack& pack, const Language& language) {
    struct First {
        PackClaim claim;
        const PackPage* page;
    };
    std::map<std::string, First> known;
    for (const auto& page : pack.pages) {
        map::check_page(page.page);
        check_table_sums(page);
        for (auto& claim : claims_of_page(page)) {
            const auto key = claim.key;
            const auto [at, fresh] = known.try_emplace(key, First{claim, &page});
            if (fresh || at->second.claim.said == claim.said) continue;
            const auto told = [&](const PackClaim& one) {
                return one.count ? language.count(*one.count) : one.said;
            };
            throw base::Error(base::ErrorKind::Data, "error.pack.disagrees",
                              {{"what", at->second.claim.label},
                               {"page", at->second.page->page.text.title},
                               {"number", told(at->second.claim)},
                               {"other_page", page.page.text.title},
                               {"other_number", told(claim)}});
        }
    }
}

std::vector<PackFigure> figures_of(const Pack& pack) {
    std::map<std::string, PackFigure> by_key;
    for (const auto& page : pack.pages)
        for (const auto& claim : claims_of_page(page))
            if (claim.count)
                by_key.try_emplace(claim.key, PackFigure{claim.key, claim.label, *claim.count});
    std::vector<PackFigure> out;
    for (auto& [key, figure] : by_key) out.push_back(std::move(figure));
    return out;
}

} // namespace diaban::app
