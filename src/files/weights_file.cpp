#include "files/weights_file.hpp"

#include "base/error.hpp"
#include "base/number.hpp"
#include "base/paths.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace diaban::files {
namespace {

using base::Error;
using base::ErrorKind;

bool has_weights(const std::filesystem::path& file) {
    return base::lower(file.extension().string()) == ".gwt";
}

std::string without_blanks(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c == ' ' || c == '\t') c = '_';
    return out.empty() ? "_" : out;
}

std::map<std::string, std::uint32_t, std::less<>> rows_by_id(const std::vector<std::string>& id) {
    std::map<std::string, std::uint32_t, std::less<>> rows;
    for (std::size_t i = 0; i < id.size(); ++i)
        if (!rows.emplace(without_blanks(id[i]), static_cast<std::uint32_t>(i)).second)
            throw Error(ErrorKind::Data, "error.weights.repeated_id", {{"id", id[i]}});
    return rows;
}

// Words with the line they stand on. Line ends mean nothing in a .gal beyond separating words.
class Words {
public:
    explicit Words(std::string_view text) : text_(text) {}
    std::optional<std::string_view> next() {
        while (at_ < text_.size() && blank(text_[at_])) line_ += text_[at_++] == '\n';
        if (at_ >= text_.size()) return std::nullopt;
        const auto begin = at_;
        while (at_ < text_.size() && !blank(text_[at_])) ++at_;
        return text_.substr(begin, at_ - begin);
    }
    std::string_view rest_of_line() {
        const auto end = std::min(text_.find('\n', at_), text_.size());
        const auto rest = text_.substr(at_, end - at_);
        at_ = end;
        return rest;
    }
    std::int64_t line() const { return line_; }

private:
    static bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
    std::string_view text_;
    std::size_t at_ = 0;
    std::int64_t line_ = 1;
};

class WeightsReader {
public:
    WeightsReader(const std::filesystem::path& file, const std::vector<std::string>& id)
        : file_(file), content_(base::read_file(file)), words_(content_), id_(id),
          rows_(rows_by_id(id)), links_(id.size()) {}

    FileWeights read() {
        header();
        out_.by_order = bare_ && numbered();
        if (has_weights(file_))
            triples();
        else
            lists();
        return rows();
    }

private:
    // "100" or "0 100 layer id_column", where the layer may hold blanks.
    void header() {
        const auto first = words_.next();
        std::size_t n = 0;
        const auto rest = words_.rest_of_line();
        Words more(rest);
        const auto second = more.next();
        // "0 281" has no layer and no column either.
        bare_ = !second || !more.next();
        n = count(second ? *second : first.value_or(""));
        if (n != id_.size())
            throw Error(ErrorKind::Input, "error.weights.count",
                        {{"file", file_.filename().string()},
                         {"count", static_cast<std::int64_t>(n)},
                         {"units", static_cast<std::int64_t>(id_.size())}});
    }

    // No id of the file is one of a unit for certain: are they the numbers of the units in order?
    bool numbered() {
        Words words = words_;
        bool known = true, from_zero = false;
        std::size_t most = 0;
        const auto look = [&](std::string_view id) {
            std::size_t number = 0;
            const auto [end, status] = std::from_chars(id.data(), id.data() + id.size(), number);
            const bool whole = status == std::errc{} && end == id.data() + id.size();
            known = known && rows_.find(id) != rows_.end();
            from_zero = from_zero || (whole && number == 0);
            most = std::max(most, whole ? number : id_.size() + 1);
        };
        while (const auto id = words.next()) {
            look(*id);
            const auto second = words.next().value_or("");
            if (has_weights(file_)) {
                look(second);
                words.next();
                continue;
            }
            std::size_t n = 0;
            std::from_chars(second.data(), second.data() + second.size(), n);
            for (std::size_t k = 0; k < n; ++k) look(words.next().value_or(""));
        }
        if (known || most >= id_.size() + (from_zero ? 0 : 1)) return false;
        first_ = from_zero ? 0 : 1;
        return true;
    }

    void lists() {
        std::size_t records = 0;
        std::vector<std::uint8_t> seen(id_.size());
        while (const auto id = words_.next()) {
            ++records;
            const auto from = row(*id);
            if (std::exchange(seen[from], std::uint8_t{1}))
                throw Error(ErrorKind::Input, "error.weights.unit_twice",
                            {{"file", file_.filename().string()},
                             {"id", std::string(*id)},
                             {"line", words_.line()}});
            const auto n = count(words_.next().value_or(""));
            for (std::size_t k = 0; k < n; ++k) {
                const auto to = words_.next();
                if (!to) bad("");
                // Files for Gi* name a unit among its neighbours; whether it counts, the method
                // says.
                if (const auto other = row(*to); other != from) links_[from].push_back({other, 1});
            }
        }
        if (records < id_.size())
            throw Error(ErrorKind::Input, "error.weights.cut_short",
                        {{"file", file_.filename().string()},
                         {"count", static_cast<std::int64_t>(records)},
                         {"units", static_cast<std::int64_t>(id_.size())}});
    }

