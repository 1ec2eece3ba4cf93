// What the files that make the pages of a pack share. Private to app/commands.
#pragma once

#include "app/commands/map_preview.hpp"
#include "app/commands/pack_parts.hpp"
#include "app/mask.hpp"

namespace diaban::app {

// Everything that the pages are made of.
struct PackMaking {
    Pack& pack;
    const PackAnswers& answers;
    const Language& language;
    base::JobContext& ctx;
    LineLayers lines;
    Masked masked; // of the dataset; the dataset itself if the pack is internal

    const Dataset& dataset() const { return *pack.dataset; }
    const PackRequest& request() const { return pack.request; }
    std::string text(std::string_view id, const base::Args& args = {}) const {
        return language.text(id, args);
    }
    std::string years() const {
        return data::to_string(request().before) + " – " + data::to_string(request().period);
    }
};

std::string pack_status(data::Status status, const Language& language);
std::string pack_domain(data::Domain domain, const Language& language); // in the midst of a text
const std::vector<data::Status>& pack_statuses(const StatusReport& r, data::Domain domain);
// Healthy in all domains that the pack is about: "both/2015/healthy".
std::string pack_healthy_key(const std::vector<data::Domain>& domains, data::Period period);

// How many units made a move, whatever the map shows of them: "moves/2010/2015/lost".
std::string pack_move_key(data::Period before, data::Period period, data::Move move);

MapRequest pack_page_request(const PackMaking& in, const std::string& title,
                             const std::string& subtitle);
std::string pack_subtitle(const PackMaking& in, const std::string& period);
PackPage pack_map_page(const PackMaking& in, std::string id, const MapRequest& request,
                       const StyledMap& styled, const Dataset& dataset, const LineLayers& lines);
// A page of words, with the same source lines as the maps. All units are counted, none is drawn.
PackPage pack_word_page(const PackMaking& in, std::string id, PackPage::Kind kind,
                        std::string title, std::string subtitle);

// Each adds its pages to the pack.
void add_pack_status_map(const PackMaking& in, data::Domain domain);
void add_pack_change_map(const PackMaking& in, const StatusReport& r);
void add_pack_matrix(const PackMaking& in, data::Domain domain, const data::StatusMatrix& matrix);
void add_pack_targets(const PackMaking& in);

} // namespace diaban::app
