// Queries as text: the parser and the writer of the one grammar.
#include "data/query.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "data/transition.hpp"

#include <algorithm>
#include <cmath>

namespace diaban::data {
namespace {

constexpr std::array<std::string_view, kSubjects> kSubjectWords{
    "status", "value", "rate",     "rank",     "change", "move", "known",
    "result", "near",  "district", "province", "code",   "set",  "on"};
constexpr std::array<std::string_view, kComparisons> kComparisonSigns{"=",  "!=", "<",
                                                                      "<=", ">",  ">="};
// Parts within parts; more is no question. What is written may have superfluous parentheses.
constexpr std::size_t kDeepest = 100, kDeepestWritten = 2 * kDeepest;
constexpr const char* kNameSample = "DR01, \"...\"";
constexpr const char* kPeriodSample = "2015, 2015-H1";
constexpr const char* kDomainSample = "drug, prostitution";

enum class TokenKind { End, Word, Quoted, Sign };
struct Token {
    TokenKind kind = TokenKind::End;
    std::string text;
    std::size_t column = 1;
};

[[noreturn]] void query_error(const char* key, std::size_t column, base::Args more) {
    more.insert(more.begin(), {"column", static_cast<std::int64_t>(column)});
    throw base::Error(base::ErrorKind::Usage, key, std::move(more));
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool is_word(char c) {
    return is_letter(c) || base::is_digit(c) || c == '.';
}

class QueryLexer {
public:
    explicit QueryLexer(std::string_view text) : text_(text) {}

    std::vector<Token> tokens() {
        std::vector<Token> out;
        for (;;) {
            while (at_ < text_.size() && blank(text_[at_])) step();
            out.push_back(next());
            if (out.back().kind == TokenKind::End) return out;
        }
    }

private:
    static bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
    char ahead(std::size_t by) const { return at_ + by < text_.size() ? text_[at_ + by] : '\0'; }
    char step() {
        const char c = text_[at_++];
        column_ += (static_cast<unsigned char>(c) & 0xC0) != 0x80; // characters, not bytes
        return c;
    }
    // A sign within a word: 2015-H1, new-hot, 1e+20.
    bool joins() const {
        return (ahead(0) == '-' && (is_letter(ahead(1)) || base::is_digit(ahead(1)))) ||
               (ahead(0) == '+' && base::is_digit(ahead(1)));
    }

    Token next() {
        Token out{TokenKind::End, "", column_};
        if (at_ == text_.size()) return out;
        const char c = text_[at_];
        const bool minus = c == '-' && (base::is_digit(ahead(1)) || ahead(1) == '.');
        if (c == '"') return quoted(out);
        if (is_word(c) || minus) {
            out.kind = TokenKind::Word;
            out.text += step();
            while (at_ < text_.size() && (is_word(text_[at_]) || joins())) out.text += step();
            return out;
        }
        out.kind = TokenKind::Sign;
        out.text += step();
        if ((c == '<' || c == '>' || c == '!') && ahead(0) == '=') out.text += step();
        return out;
    }

    Token quoted(Token out) {
        out.kind = TokenKind::Quoted;
        step();
        for (;;) {
            if (at_ == text_.size()) query_error("error.query.quote", out.column, {});
            const char c = step();
            if (c != '"') {
                out.text += c;
            } else if (ahead(0) == '"') {
                out.text += step();
            } else {
                return out;
            }
        }
    }

    std::string_view text_;
    std::size_t at_ = 0, column_ = 1;
};

std::size_t query_depth(const Query& query) {
    std::size_t deepest = 0;
    for (const auto& part : query.of) deepest = std::max(deepest, query_depth(part));
    return deepest + 1;
}

[[noreturn]] void too_deep(std::size_t column) {
    query_error("error.query.deep", column, {{"most", static_cast<std::int64_t>(kDeepest)}});
}

class QueryParser {
public:
    explicit QueryParser(std::string_view text) : tokens_(QueryLexer(text).tokens()) {}

    Query all() {
        auto out = any();
        if (now().kind != TokenKind::End) expected("and, or");
        if (query_depth(out) > kDeepest) too_deep(1);
        return out;
    }

private:
    const Token& now() const { return tokens_[at_]; }
    [[noreturn]] void expected(const std::string& what) const {
        if (now().kind == TokenKind::End)
            query_error("error.query.ends", now().column, {{"expected", what}});
        query_error("error.query.expected", now().column,
                    {{"found", now().text}, {"expected", what}});
    }
    bool sign(std::string_view text) const {
        return now().kind == TokenKind::Sign && now().text == text;
    }
    bool take_sign(std::string_view text) {
        if (!sign(text)) return false;
        ++at_;
        return true;
    }
    void need_sign(const char* text) {
        if (!take_sign(text)) expected(text);
    }
    bool take_word(std::string_view word) {
        if (now().kind != TokenKind::Word || base::lower(now().text) != word) return false;
        ++at_;
        return true;
    }

    Query any() {
        return chain("or", Query::Kind::Or, [this] { return every(); });
    }
    Query every() {
        return chain("and", Query::Kind::And, [this] { return one(); });
    }
    template <class Part> Query chain(std::string_view word, Query::Kind kind, Part part) {
        auto first = part();
        if (now().kind != TokenKind::Word || base::lower(now().text) != word) return first;
        Query out{kind, {}, {}};
        out.of.push_back(std::move(first));
        while (take_word(word)) out.of.push_back(part());
        return out;
    }

    Query one() {
        if (++depth_ > kDeepestWritten) too_deep(now().column);
        auto out = unary();
        --depth_;
        return out;
    }
    Query unary() {
        if (take_word("not")) return {Query::Kind::Not, {}, {one()}};
        if (take_sign("(")) {
            auto inner = any();
            close("and, or, )");
            return inner;
        }
        if (take_word("next_to")) {
            need_sign("(");
            Query out{Query::Kind::NextTo, {}, {any()}};
            close("and, or, )");
            return out;
        }
        return {Query::Kind::Is, condition(), {}};
    }
    void close(const char* what) {
        if (!take_sign(")")) expected(what);
    }

    Condition condition() {
        Condition out;
        out.column.at = now().column;
        const auto found =
            now().kind == TokenKind::Word
                ? std::find(kSubjectWords.begin(), kSubjectWords.end(), base::lower(now().text))
                : kSubjectWords.end();
        if (found == kSubjectWords.end()) {
            std::vector<std::string> words(kSubjectWords.begin(), kSubjectWords.end());
            words.insert(words.end(), {"next_to", "not", "("});
            expected(base::joined(words));
        }
        out.subject = static_cast<Subject>(found - kSubjectWords.begin());
        ++at_;
        arguments(out);
        if (compares_of(out).empty()) return out;
        comparison(out);
        return out;
    }

    void arguments(Condition& c) {
        switch (c.subject) {
        case Subject::Status:
            if (!take_sign("(")) return;
            status_arguments(c);
            return;
        case Subject::Move:
            need_sign("(");
            if (!domain(c)) expected(kDomainSample);
            two_periods(c);
            return;
        case Subject::Rate:
            need_sign("(");
            c.indicator = name();
            need_sign("/");
            c.denominator = name();
            need_sign("*");
            c.scale = number();
            last_period(c);
            return;
        case Subject::Change:
            need_sign("(");
            c.indicator = name();
            two_periods(c);
            return;
        case Subject::Value:
        case Subject::Rank:
        case Subject::Known:
            need_sign("(");
            c.indicator = name();
            last_period(c);
            return;
        case Subject::Result:
            need_sign("(");
            c.name = name();
            close(")");
            return;
        case Subject::Near:
            need_sign("(");
            if (take_sign(")")) return;
            c.kinds.push_back(name("port, border_gate"));
            while (take_sign(",")) c.kinds.push_back(name("port, border_gate"));
            close("\",\", )");
            return;
        case Subject::On:
            need_sign("(");
            c.word = word(c);
            close(")");
            return;
        case Subject::District:
        case Subject::Province:
        case Subject::Code:
        case Subject::Set:
            return;
        }
    }
    bool domain(Condition& c) {
        for (const auto one : {Domain::Drug, Domain::Prostitution})
            if (take_word(to_string(one))) {
                c.domain = one;
                return true;
            }
        return false;
    }
    void status_arguments(Condition& c) {
        const bool named = domain(c);
        if (named && take_sign(")")) return;
        if (named) need_sign(",");
        if (!named && (now().kind != TokenKind::Word || !parse_period(now().text)))
            expected(std::string(kDomainSample) + ", " + kPeriodSample);
        c.period = period();
        close(")");
    }
    void two_periods(Condition& c) {
        need_sign(",");
        c.from = period();
        need_sign(",");
        c.period = period();
        close(")");
    }
    void last_period(Condition& c) {
        if (take_sign(",")) c.period = period();
        close("\",\", )");
    }

    std::string name(const char* sample = kNameSample) {
        const bool any = now().kind == TokenKind::Word || now().kind == TokenKind::Quoted;
        if (!any || now().text.empty()) expected(sample);
        return base::nfc(tokens_[at_++].text);
    }
    Period period() {
        const auto out = now().kind == TokenKind::Word ? parse_period(now().text) : std::nullopt;
        if (!out || out->year == 0) expected(kPeriodSample);
        ++at_;
        return *out;
    }
    double number() {
        const auto out =
            now().kind == TokenKind::Word ? base::parse_number(now().text, {}) : std::nullopt;
        if (!out || !std::isfinite(*out)) expected("10, 2.5");
        ++at_;
        return *out;
    }
    // "5km", "800m"; the unit may stand apart.
    double distance() {
        constexpr const char* kSample = "5km, 800m";
        if (now().kind != TokenKind::Word) expected(kSample);
        auto text = base::lower(now().text);
        if (now().kind == TokenKind::Word && base::parse_number(text, {}) &&
            tokens_[at_ + 1].kind == TokenKind::Word)
            text += base::lower(tokens_[at_ + 1].text);
        const bool km = text.ends_with("km");
        if (!km && !text.ends_with('m')) expected(kSample);
        const auto written = base::parse_number(text.substr(0, text.size() - (km ? 2 : 1)), {});
        const double out = written.value_or(-1) * (km ? 1000 : 1);
        if (!std::isfinite(out) || out < 0) expected(kSample);
        at_ += base::lower(now().text) == text ? 1 : 2;
        return out;
    }

    void comparison(Condition& c) {
        const auto possible = compares_of(c);
        std::vector<std::string> signs;
        for (const auto one : possible) signs.emplace_back(to_string(one));
        const auto given =
            now().kind == TokenKind::Sign
                ? std::find(kComparisonSigns.begin(), kComparisonSigns.end(), now().text)
                : kComparisonSigns.end();
        const auto compare = static_cast<Comparison>(given - kComparisonSigns.begin());
        if (given == kComparisonSigns.end() ||
            std::find(possible.begin(), possible.end(), compare) == possible.end())
            expected(base::joined(signs));
        ++at_;
        c.compare = compare;
        if (c.subject == Subject::Near)
            c.number = distance();
        else if (c.subject == Subject::Value || c.subject == Subject::Rate ||
                 c.subject == Subject::Rank || c.subject == Subject::Change)
            c.number = number();
        else
            c.word = word(c);
    }
    std::string word(const Condition& c) {
        const auto words = words_of(c.subject);
        if (words.empty()) return name("\"...\"");
        const auto given = now().kind == TokenKind::Word ? base::lower(now().text) : "";
        const bool ordered = c.compare != Comparison::Equal && c.compare != Comparison::NotEqual;
        // Unknown stands outside the order.
        if (std::find(words.begin(), words.end(), given) == words.end() ||
            (ordered && given == to_string(Status::Unknown)))
            expected(base::joined(words));
        ++at_;
        return given;
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0, depth_ = 0;
};

// As the parser reads it back, whatever is in it.
std::string written_name(const std::string& name) {
    const bool plain = !name.empty() && (is_letter(name.front()) || base::is_digit(name.front())) &&
                       std::all_of(name.begin(), name.end(), [](char c) {
                           return static_cast<unsigned char>(c) < 0x80 && c != '.' && is_word(c);
                       });
    if (plain) return name;
    std::string out = "\"";
    for (const char c : name) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

std::string written_distance(double metres) {
    const auto km = base::format_exact(metres / 1000);
    const auto read = base::parse_number(km, {});
    const bool whole = metres >= 1000 && read && *read * 1000 == metres;
    return whole ? km + "km" : base::format_exact(metres) + "m";
}

std::string written_arguments(const Condition& c) {
    const auto period = c.period.year == 0 ? "" : ", " + to_string(c.period);
    switch (c.subject) {
    case Subject::Status: {
        const bool drug = c.domain == Domain::Drug;
        if (drug) return c.period.year == 0 ? "" : "(" + to_string(c.period) + ")";
        return "(" + std::string(to_string(c.domain)) + period + ")";
    }
    case Subject::Move:
        return "(" + std::string(to_string(c.domain)) + ", " + to_string(c.from) + period + ")";
    case Subject::Rate:
        return "(" + written_name(c.indicator) + " / " + written_name(c.denominator) + " * " +
               base::format_exact(c.scale) + period + ")";
    case Subject::Change:
        return "(" + written_name(c.indicator) + ", " + to_string(c.from) + period + ")";
    case Subject::Value:
    case Subject::Rank:
    case Subject::Known:
        return "(" + written_name(c.indicator) + period + ")";
    case Subject::Result:
        return "(" + written_name(c.name) + ")";
    case Subject::Near: {
        std::vector<std::string> kinds;
        for (const auto& kind : c.kinds) kinds.push_back(written_name(kind));
        return "(" + base::joined(kinds) + ")";
    }
    case Subject::On:
        return "(" + c.word + ")";
    default:
        return "";
    }
}

std::string written_condition(const Condition& c) {
    auto out = std::string(to_string(c.subject)) + written_arguments(c);
    if (compares_of(c).empty()) return out;
    out += " " + std::string(to_string(c.compare)) + " ";
    if (c.subject == Subject::Near) return out + written_distance(c.number);
    if (c.subject == Subject::Value || c.subject == Subject::Rate || c.subject == Subject::Rank ||
        c.subject == Subject::Change)
        return out + base::format_exact(c.number);
    return out + (words_of(c.subject).empty() ? written_name(c.word) : c.word);
}

// Parts that are made of parts stand in parentheses, so that nobody has to know which word binds
// more closely.
std::string written_part(const Query& query) {
    const bool group = query.kind == Query::Kind::And || query.kind == Query::Kind::Or;
    return group ? "(" + to_text(query) + ")" : to_text(query);
}

bool has_year(Period p) {
    return p.year != 0;
}

// Names are compared as they stand; the parser reads them in NFC.
bool good_name(const std::string& name) {
    return !name.empty() && base::is_nfc(name);
}

bool complete_condition(const Condition& c) {
    const auto possible = compares_of(c);
    if (!possible.empty() &&
        std::find(possible.begin(), possible.end(), c.compare) == possible.end())
        return false;
    const auto words = words_of(c.subject);
    const bool worded = words.empty()
                            ? good_name(c.word)
                            : std::find(words.begin(), words.end(), c.word) != words.end();
    const bool ordered = c.compare != Comparison::Equal && c.compare != Comparison::NotEqual;
    switch (c.subject) {
    case Subject::Status:
        return worded && !(ordered && c.word == to_string(Status::Unknown));
    case Subject::Move:
        return worded && has_year(c.from) && has_year(c.period);
    case Subject::Rate:
        return good_name(c.indicator) && good_name(c.denominator) && std::isfinite(c.scale) &&
               std::isfinite(c.number);
    case Subject::Change:
        return good_name(c.indicator) && has_year(c.from) && has_year(c.period) &&
               std::isfinite(c.number);
    case Subject::Value:
    case Subject::Rank:
        return good_name(c.indicator) && std::isfinite(c.number);
    case Subject::Known:
        return good_name(c.indicator);
    case Subject::Near:
        return std::isfinite(c.number) && c.number >= 0 &&
               std::all_of(c.kinds.begin(), c.kinds.end(), good_name);
    case Subject::Result:
        return worded && good_name(c.name);
    default:
        return worded;
    }
}

void collect_conditions(const Query& query, std::vector<const Condition*>& out) {
    if (query.kind == Query::Kind::Is) out.push_back(&query.is);
    for (const auto& part : query.of) collect_conditions(part, out);
}

bool has_next_to(const Query& query) {
    return query.kind == Query::Kind::NextTo ||
           std::any_of(query.of.begin(), query.of.end(), has_next_to);
}

} // namespace

std::string_view to_string(Subject subject) {
    return kSubjectWords[static_cast<std::size_t>(subject)];
}

std::string_view to_string(Comparison compare) {
    return kComparisonSigns[static_cast<std::size_t>(compare)];
}

std::vector<Comparison> compares_of(const Condition& condition) {
    using enum Comparison;
    switch (condition.subject) {
    case Subject::Known:
    case Subject::On:
        return {};
    case Subject::Near:
        return {Less, AtMost, More, AtLeast};
    case Subject::Status:
    case Subject::Value:
    case Subject::Rate:
    case Subject::Rank:
    case Subject::Change:
        return {Equal, NotEqual, Less, AtMost, More, AtLeast};
    default:
        return {Equal, NotEqual};
    }
}

std::vector<std::string> words_of(Subject subject) {
    std::vector<std::string> out;
    if (subject == Subject::Status)
        for (const auto status : kAllStatuses) out.emplace_back(to_string(status));
    if (subject == Subject::Move)
        for (std::size_t m = 0; m < kMoves; ++m) out.emplace_back(to_string(static_cast<Move>(m)));
    if (subject == Subject::On) out = {"coast", "border"};
    return out;
}

namespace {

bool complete_parts(const Query& query) {
    const auto parts = query.of.size();
    const bool fits = query.kind == Query::Kind::Is ? parts == 0 && complete_condition(query.is)
                      : query.kind == Query::Kind::And || query.kind == Query::Kind::Or
                          ? parts >= 2
                          : parts == 1;
    return fits && std::all_of(query.of.begin(), query.of.end(), complete_parts);
}

} // namespace

bool is_complete(const Query& query) {
    return complete_parts(query) && query_depth(query) <= kDeepest;
}

Query parse_query(std::string_view text) {
    return QueryParser(text).all();
}

std::string to_text(const Query& query) {
    switch (query.kind) {
    case Query::Kind::Is:
        return written_condition(query.is);
    case Query::Kind::Not:
        return "not " + written_part(query.of.front());
    case Query::Kind::NextTo:
        return "next_to(" + to_text(query.of.front()) + ")";
    default:
        break;
    }
    std::string out;
    for (const auto& part : query.of) {
        if (!out.empty()) out += query.kind == Query::Kind::And ? " and " : " or ";
        out += written_part(part);
    }
    return out;
}

std::vector<const Condition*> conditions_of(const Query& query) {
    std::vector<const Condition*> out;
    collect_conditions(query, out);
    return out;
}

QueryNeeds needs_of(const Query& query) {
    QueryNeeds out;
    out.neighbours = has_next_to(query);
    for (const auto* c : conditions_of(query)) {
        if (c->subject == Subject::Status || c->subject == Subject::Move)
            out.domains.insert(c->domain);
        if (c->subject == Subject::Near) out.kinds.insert(c->kinds);
        if (c->subject == Subject::Result) out.results.insert(c->name);
        if (c->subject == Subject::On) out.outlines.insert(c->word);
    }
    return out;
}

} // namespace diaban::data
