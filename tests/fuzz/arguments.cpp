// Command lines, one argument per line, which are also what their request writes as flags; and the
// small languages inside flags.
#include "app/dataset.hpp"
#include "cli/parse.hpp"
#include "fuzz/input.hpp"
#include "map/page.hpp"
#include "map/palette.hpp"

using namespace diaban;

namespace {

// Nothing may be thrown here: what was understood once is understood again.
template <class Request> void require_round_trip(const Request& request) {
    if constexpr (requires { to_flags(request); }) {
        if (!(request == request)) return; // holds a "nan", which equals nothing
        const auto again = cli::parse(to_flags(request)).request;
        fuzz::require(std::get<Request>(again) == request);
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    if (text.find('\0') != std::string_view::npos) return 0; // no argument can hold it
    std::vector<std::string> arguments;
    for (std::size_t begin = 0; begin < size;) {
        const auto end = std::min(text.find('\n', begin), size);
        arguments.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    std::optional<cli::Request> request;
    fuzz::only_our_errors([&] { request = cli::parse(arguments).request; });
    if (request) std::visit([](const auto& one) { require_round_trip(one); }, *request);
    for (const auto& word : arguments) {
        fuzz::only_our_errors([&] {
            const auto page = map::parse_page_size(word);
            fuzz::require(page.width_mm > 0 && page.height_mm > 0 && page.dpi > 0);
        });
        fuzz::only_our_errors([&] { (void)data::parse_period(word); });
        if (const auto colour = map::parse_colour(word))
            fuzz::require(map::parse_colour(map::to_hex(*colour)) == colour);
    }
    return 0;
}
