#!/usr/bin/env bash
# Makes the pictures of the window in this folder anew, from the window tests on the sample province.
#
#   docs/images/make.sh BUILD     the build folder that has tests/window, for example build/dev
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
build="${1:?give the build folder, for example build/dev}"
tests="$build/tests/window/window"
[ -x "$tests" ] || {
    echo "$tests is missing. Build it first: ninja -C $build window" >&2
    exit 1
}

shots="$(mktemp -d)"
trap 'rm -rf "$shots"' EXIT
export DIABAN_WINDOW_SHOTS="$shots"
"$tests" 'the sample opens*,indicator*,search*,language*'

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
