#!/usr/bin/env bash
# Makes the pictures of the window in this folder anew, from the window tests on the sample province.
#
#   docs/images/make.sh BUILD     the build folder that has tests/window, for example build/dev
#
# It needs a display, and convert of ImageMagick.
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
# A guide is read on paper too; the one picture of the dark theme chooses that itself.
export DIABAN_WINDOW_THEME=light
"$tests" 'the sample opens*,search*,language*,no words are cut on a small screen'

# picture NAME-IN-THE-TESTS NAME-HERE
picture() {
    convert "$shots/$1.png" -strip -colors 160 -define png:compression-level=9 "$here/$2.png"
    echo "docs/images/$2.png"
}

picture sample_1920x1080_100_vi window
picture sample_1280x720_100_vi window-1280x720
picture sample_1920x1080_150_vi window-scale-150
picture sample_1920x1080_100_en window-english
picture search window-search
picture dark window-dark
# Panels as they open, in both languages.
for language in vi en; do
    for panel in legend.edit timeline.findings statuses hotspots near patrol menu.export; do
        picture "text-1280-100-$language-ui.$panel" "${panel##*.}-$language"
    done
    picture "text-1280-100-$language-ui.layout.menu" "layout-$language"
done
