#include "files/xml.hpp"

#include <charconv>

namespace diaban::files {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view without_prefix(std::string_view name) {
    const auto colon = name.find(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

void append_utf8(std::string& out, std::uint32_t c) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6)), put(0x80 | (c & 63));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12)), put(0x80 | ((c >> 6) & 63)), put(0x80 | (c & 63));
    } else if (c < 0x110000) {
        put(0xF0 | (c >> 18)), put(0x80 | ((c >> 12) & 63));
        put(0x80 | ((c >> 6) & 63)), put(0x80 | (c & 63));
    }
}

// Appends what an entity ("amp", "#x1EA1") stands for; false if nobody knows.
bool append_entity(std::string& out, std::string_view entity) {
    if (entity == "amp") return out += '&', true;
    if (entity == "lt") return out += '<', true;
    if (entity == "gt") return out += '>', true;
    if (entity == "quot") return out += '"', true;
    if (entity == "apos") return out += '\'', true;
    if (!entity.starts_with('#')) return false;
    entity.remove_prefix(1);
    const int base = entity.starts_with('x') || entity.starts_with('X') ? 16 : 10;
    if (base == 16) entity.remove_prefix(1);
    std::uint32_t c = 0;
    const auto [end, status] =
        std::from_chars(entity.data(), entity.data() + entity.size(), c, base);
    if (status != std::errc{} || end != entity.data() + entity.size()) return false;
    append_utf8(out, c);
    return true;
}

std::string resolved(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto amp = text.find('&', at);
        out += text.substr(at, amp == text.npos ? amp : amp - at);
        if (amp == text.npos) break;
        const auto end = text.find(';', amp);
        if (end != text.npos && append_entity(out, text.substr(amp + 1, end - amp - 1))) {
            at = end + 1;
        } else {
            out += '&';
            at = amp + 1;
        }
    }
    return out;
}

} // namespace

std::string xml_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '"')
            out += "&quot;";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
            out += c;
    }
    return out;
}

XmlReader::Event XmlReader::next() {
    if (close_next_) {
        close_next_ = false;
        return Event::Close;
    }
    while (at_ < text_.size()) {
        if (text_[at_] != '<') {
            const auto end = std::min(text_.find('<', at_), text_.size());
            content_ = text_.substr(at_, end - at_);
            at_ = end;
            raw_ = false;
            return Event::Text;
        }
        const auto rest = text_.substr(at_);
        const auto skip_past = [&](std::string_view mark) {
            const auto end = text_.find(mark, at_);
            at_ = end == text_.npos ? text_.size() : end + mark.size();
        };
        if (rest.starts_with("<!--")) {
            skip_past("-->");
        } else if (rest.starts_with("<![CDATA[")) {
            const auto begin = at_ + 9;
            const auto end = text_.find("]]>", begin);
            content_ = text_.substr(begin, end == text_.npos ? end : end - begin);
            raw_ = true;
            at_ = end == text_.npos ? text_.size() : end + 3;
            return Event::Text;
        } else if (rest.starts_with("<?")) {
            skip_past("?>");
        } else if (rest.starts_with("<!")) {
            skip_past(">");
        } else {
            // A '>' inside a quoted attribute does not end the tag.
            auto end = at_ + 1;
            for (char quote = 0; end < text_.size() && (quote || text_[end] != '>'); ++end) {
                const char c = text_[end];
                if (quote ? c == quote : (c == '"' || c == '\'')) quote = quote ? '\0' : c;
            }
            if (end >= text_.size()) break;
            auto tag = text_.substr(at_ + 1, end - at_ - 1);
            at_ = end + 1;
            if (tag.starts_with('/')) {
                tag = tag.substr(1, tag.find_first_of(kBlanks) - 1);
                name_ = without_prefix(tag);
                return Event::Close;
            }
            close_next_ = tag.ends_with('/');
            if (close_next_) tag.remove_suffix(1);
            const auto blank = tag.find_first_of(kBlanks);
            name_ = without_prefix(tag.substr(0, blank));
            attributes_ = blank == tag.npos ? std::string_view() : tag.substr(blank);
            return Event::Open;
        }
    }
    at_ = text_.size();
    return Event::End;
}

std::string XmlReader::text() const {
    return raw_ ? std::string(content_) : resolved(content_);
}

std::optional<std::string> XmlReader::attribute(std::string_view wanted) const {
    for (auto rest = attributes_;;) {
        const auto begin = rest.find_first_not_of(kBlanks);
        if (begin == rest.npos) return std::nullopt;
        const auto equals = rest.find('=', begin);
        if (equals == rest.npos) return std::nullopt;
        auto name = rest.substr(begin, equals - begin);
        name = name.substr(0, name.find_last_not_of(kBlanks) + 1);
        const auto open = rest.find_first_of("\"'", equals);
        if (open == rest.npos) return std::nullopt;
        const auto close = rest.find(rest[open], open + 1);
        if (close == rest.npos) return std::nullopt;
        if (without_prefix(name) == wanted)
            return resolved(rest.substr(open + 1, close - open - 1));
        rest = rest.substr(close + 1);
    }
}

} // namespace diaban::files
