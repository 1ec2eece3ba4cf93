// Pieces of `pack` that its files share. Private to app/commands.
#pragma once

#include "app/commands/hotspots.hpp"
#include "app/commands/pack.hpp"
#include "app/commands/status.hpp"
#include "app/commands/targets.hpp"
#include "app/commands/transitions.hpp"

namespace diaban::app {

// What the verbs answered; nothing of a page that is left out.
struct PackAnswers {
    std::optional<StatusReport> statuses;
    std::vector<data::Domain> domains; // that have statuses in the period
    StatusVoice voice = StatusVoice::Counts;
    std::optional<TransitionsReport> moves;
    std::optional<TargetsReport> targets;
    std::optional<HotspotsReport> hotspots;
    std::optional<NearReport> near;
    std::string indicator; // of the highest values; empty: there is none
};

std::string pack_text(const PackCell& cell, const Language& language);
std::vector<std::vector<std::string>> pack_rows(const std::vector<std::vector<PackCell>>& rows,
                                                const Language& language);
std::string pack_note(const PackTable& table); // all that stands below it
PackCell pack_words(std::string text);
PackCell pack_number(std::size_t count, std::string key = {});
// "Healthy communes, 2015"; of data without a period the words alone.
std::string pack_dated(const std::string& words, data::Period period);
// "drug/2015/hot".
std::string status_key(data::Domain domain, data::Period period, data::Status status);

// Fills pack.pages and pack.masked, which begin with `cells`. Throws Error Usage
// "error.pack.nothing".
void add_pack_pages(Pack& pack, const PackAnswers& answers, const std::vector<MaskedCell>& cells,
                    const Language& language, base::JobContext& ctx);
// Where everything came from and how it was reckoned; what the data lack.
PackTable method_table(const Pack& pack, const PackAnswers& answers, const Language& language);
PackTable quality_table(const Pack& pack, const PackAnswers& answers, const Language& language);

// The pages as they are drawn on sheets of this size, long tables on several. `head`: with title
// and number of the page, which a slide has of its own. Throws Error Usage "error.page.too_small".
std::vector<PackPage> on_sheets(const Pack& pack, const map::PageSize& size,
                                const Language& language, base::JobContext& ctx);
map::Page drawn_page(const PackPage& page, const map::PageSize& size, bool head,
                     const Language& language);
// The PDF as a file's bytes, with bookmarks. Throws as on_sheets().
std::string pack_book(const std::vector<PackPage>& pages, const map::PageSize& size,
                      const Language& language, base::JobContext& ctx);
// The deck as a file's bytes: pictures of maps, real tables, notes.
std::string pack_deck(const std::vector<PackPage>& pages, const Language& language,
                      base::JobContext& ctx);

} // namespace diaban::app
