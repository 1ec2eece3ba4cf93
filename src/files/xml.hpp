// Reading the XML inside spreadsheets: elements, attributes and text in order; and text for XML
// that is written. Private to src/files.
//
// Not a general parser: no DTD, no namespaces (prefixes are cut off), no validation. Ill-formed
// input ends the reading early; it is never read past its end.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace diaban::files {

// As the content of an element or of an attribute in double quotes. Characters that XML does not
// allow are left out.
std::string xml_text(std::string_view text);

class XmlReader {
public:
    explicit XmlReader(std::string_view text) : text_(text) {}

    enum class Event { Open, Close, Text, End };
    // An element that closes itself gives Open and then Close.
    Event next();
    std::string_view name() const { return name_; } // of Open and Close, without prefix
    std::string text() const;                       // of Text, entities resolved
    std::optional<std::string> attribute(std::string_view name) const; // of Open; without prefix

private:
    std::string_view text_, name_, attributes_, content_;
    std::size_t at_ = 0;
    bool close_next_ = false, raw_ = false;
};

} // namespace diaban::files
