#!/usr/bin/env bash
# Makes the pictures of the window in this folder anew, from the window tests on the sample province.
#
#   docs/images/make.sh BUILD     the build folder that has tests/window, for example build/dev
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
build="${1:?give the build folder, for example build/dev}"
for program in window_map_test window_panels_test; do
    [ -x "$build/tests/window/$program" ] || {
        echo "$build/tests/window/$program is missing. Build it first: ninja -C $build $program" >&2
        exit 1
    }
done

shots="$(mktemp -d)"
trap 'rm -rf "$shots"' EXIT
export DIABAN_WINDOW_SHOTS="$shots"
"$build/tests/window/window_map_test" 'the sample opens*,indicator*'
"$build/tests/window/window_panels_test" 'search*,language*'

# name in the tests -> name here
while read -r from to; do
    convert "$shots/$from.png" -strip -colors 200 -define png:compression-level=9 "$here/$to.png"
    echo "docs/images/$to.png"
done <<'LIST'
sample_1920x1080_100_vi window
sample_1280x720_100_vi window-1280x720
sample_1920x1080_150_vi window-scale-150
sample_1920x1080_100_en window-english
choices window-classes
search window-search
dark window-dark
LIST