    void triples() {
        while (const auto id = words_.next()) {
            const auto from = row(*id);
            const auto to = row(words_.next().value_or(""));
            const auto text = words_.next().value_or("");
            const auto weight = base::parse_number(text, {});
            if (!weight || *weight < 0) bad(text);
            if (to != from) {
                links_[from].push_back({to, *weight});
                continue;
            }
            out_.own.resize(id_.size(), std::numeric_limits<double>::quiet_NaN());
            out_.own[from] = *weight;
        }
    }

    FileWeights rows() {
        auto& csr = out_.links;
        const bool weighted = has_weights(file_);
        for (std::size_t from = 0; from < links_.size(); ++from) {
            auto& links = links_[from];
            std::sort(links.begin(), links.end());
            for (std::size_t k = 1; k < links.size(); ++k)
                if (links[k].first == links[k - 1].first) // it would count twice
                    throw Error(ErrorKind::Input, "error.weights.link_twice",
                                {{"file", file_.filename().string()},
                                 {"id", id_[from]},
                                 {"to", id_[links[k].first]}});
            for (const auto& [to, weight] : links) {
                csr.index.push_back(to);
                if (weighted) csr.weight.push_back(weight);
            }
            csr.offset.push_back(static_cast<std::uint32_t>(csr.index.size()));
        }
        return std::move(out_);
    }

    std::uint32_t row(std::string_view id) {
        if (out_.by_order && !id.empty()) return static_cast<std::uint32_t>(count(id) - first_);
        if (const auto found = rows_.find(id); found != rows_.end()) return found->second;
        if (id.empty()) bad(id);
        throw Error(ErrorKind::Input, "error.weights.unknown_id",
                    {{"file", file_.filename().string()},
                     {"id", std::string(id)},
                     {"line", words_.line()}});
    }

    std::size_t count(std::string_view text) {
        std::size_t n = 0;
        const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), n);
        if (status != std::errc{} || end != text.data() + text.size()) bad(text);
        return n;
    }

    [[noreturn]] void bad(std::string_view text) {
        throw Error(ErrorKind::Input, "error.weights.bad_line",
                    {{"file", file_.filename().string()},
                     {"line", words_.line()},
                     {"text", std::string(text.substr(0, 60))}});
    }

    const std::filesystem::path& file_;
    std::string content_;
    Words words_;
    const std::vector<std::string>& id_;
    std::map<std::string, std::uint32_t, std::less<>> rows_;
    std::vector<std::vector<std::pair<std::uint32_t, double>>> links_;
    bool bare_ = false;     // the first line says how many units there are, and nothing else
    std::size_t first_ = 0; // number of the first unit
    FileWeights out_;
};

} // namespace

void write_weights(const std::filesystem::path& file, const geo::Csr& links,
                   const std::vector<std::string>& id, const std::string& layer,
                   const std::string& id_column, const std::vector<double>& own) {
    rows_by_id(id); // refuses ids that could not be told apart
    std::vector<std::string> name;
    for (const auto& text : id) name.push_back(without_blanks(text));
    auto out =
        fmt::format("0 {} {} {}\n", id.size(), without_blanks(layer), without_blanks(id_column));
    for (std::size_t i = 0; i < links.rows(); ++i) {
        const auto row = links.row(i);
        if (has_weights(file)) {
            const auto weights = links.weights(i);
            for (std::size_t k = 0; k < row.size(); ++k)
                out += fmt::format("{} {} {}\n", name[i], name[row[k]],
                                   base::format_exact(weights.empty() ? 1 : weights[k]));
            if (!own.empty())
                out += fmt::format("{} {} {}\n", name[i], name[i], base::format_exact(own[i]));
            continue;
        }
        out += fmt::format("{} {}\n", name[i], row.size());
        for (std::size_t k = 0; k < row.size(); ++k) out += (k ? " " : "") + name[row[k]];
        out += '\n';
    }
    base::write_file(file, out);
}

FileWeights read_weights(const std::filesystem::path& file, const std::vector<std::string>& id) {
    return WeightsReader(file, id).read();
}

} // namespace diaban::files
