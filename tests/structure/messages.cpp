// Every message id used in the sources has a text in both catalogues, and no text is unused.
#include "structure/tree.hpp"
#include "support/catalogue.hpp"

#include <catch2/catch.hpp>
#include <regex>
#include <set>

using namespace diaban::test;

namespace {

std::set<std::string> placeholders(const std::string& text) {
    static const std::regex name(R"re(\{([a-z_0-9]+)\})re");
    std::set<std::string> out;
    for (std::sregex_iterator it(text.begin(), text.end(), name), end; it != end; ++it)
        out.insert((*it)[1]);
    return out;
}

// All string literals of the sources, without comments, with the file of the first use. Names by
// which window tests and Dear ImGui find a widget (.name = "ui.x", record(ui, "x.y")) look like ids
// but are none.
const std::map<std::string, std::string>& literals() {
    static const auto found = [] {
        std::map<std::string, std::string> out;
        static const std::regex literal(R"re("((?:[^"\\\n]|\\.)*)")re");
        static const std::regex widget_name(
            R"re(\.name\s*=\s*"[^"\n]*"|\b(?:BeginChild|begin_part|BeginTable|state|record|part)\((?:ui, )?"[^"\n]*")re");
        for (const auto& file : sources()) {
            const auto code = std::regex_replace(without_comments(file.text), widget_name, "");
            for (std::sregex_iterator it(code.begin(), code.end(), literal), end; it != end; ++it)
                out.emplace((*it)[1], file.path);
        }
        return out;
    }();
    return found;
}

// Kinds of findings: "overlap" in Finding{Severity::Warning, "overlap", ...}, whose text is
// "finding.overlap".
std::map<std::string, std::string> finding_kinds() {
    static const std::regex made(R"re(Severity::\w+\s*,\s*(?:\.key\s*=\s*)?"([a-z0-9_.]+)")re");
    std::map<std::string, std::string> out;
    for (const auto& file : sources()) {
        const auto code = without_comments(file.text);
        for (std::sregex_iterator it(code.begin(), code.end(), made), end; it != end; ++it)
            out.emplace((*it)[1], file.path);
    }
    return out;
}

std::set<std::string> families(const Catalogue& catalogue) {
    std::set<std::string> out{"error", "finding", "stage", "ui", "cli"};
    for (const auto& [id, text] : catalogue.text) out.insert(id.substr(0, id.find('.')));
    return out;
}

bool looks_like_id(const std::string& literal, const std::set<std::string>& families) {
    static const std::regex form(R"re([a-z][a-z0-9_]*(\.[a-z0-9_]+)+)re");
    return std::regex_match(literal, form) &&
           families.contains(literal.substr(0, literal.find('.')));
}

// "ui.method." and "ui.method.{}": the rest of the id is made when the program runs.
bool is_prefix(const std::string& literal, const std::set<std::string>& families,
               std::string& prefix) {
    static const std::regex form(R"re(([a-z][a-z0-9_]*\.(?:[a-z0-9_]+\.)*)(\{\}.*)?)re");
    std::smatch match;
    if (!std::regex_match(literal, match, form)) return false;
    prefix = match[1];
    return families.contains(prefix.substr(0, prefix.find('.')));
}

// One failure that names all culprits reads better than fifty.
void check_none(const std::vector<std::string>& culprits) {
    std::string list;
    for (const auto& culprit : culprits) list += "\n  " + culprit;
    INFO(culprits.size() << ":" << list);
    CHECK(culprits.empty());
}

} // namespace

TEST_CASE("every job of the window has a name") {
    static const std::regex started(R"re(\.run\(\s*\{\s*(?:\.key\s*=\s*)?"([a-z_]+)")re");
    const auto texts = read_catalogue(DIABAN_TREE, "vi").text;
    std::vector<std::string> nameless;
    std::size_t jobs = 0;
    for (const auto& file : sources()) {
        const auto code = without_comments(file.text);
        for (std::sregex_iterator it(code.begin(), code.end(), started), end; it != end;
             ++it, ++jobs)
            if (!texts.contains("job." + (*it)[1].str()))
                nameless.push_back((*it)[1].str() + " in " + file.path);
    }
    CHECK(jobs > 30);
    check_none(nameless);
}

TEST_CASE("both catalogues have the same messages") {
    const auto vi = read_catalogue(DIABAN_TREE, "vi");
    const auto en = read_catalogue(DIABAN_TREE, "en");
    REQUIRE(vi.text.size() > 3);
    check_none(vi.twice);
    check_none(en.twice);
    std::vector<std::string> lonely;
    for (const auto& [id, text] : vi.text)
        if (!en.text.contains(id)) lonely.push_back(id + " is only in vi.po");
    for (const auto& [id, text] : en.text)
        if (!vi.text.contains(id)) lonely.push_back(id + " is only in en.po");
    check_none(lonely);
}

TEST_CASE("both languages use the same values") {
    const auto vi = read_catalogue(DIABAN_TREE, "vi");
    const auto en = read_catalogue(DIABAN_TREE, "en");
    for (const auto& [id, text] : vi.text) {
        if (!en.text.contains(id)) continue;
        INFO(id);
        CHECK(placeholders(text) == placeholders(en.text.at(id)));
    }
}

TEST_CASE("what the window says in its own words stands for a text, and names no flags") {
    for (const char* code : {"vi", "en"}) {
        const auto texts = read_catalogue(DIABAN_TREE, code).text;
        std::size_t own = 0;
        for (const auto& [id, text] : texts) {
            const std::string prefix = "in_window.";
            if (!id.starts_with(prefix)) continue;
            INFO(code << ".po: " << id << ": " << text);
            ++own;
            const auto usual = texts.find(id.substr(prefix.size()));
            REQUIRE(usual != texts.end());
            CHECK(text.find("--") == std::string::npos);
            // It can say no value that the usual text is not given.
            for (const auto& value : placeholders(text))
                CHECK(placeholders(usual->second).contains(value));
            CHECK((text.ends_with('.') || text.ends_with('?')));
        }
        CHECK(own > 0);
    }
}

TEST_CASE("messages are calm sentences") {
    for (const char* code : {"vi", "en"})
        for (const auto& [id, text] : read_catalogue(DIABAN_TREE, code).text) {
            INFO(code << ".po: " << id << ": " << text);
            CHECK_FALSE(text.empty());
            CHECK(text.find('!') == std::string::npos);
            if (!text.empty()) CHECK((text.front() != ' ' && text.back() != ' '));
            // What went wrong is said in whole sentences.
            if (!id.starts_with("error.")) continue;
            CHECK(text.find("  ") == std::string::npos);
            CHECK((text.ends_with('.') || text.ends_with('?')));
        }
}

TEST_CASE("the status of a commune has one name in Vietnamese, phân loại") {
    for (const auto& [id, text] : read_catalogue(DIABAN_TREE, "vi").text) {
        if (id == "column.cell_state") continue; // of a cell: reported, missing
        INFO(id << ": " << text);
        for (const char* other : {"rạng thái", "ình trạng"})
            CHECK(text.find(other) == std::string::npos);
    }
}

TEST_CASE("every message that the program uses has a text") {
    const auto vi = read_catalogue(DIABAN_TREE, "vi");
    const auto known = families(vi);
    std::vector<std::string> missing;
    for (const auto& [literal, file] : literals())
        if (looks_like_id(literal, known) && !vi.text.contains(literal))
            missing.push_back(literal + " (" + file + ")");
    for (const auto& [kind, file] : finding_kinds())
        if (!vi.text.contains("finding." + kind))
            missing.push_back("finding." + kind + " (" + file + ")");
    check_none(missing);
}

TEST_CASE("every text is used") {
    const auto vi = read_catalogue(DIABAN_TREE, "vi");
    const auto known = families(vi);
    std::set<std::string> prefixes;
    for (const auto& [literal, file] : literals())
        if (std::string prefix; is_prefix(literal, known, prefix)) prefixes.insert(prefix);
    prefixes.erase("finding."); // made by the language for every kind; those are looked for below
    std::vector<std::string> unused;
    for (const auto& [id, text] : vi.text) {
        bool used = literals().contains(id);
        for (const auto& prefix : prefixes) used = used || id.starts_with(prefix);
        if (id.starts_with("finding.")) used = used || literals().contains(id.substr(8));
        if (!used) unused.push_back(id);
    }
    check_none(unused);
}
